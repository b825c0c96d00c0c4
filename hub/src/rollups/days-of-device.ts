import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { Queries } from "../database/queries.ts";
import type { FoundDevice } from "../telemetry/found-device.ts";
import type { DayRollup, SlotRollup } from "./day-rollup.ts";
import { slotsBetween } from "./store-rollup.ts";
import { rollupFromRows } from "./sum-up.ts";

/** A range of local dates, both included. */
type DateRange = { readonly from: string; readonly to: string };

/** The hub's clock, and the time from which it has all rows, ms since the epoch. */
export type RowTimes = { readonly now: number; readonly keptFrom: number };

/**
 * The days of a heat pump that anything is known of. Those whose rows have changed since they were summed up, and the running one,
 * are made of their rows, so that they are always what the rows say.
 */
export async function daysOfDevice(
  queries: Queries,
  device: FoundDevice,
  range: DateRange,
  times: RowTimes,
): Promise<DayEnergy[]> {
  const fresh = await freshRollups(queries, device, range, times);
  const stored = await queries.all<{ date: string; day: DayEnergy }>(
    "select date, day from days where device_id = $1 and date >= $2 and date <= $3",
    [device.id, range.from, range.to],
  );
  const days = new Map(stored.map(({ date, day }) => [date, day]));
  for (const [date, { day }] of fresh) {
    if (day === null) days.delete(date);
    else days.set(date, day);
  }
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** The hours or quarters of the days of a heat pump, in order of time; as `daysOfDevice`. */
export async function slotsOfDevice(
  queries: Queries,
  device: FoundDevice,
  { table, ...range }: DateRange & { readonly table: "hours" | "quarters" },
  times: RowTimes,
): Promise<SlotRollup[]> {
  const fresh = await freshRollups(queries, device, range, times);
  const stored = await slotsBetween(queries, table, device.id, { ...range, except: [...fresh.keys()] });
  return [...stored, ...[...fresh.values()].flatMap((rollup) => rollup[table])].sort((a, b) => a.at - b.at);
}

/** The rollups of days that may be another by now. */
async function freshRollups(
  queries: Queries,
  device: FoundDevice,
  { from, to }: DateRange,
  { now, keptFrom }: RowTimes,
): Promise<ReadonlyMap<string, DayRollup>> {
  const rollups = new Map<string, DayRollup>();
  for (const date of await changedDates(queries, device, { from, to }, now)) {
    const made = await rollupFromRows(queries, device.id, { date, now });
    if (made !== undefined && made.startAt >= keptFrom) rollups.set(date, made.rollup);
  }
  return rollups;
}

/** Local dates that may be another than when they were summed up: the running one, and those with rows that came since. */
export async function changedDates(
  queries: Queries,
  { id, zone }: FoundDevice,
  { from, to }: DateRange,
  now: number,
): Promise<ReadonlySet<string>> {
  const dirty = await queries.all<{ date: string }>(
    "select date from dirty_days where device_id = $1 and date >= $2 and date <= $3",
    [id, from, to],
  );
  const today = zone.dateOf(now);
  return new Set([...dirty.map(({ date }) => date), ...(today >= from && today <= to ? [today] : [])]);
}
