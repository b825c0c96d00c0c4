import { homeSetupOf, type SentSetup } from "@heatloop/core/hub/home-setup";
import { nextDate } from "@heatloop/core/time/local-day";
import type { Database } from "../database/database.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import type { Queries } from "../database/queries.ts";
import { minuteOfStored } from "../telemetry/minute-record.ts";
import { minutesBetween } from "../telemetry/stored-minutes.ts";
import { knownZone } from "../telemetry/zones.ts";
import { type DayRollup, rollupOfDay, usualSetup } from "./day-rollup.ts";
import { storeRollup } from "./store-rollup.ts";

/** A local day of a heat pump whose rows have changed. */
export type DirtyDay = { readonly tenant: number; readonly device: number; readonly date: string };

const mostAtOnce = 100;

/** The days that are due, of all tenants, those that wait longest first; asked for as the owner, by the role of jobs. */
export function dueDays(owner: Database, now: number): Promise<DirtyDay[]> {
  return transactionOfJobs(owner, (queries) =>
    queries.all<DirtyDay>(
      `select tenant_id as tenant, device_id as device, date from dirty_days
        where due_at <= $1 order by due_at limit ${mostAtOnce}`,
      [new Date(now).toISOString()],
    ),
  );
}

/** Makes a day due later, ms since the epoch. */
export function putOff(database: Database, { tenant, device, date }: DirtyDay, dueAt: number): Promise<number> {
  return database.transaction({ tenant }, (queries) =>
    queries.change("update dirty_days set due_at = $3 where device_id = $1 and date = $2", [
      device,
      date,
      new Date(dueAt).toISOString(),
    ]),
  );
}

/**
 * Sums a day up again and takes its mark away, both or neither; false where another hub is doing so, or has. A day whose rows are
 * older than what is kept stays as it is.
 */
export function sumUp(
  database: Database,
  { tenant, device, date }: DirtyDay,
  { now, keptFrom }: { readonly now: number; readonly keptFrom: number },
): Promise<boolean> {
  return database.transaction({ tenant }, async (queries) => {
    // One after the other: the sum of a month is of all of its days.
    await queries.all("select from devices where id = $1 for no key update", [device]);
    const taken = await queries.first(
      "select 1 as taken from dirty_days where device_id = $1 and date = $2 for update skip locked",
      [device, date],
    );
    if (taken === undefined) return false;
    const made = await rollupFromRows(queries, device, { date, now });
    if (made !== undefined && made.startAt >= keptFrom) {
      await storeRollup(queries, { tenant, id: device }, { date, rollup: made.rollup, now });
    }
    await queries.change("delete from dirty_days where device_id = $1 and date = $2", [device, date]);
    return true;
  });
}

/** What follows from the rows of a day as they are; undefined where there is no such heat pump. */
export async function rollupFromRows(
  queries: Queries,
  device: number,
  { date, now }: { readonly date: string; readonly now: number },
): Promise<{ readonly rollup: DayRollup; readonly startAt: number } | undefined> {
  const said = await queries.first<{ time_zone: string; setup: SentSetup | null }>(
    "select time_zone, setup from devices where id = $1",
    [device],
  );
  const zone = knownZone(said?.time_zone ?? "");
  if (said === undefined || zone === undefined) return undefined;
  const [from, next] = [zone.startOf(date), zone.endOf(date)];
  const records = await minutesBetween(queries, device, { from, to: zone.endOf(nextDate(date)) });
  const minutes = records.map(minuteOfStored);
  const rollup = rollupOfDay({
    ...{ date, zone, now, setup: said.setup === null ? usualSetup : homeSetupOf(said.setup) },
    minutes: minutes.filter(({ at }) => at < next),
    nextDay: minutes.filter(({ at }) => at >= next),
  });
  return { rollup, startAt: from };
}
