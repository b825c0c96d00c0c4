import { billedFrom } from "@heatloop/core/cost/period-costs";
import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { dateAfter, previousDate } from "@heatloop/core/time/local-day";
import { type DateSpan, isInSpan } from "../archive/dates.ts";
import type { ReportDays } from "../archive/requested-kinds.ts";

/** The house and the meters are learned from so many days before the end of a report. */
const learnedDays = 365;

/** The first date that the house of a range is learned from. */
export function learnedFrom({ from, to }: DateSpan): string {
  const learned = dateAfter(to, -learnedDays);
  return learned < from ? learned : from;
}

/** The dates before a range from which its house is learned; null where the range is longer. */
export function learnedBefore(range: DateSpan): DateSpan | null {
  const from = learnedFrom(range);
  return from < range.from ? { from, to: previousDate(range.from) } : null;
}

/** The energy of the dates of a span that were logged, in order. */
export function loggedDays({ summaries }: Pick<ReportDays, "summaries">, span: DateSpan): DayEnergy[] {
  const inSpan = [...summaries].filter(([date]) => isInSpan(date, span));
  return inSpan.flatMap(([, { day }]) => (day !== null && day.loggedMinutes > 0 ? [day] : []));
}

/** The first date of which a report is made. */
export function madeFrom(span: DateSpan): string {
  const [learned, billed] = [learnedFrom(span), billedFrom(span.from)];
  return learned < billed ? learned : billed;
}
