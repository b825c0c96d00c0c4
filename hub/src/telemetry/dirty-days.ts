import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "./devices.ts";

/** A finished day is summed up soon, in case that more of its rows follow; a running one again and again. */
const finishedAfterMs = 10 * secondMs;
const runningAfterMs = 10 * minuteMs;
/** Totals of yesterday stand in each row of today, and change seldom. */
const yesterdayAfterMs = hourMs;

/** Marks the local days that follow from minutes at these times (ms since the epoch): their own, and the ones before. */
export async function markDirty(
  queries: Queries,
  { tenant, id }: HomeDevice,
  { zone, times, now }: { readonly zone: Zone; readonly times: readonly number[]; readonly now: number },
): Promise<void> {
  const today = zone.dateOf(now);
  const own = new Set(times.map((at) => zone.dateOf(at)));
  const dues = new Map<string, number>();
  for (const date of own) {
    const before = previousDate(date);
    dues.set(date, now + (date >= today ? runningAfterMs : finishedAfterMs));
    if (!own.has(before)) dues.set(before, now + (date >= today ? yesterdayAfterMs : finishedAfterMs));
  }
  const dates = [...dues.keys()].sort();
  await queries.change(
    `insert into dirty_days (tenant_id, device_id, date, due_at)
      select $1, $2, * from unnest($3::date[], $4::timestamptz[])
      on conflict (device_id, date) do update set due_at = least(dirty_days.due_at, excluded.due_at)`,
    [tenant, id, dates, dates.map((date) => new Date(dues.get(date) as number).toISOString())],
  );
}

/** Marks every day that was summed up before: after a change of what they follow from beside their rows. */
export function markAllDirty(queries: Queries, { tenant, id }: HomeDevice, now: number): Promise<number> {
  return queries.change(
    `insert into dirty_days (tenant_id, device_id, date, due_at)
      select $1, $2, date, $3 from days where device_id = $2
      on conflict (device_id, date) do update set due_at = least(dirty_days.due_at, excluded.due_at)`,
    [tenant, id, new Date(now + finishedAfterMs).toISOString()],
  );
}
