import { minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import { columnsOfMinutes, type DayColumns } from "./day-columns.ts";
import { type DayWindow, dayWindow } from "./day-window.ts";
import type { ElectricityByPart } from "./electricity-by-part.ts";
import { type MinuteUses, minuteUses } from "./electricity-per-minute.ts";
import type { ElectricitySetup } from "./electricity-setup.ts";
import { daySteps } from "./electricity-side.ts";
import { fittedDay } from "./fitted-sensors.ts";
import type { RowPasses } from "./passes/row-passes.ts";
import type { UsesOf } from "./timeline.ts";

/** `isWhole` is false where a meter was silent for a good part of the day and nothing else counted. */
export type DayUse = MinuteUses & { readonly isWhole: boolean };

/**
 * Electricity of each minute of a day by operation, Wh, by the external meter or else the counter (`daySteps`);
 * index 0 is the minute of the start of the day. null where neither reported anything.
 */
export function dayUse(window: DayWindow, setup: ElectricitySetup, passes?: RowPasses): DayUse | null {
  const counted = daySteps(window, setup.correctionFactor);
  if (counted === null) return null;
  const hasImmersion = counted.source !== "meter" || setup.meterHasImmersion;
  const heaters = hasImmersion ? setup : { ...setup, immersionHeaterW: 0 };
  const isWhole = counted.meter === null || counted.meter.usable;
  return { ...minuteUses(window.day, window.startAt, counted.steps, heaters, passes), isWhole };
}

/** The same for rows of one day from its start on, as `dayEvents` takes it. */
export function usesOfDays(zone: Zone, setup: ElectricitySetup): UsesOf {
  return (minutes, startAt) => usesOfColumns(zone, setup, zone.dateOf(startAt), columnsOfMinutes(minutes));
}

/** The same for the rows of a date as columns; `passes` are those that go over them. */
export function usesOfColumns(
  zone: Zone,
  setup: ElectricitySetup,
  date: string,
  columns: DayColumns,
  passes?: RowPasses,
): readonly ElectricityByPart[] {
  const last = columns.times[columns.rows - 1];
  if (last === undefined) return [];
  const fitted = fittedDay(columns, passes);
  const window = dayWindow({ date, zone, now: last + minuteMs, day: fitted.columns, next: undefined });
  return dayUse(window, setup, fitted.passes)?.uses ?? [];
}
