import type { ForeignDialect } from "@heatloop/core/hub/dialects";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, secondMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { Database } from "../database/database.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import { oneAlone } from "../database/one-alone.ts";
import type { Queries } from "../database/queries.ts";
import { startRepeated } from "../database/repeated.ts";
import { markDirty } from "../telemetry/dirty-days.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import { minuteRecorder } from "../telemetry/minute-record.ts";
import { storeMinutes } from "../telemetry/store-minutes.ts";
import { knownZone } from "../telemetry/zones.ts";
import { timeOf } from "../web/times.ts";
import type { DialectReading } from "./dialect-message.ts";
import { type MappedPoint, pointsOf } from "./dialect-points.ts";
import { minuteOfReadings, readingHoldsMs } from "./minute-of-readings.ts";
import { countOdd } from "./store-readings.ts";

const lookedEachMs = 15 * secondMs;
/** A device of which nothing can be made must not keep the others waiting. */
const retryMs = hourMs;
const mostDevices = 100;
const mostMinutes = 500;

export type DialectMinutesParts = {
  readonly database: Database;
  /** Connected as the database's owner. */
  readonly owner: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptFrom: KeptFrom;
};

/** Makes rows of minutes of the readings of other systems' devices, now and then; any number of hubs may, each minute once. */
export function startDialectMinutes(parts: DialectMinutesParts): { stop(): Promise<void> } {
  return startRepeated(parts, {
    what: "making minutes of readings",
    eachMs: lookedEachMs,
    work: (isEnded) => makeDueMinutes(parts, isEnded),
  });
}

/** Makes all minutes that are due; `isEnded` breaks it off between two devices. */
export async function makeDueMinutes(
  { database, owner, clock, log, keptFrom }: DialectMinutesParts,
  isEnded: () => boolean = () => false,
): Promise<void> {
  for (;;) {
    const now = clock.now();
    const devices = await transactionOfJobs(owner, (queries) =>
      queries.all<DueDevice>(
        `select tenant_id as tenant, device_id as id from dirty_minutes where due_at <= $1
          group by 1, 2 order by min(due_at) limit ${mostDevices}`,
        [timeOf(now)],
      ),
    );
    let made = 0;
    for (const device of devices) {
      if (isEnded()) return;
      const times = { now, keptFrom: await keptFrom() };
      const done = await oneAlone(log, failureOf(device), () => makeMinutes(database, device, times));
      if (done === undefined) await putOff(database, device, now);
      if (done !== false) made += 1;
    }
    if (made === 0) return;
  }
}

function failureOf({ id }: DueDevice) {
  return { message: "minutes of readings could not be made; it is tried again in an hour", details: { device: id } };
}

/** Makes all minutes of a device that are due so an hour later. */
function putOff(database: Database, { tenant, id }: DueDevice, now: number): Promise<number> {
  return database.transaction({ tenant }, (queries) =>
    queries.change("update dirty_minutes set due_at = $3 where device_id = $1 and due_at <= $2", [
      id,
      timeOf(now),
      timeOf(now + retryMs),
    ]),
  );
}

type DueDevice = { readonly tenant: number; readonly id: number };

/** The minutes of a device that are due, and their marks taken away, both or neither; false where another hub is at all of them. */
function makeMinutes(
  database: Database,
  { tenant, id }: DueDevice,
  { now, keptFrom }: { readonly now: number; readonly keptFrom: number },
): Promise<boolean> {
  return database.transaction({ tenant }, async (queries) => {
    const due = await queries.all<{ at: number }>(
      `select at from dirty_minutes where device_id = $1 and due_at <= $2
        order by at limit ${mostMinutes} for update skip locked`,
      [id, timeOf(now)],
    );
    if (due.length === 0) return false;
    const times = due.map(({ at }) => at);
    const device = await mappedDevice(queries, id);
    const zone = knownZone(device?.timeZone ?? "");
    if (device !== undefined && zone !== undefined) {
      const kept = times.filter((at) => at >= keptFrom);
      const minutes = (await readingsOf(queries, id, kept)).flatMap(
        ({ at, readings }) => minuteOfReadings(at, readings, device.points) ?? [],
      );
      const recordOf = minuteRecorder();
      const records = minutes.map((minute) => recordOf(minute, zone.offsetMinutes(minute.at)));
      const [counts] = await storeMinutes(queries, tenant, [{ device: id, records }]);
      // Only where a reading came at the very moment at which its minute was made.
      for (const at of counts?.different ?? [])
        await countOdd(queries, { tenant, ...device }, { at, now, why: "late" });
      const marked = { device: id, zone, times: records.map(({ at }) => at) };
      if (counts !== undefined && counts.stored > 0) await markDirty(queries, tenant, { minutes: [marked], now });
    }
    await queries.change("delete from dirty_minutes where device_id = $1 and at = any ($2::timestamptz[])", [
      id,
      times.map(timeOf),
    ]);
    return true;
  });
}

type MappedDevice = {
  readonly node: string;
  readonly name: string;
  readonly timeZone: string;
  readonly points: readonly MappedPoint[];
};

/** Undefined for a device that is none of another system. */
async function mappedDevice(queries: Queries, id: number): Promise<MappedDevice | undefined> {
  const row = await queries.first<{
    node: string;
    name: string;
    zone: string;
    dialect: ForeignDialect;
    points: MappedPoint[] | null;
  }>(
    `select said.node_id as node, home_id as name, devices.time_zone as zone, said.dialect, points
      from dialect_devices said join devices on devices.id = device_id
        left join dialect_sources mapped
          on mapped.node_id = said.node_id and mapped.dialect = said.dialect and mapped.source = said.source
      where device_id = $1`,
    [id],
  );
  return row && { node: row.node, name: row.name, timeZone: row.zone, points: pointsOf(row.dialect, row.points ?? []) };
}

/** The readings of minutes, each with those before it that may still hold when it begins. */
async function readingsOf(
  queries: Queries,
  device: number,
  minutes: readonly number[],
): Promise<{ readonly at: number; readonly readings: readonly DialectReading[] }[]> {
  const rows = await queries.all<DialectReading & { readonly minute: number }>(
    `select due.at as minute, readings.at, content as values
      from unnest($2::timestamptz[]) as due (at)
        join readings on device_id = $1 and readings.at > due.at - $3 * interval '1 ms'
          and readings.at < due.at + interval '1 minute'
      order by due.at, readings.at`,
    [device, minutes.map(timeOf), readingHoldsMs],
  );
  return [...Map.groupBy(rows, ({ minute }) => minute)].map(([at, readings]) => ({ at, readings }));
}
