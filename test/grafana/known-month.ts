import { columnOf } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import type { Transition } from "@heatloop/core/live/transition";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { type Report, report } from "@heatloop/core/report";
import { minuteMs } from "@heatloop/core/time/durations";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { endAt, firstDate, lastDate, localTime, pump, type SimulatedMonth, startAt, zone } from "./simulated-month.ts";

/** A minute of the archive, its values by the names of their columns. */
export type ArchivedMinute = { readonly at: number; readonly columns: Readonly<Record<string, Value>> };

/** The evening at which a dashboard shows "now"; the archive goes on, and the dashboard's range ends there. */
export const nowAt = localTime("2026-03-27", 18);

/** What the report and the archive say of the month. */
export type KnownMonth = {
  readonly report: (unit: ReportUnit) => Report;
  readonly days: readonly DayEnergy[];
  /** The day that runs at `nowAt`, as the report has it then. */
  readonly today: DayEnergy;
  readonly minutes: readonly ArchivedMinute[];
  readonly transitions: readonly Transition[];
};

/** Reads the month back from the archive's files, and makes the reports of it. */
export async function knownMonth({ archive }: SimulatedMonth): Promise<KnownMonth> {
  const minutes: Minute[] = [];
  for await (const minute of archive.minutes(pump, startAt, endAt)) minutes.push(minute);
  const transitions: Transition[] = [];
  for await (const transition of archive.transitions(pump, startAt, endAt)) transitions.push(transition);
  const days = await archive.days(pump, firstDate, lastDate, endAt);
  const date = zone.dateOf(nowAt);
  const soFar = minutes.filter(({ at }) => at >= zone.startOf(date) && at + minuteMs <= nowAt);
  return {
    report: (unit) =>
      report({ device: pump, from: firstDate, to: lastDate, zone, now: endAt, days, unit, archiveFrom: firstDate }),
    days,
    today: dayEnergy({ date, zone, minutes: soFar, now: nowAt }),
    minutes: minutes.map(({ at, figures, points }) => ({
      at,
      columns: { ...figures, ...Object.fromEntries(loggedPoints.map((id) => [columnOf(id), points[id] ?? null])) },
    })),
    transitions,
  };
}
