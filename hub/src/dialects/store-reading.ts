import { minuteMs } from "@heatloop/core/time/durations";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice, NodeOfTenant } from "../telemetry/devices.ts";
import { readingsWaitMs } from "../telemetry/gaps.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { timeOf } from "../web/times.ts";
import type { DialectReading } from "./dialect-message.ts";

/** Whose reading it is. */
export type ReadingOrigin = NodeOfTenant & { readonly name: string; readonly device: HomeDevice };

/**
 * Stores a reading once, and marks its minute. One that comes again with other values is counted, and the first stays; one of a
 * minute that is a row already is kept and counted, and the row stays.
 */
export async function storeReading(
  queries: Queries,
  origin: ReadingOrigin,
  { at, values }: DialectReading,
  now: number,
): Promise<void> {
  const { tenant, id } = origin.device;
  const reading = [id, timeOf(at), JSON.stringify(values)];
  const stored = await queries.change(
    "insert into readings (tenant_id, device_id, at, content) values ($4, $1, $2, $3) on conflict do nothing",
    [...reading, tenant],
  );
  if (stored === 0) {
    const there = await queries.first<{ same: boolean }>(
      "select content = $3::jsonb as same from readings where device_id = $1 and at = $2",
      reading,
    );
    if (there?.same === false) await countOdd(queries, origin, { at, now, why: "different" });
    return;
  }
  const minute = Math.floor(at / minuteMs) * minuteMs;
  const row = await queries.first("select 1 as there from minutes where device_id = $1 and at = $2", [
    id,
    timeOf(minute),
  ]);
  if (row !== undefined) return countOdd(queries, origin, { at, now, why: "late" });
  await queries.change(
    `insert into dirty_minutes (tenant_id, device_id, at, due_at) values ($1, $2, $3, $4)
      on conflict (device_id, at) do nothing`,
    [tenant, id, timeOf(minute), timeOf(Math.max(minute + minuteMs, now) + readingsWaitMs)],
  );
}

const whys = {
  different: "it is stored with other values, and the first ones stay",
  late: "it came when its minute was a row already: it is kept as a reading, and the row stays",
} as const;

/** Counts a reading that its minute's row does not have. */
export function countOdd(
  queries: Queries,
  { tenant, node, name }: Omit<ReadingOrigin, "device">,
  { at, now, why }: { readonly at: number; readonly now: number; readonly why: keyof typeof whys },
): Promise<void> {
  const refused = [{ why: whys[why], sample: timeOf(at) }];
  return countRefused(queries, { tenant, node, device: name, stream: "readings" }, refused, now);
}
