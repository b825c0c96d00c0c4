import { cycleReports } from "@heatloop/core/events/cycle-report";
import { lowestFrequency } from "@heatloop/core/events/events-report";
import type { ComparedDay } from "@heatloop/core/house/compare-periods";
import { comparedDayOf } from "@heatloop/core/house/compared-day";
import { type DateSpan, isInSpan } from "../archive/dates.ts";
import type { ReportDays } from "../archive/requested-kinds.ts";
import { loggedDays } from "./learned-days.ts";

/** The whole days of a period as they are compared. */
export function comparedDays(days: ReportDays, span: DateSpan): ComparedDay[] {
  const events = [...days.events.values()].filter(({ date }) => isInSpan(date, span));
  const lowestHz = lowestFrequency(events);
  const cycles = cycleReports(
    events.map((day) => day.cycles),
    lowestHz,
  );
  return loggedDays(days, span).flatMap((day) => {
    const at = events.findIndex(({ date }) => date === day.date);
    const outdoorC = events[at]?.outdoor.meanC ?? null;
    return day.complete ? [comparedDayOf(day, outdoorC, cycles[at] ?? null)] : [];
  });
}
