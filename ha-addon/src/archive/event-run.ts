import { usesOfDays } from "@heatloop/core/energy/day-use";
import type { ElectricitySetup } from "@heatloop/core/energy/electricity-setup";
import { endOfDay } from "@heatloop/core/energy/timeline";
import { type DayEvents, dayEvents, eventPoints } from "@heatloop/core/events/day-events";
import type { Limits } from "@heatloop/core/events/rules/rule-day";
import { heatFormula, type WaterSetup } from "@heatloop/core/heat/heat-formula";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteByFormula } from "@heatloop/core/minute/minute-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Archive } from "./archive.ts";

/** What the events of a day follow from, beside the files. */
export type EventsBasis = {
  readonly zone: Zone;
  readonly electricity: ElectricitySetup;
  readonly water: WaterSetup;
  readonly limits: Limits;
};

type Day = { readonly date: string; readonly minutes: readonly Minute[] };

/** The events of the logged days of a run of dates, in order; each day is computed with the days beside it. */
export async function* eventsOfRun(
  archive: Pick<Archive, "minutesByDate">,
  device: string,
  { from, to }: { readonly from: string; readonly to: string },
  { zone, electricity, water, limits }: EventsBasis,
): AsyncIterable<DayEvents> {
  const usesOf = usesOfDays(zone, electricity);
  const formula = heatFormula(water);
  const isWanted = (day: Day | undefined): day is Day => day !== undefined && day.date >= from && day.date <= to;
  const eventsOf = (day: Day, before: Day | undefined, after: Day | undefined) =>
    dayEvents({
      ...day,
      zone,
      limits,
      usesOf,
      dayBefore: before?.date === previousDate(day.date) ? before.minutes : undefined,
      nextDay: after?.date === nextDate(day.date) ? after.minutes : undefined,
    });
  let before: Day | undefined;
  let day: Day | undefined;
  const reading = archive.minutesByDate(device, previousDate(from), nextDate(to), eventPoints);
  for await (const { date, minutes } of reading) {
    const after = { date, minutes: minutes.map((minute) => minuteByFormula(minute, formula)) };
    if (isWanted(day)) yield eventsOf(day, before, after);
    // Only the end of the day before is used; a day's minutes are most of what is in memory here.
    before = day && { date: day.date, minutes: endOfDay(day.minutes, zone.endOf(day.date)) };
    day = after;
  }
  if (isWanted(day)) yield eventsOf(day, before, undefined);
}
