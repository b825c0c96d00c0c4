import { hourMs, secondMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "./devices.ts";

/**
 * A finished day is summed up soon, in case that more of its rows follow; a running one, and the one before, whose totals stand in
 * each row of today, now and then: whoever asks for a day of which rows have come has it made of its rows.
 */
const finishedAfterMs = 10 * secondMs;
const runningAfterMs = hourMs;

/** New minutes of a heat pump at home. */
export type NewMinutes = { readonly device: number; readonly zone: Zone; readonly times: readonly number[] };

/** Marks the local days that follow from minutes at these times (ms since the epoch): their own, and the ones before. */
export async function markDirty(
  queries: Queries,
  tenant: number,
  { minutes, now }: { readonly minutes: readonly NewMinutes[]; readonly now: number },
): Promise<void> {
  const marks = minutes.flatMap((each) => marksOf(each, now));
  const earliest = new Map<string, DayMark>();
  for (const mark of marks) {
    const name = `${mark.device} ${mark.date}`;
    const known = earliest.get(name);
    if (known === undefined || mark.dueAt < known.dueAt) earliest.set(name, mark);
  }
  if (earliest.size === 0) return;
  // In one order for all, so that two that mark the same ones never wait for each other.
  const sorted = [...earliest.values()].sort((a, b) => a.device - b.device || (a.date < b.date ? -1 : 1));
  await queries.change(
    `insert into dirty_days (tenant_id, device_id, date, due_at)
      select $1, * from unnest($2::int[], $3::date[], $4::timestamptz[])
      on conflict (device_id, date) do update set due_at = excluded.due_at where dirty_days.due_at > excluded.due_at`,
    [
      tenant,
      sorted.map(({ device }) => device),
      sorted.map(({ date }) => date),
      sorted.map(({ dueAt }) => new Date(dueAt).toISOString()),
    ],
  );
}

type DayMark = { readonly device: number; readonly date: string; readonly dueAt: number };

function marksOf({ device, zone, times }: NewMinutes, now: number): DayMark[] {
  const today = zone.dateOf(now);
  const own = new Set(times.map((at) => zone.dateOf(at)));
  return [...own].flatMap((date) => {
    const dueAt = now + (date >= today ? runningAfterMs : finishedAfterMs);
    const before = previousDate(date);
    return [{ device, date, dueAt }, ...(own.has(before) ? [] : [{ device, date: before, dueAt }])];
  });
}

/** Marks every day that was summed up before: after a change of what they follow from beside their rows. */
export function markAllDirty(queries: Queries, { tenant, id }: HomeDevice, now: number): Promise<number> {
  return queries.change(
    `insert into dirty_days (tenant_id, device_id, date, due_at)
      select $1, $2, date, $3 from days where device_id = $2
      on conflict (device_id, date) do update set due_at = excluded.due_at where dirty_days.due_at > excluded.due_at`,
    [tenant, id, new Date(now + finishedAfterMs).toISOString()],
  );
}
