import { minuteMs } from "@heatloop/core/time/durations";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice, NodeOfTenant } from "../telemetry/devices.ts";
import { readingsWaitMs } from "../telemetry/gaps.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { timeOf } from "../web/times.ts";
import type { DialectReading } from "./dialect-message.ts";

/** Whose reading it is. */
export type ReadingOrigin = NodeOfTenant & { readonly name: string; readonly device: HomeDevice };
export type ReadingOfDevice = { readonly origin: ReadingOrigin; readonly reading: DialectReading };

/**
 * Stores readings of a tenant's devices once each, and marks their minutes. Of those with the same time the first one stays, and
 * others with other values are counted; one of a minute that is a row already is kept and counted, and the row stays.
 */
export async function storeReadings(
  queries: Queries,
  tenant: number,
  { readings, now }: { readonly readings: readonly ReadingOfDevice[]; readonly now: number },
): Promise<void> {
  if (readings.length === 0) return;
  // In one order for all, so that two that store the same ones never wait for each other; of one moment, as they came.
  const sorted = readings.toSorted((a, b) => a.origin.device.id - b.origin.device.id || a.reading.at - b.reading.at);
  const stored = await insertReadings(queries, tenant, sorted);
  // Of a moment that is twice among them the first one was stored.
  const fresh = sorted.filter((each) => stored.delete(keyOf(each)));
  const isFresh = new Set(fresh);
  const changed = await differentOnes(
    queries,
    sorted.filter((each) => !isFresh.has(each)),
  );
  const late = await lateOnes(queries, fresh);
  const isLate = new Set(late);
  await countOddOnes(queries, { changed, late }, now);
  await markMinutes(queries, tenant, { fresh: fresh.filter((each) => !isLate.has(each)), now });
}

function keyOf({ origin, reading }: ReadingOfDevice): string {
  return `${origin.device.id} ${reading.at}`;
}

function idsAndTimes(readings: readonly ReadingOfDevice[], at = (reading: DialectReading) => reading.at) {
  return [readings.map(({ origin }) => origin.device.id), readings.map(({ reading }) => timeOf(at(reading)))] as const;
}

/** Which were not there before: device and time of each. */
async function insertReadings(
  queries: Queries,
  tenant: number,
  readings: readonly ReadingOfDevice[],
): Promise<Set<string>> {
  const inserted = await queries.lists<readonly [number, number]>(
    `insert into readings (tenant_id, device_id, at, content)
      select $1, * from unnest($2::int[], $3::timestamptz[], $4::jsonb[])
      on conflict do nothing returning device_id, at`,
    [tenant, ...idsAndTimes(readings), readings.map(({ reading }) => JSON.stringify(reading.values))],
  );
  return new Set(inserted.map(([device, at]) => `${device} ${at}`));
}

/** Those that are stored with other values. */
async function differentOnes(
  queries: Queries,
  readings: readonly ReadingOfDevice[],
): Promise<readonly ReadingOfDevice[]> {
  if (readings.length === 0) return [];
  const rows = await queries.lists<readonly [number]>(
    `select nth::int from unnest($1::int[], $2::timestamptz[], $3::jsonb[]) with ordinality as u (device, at, content, nth)
      join readings on device_id = u.device and readings.at = u.at where readings.content <> u.content order by nth`,
    [...idsAndTimes(readings), readings.map(({ reading }) => JSON.stringify(reading.values))],
  );
  return rows.map(([nth]) => readings[nth - 1] as ReadingOfDevice);
}

function minuteOf({ at }: DialectReading): number {
  return Math.floor(at / minuteMs) * minuteMs;
}

/** Those whose minute is a row already. */
async function lateOnes(queries: Queries, readings: readonly ReadingOfDevice[]): Promise<readonly ReadingOfDevice[]> {
  if (readings.length === 0) return [];
  const rows = await queries.lists<readonly [number]>(
    `select nth::int from unnest($1::int[], $2::timestamptz[]) with ordinality as u (device, at, nth)
      join minutes on device_id = u.device and minutes.at = u.at order by nth`,
    idsAndTimes(readings, minuteOf),
  );
  return rows.map(([nth]) => readings[nth - 1] as ReadingOfDevice);
}

async function markMinutes(
  queries: Queries,
  tenant: number,
  { fresh, now }: { readonly fresh: readonly ReadingOfDevice[]; readonly now: number },
): Promise<void> {
  if (fresh.length === 0) return;
  const minutes = fresh.map(({ reading }) => minuteOf(reading));
  await queries.change(
    `insert into dirty_minutes (tenant_id, device_id, at, due_at)
      select $1, * from unnest($2::int[], $3::timestamptz[], $4::timestamptz[])
      on conflict (device_id, at) do nothing`,
    [
      tenant,
      ...idsAndTimes(fresh, minuteOf),
      minutes.map((minute) => timeOf(Math.max(minute + minuteMs, now) + readingsWaitMs)),
    ],
  );
}

const whys = {
  different: "it is stored with other values, and the first ones stay",
  late: "it came when its minute was a row already: it is kept as a reading, and the row stays",
} as const;

async function countOddOnes(
  queries: Queries,
  { changed, late }: { readonly changed: readonly ReadingOfDevice[]; readonly late: readonly ReadingOfDevice[] },
  now: number,
): Promise<void> {
  const odd = [
    ...changed.map(({ origin, reading }) => ({ origin, row: oddRow("different", reading.at) })),
    ...late.map(({ origin, reading }) => ({ origin, row: oddRow("late", reading.at) })),
  ];
  const ofDevices = Map.groupBy(odd, ({ origin }) => `${origin.node} ${origin.name}`);
  for (const [, rows] of [...ofDevices].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const [first] = rows;
    if (first === undefined) continue;
    const { tenant, node, name } = first.origin;
    const refused = rows.map(({ row }) => row);
    await countRefused(queries, { tenant, node, device: name, stream: "readings" }, refused, now);
  }
}

function oddRow(why: keyof typeof whys, at: number) {
  return { why: whys[why], sample: timeOf(at) };
}

/** Counts a reading that its minute's row does not have. */
export function countOdd(
  queries: Queries,
  { tenant, node, name }: Omit<ReadingOrigin, "device">,
  { at, now, why }: { readonly at: number; readonly now: number; readonly why: keyof typeof whys },
): Promise<void> {
  return countRefused(queries, { tenant, node, device: name, stream: "readings" }, [oddRow(why, at)], now);
}
