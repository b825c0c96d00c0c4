import { dateAfter, datesBetween, nextDate, previousDate } from "./local-day.ts";
import { periodOf, type ReportUnit } from "./report-unit.ts";

/** Local dates, both included. */
type Span = { readonly from: string; readonly to: string };

/** The shortest comes first: a January is a month, not the beginning of a year. */
const units: readonly ReportUnit[] = ["day", "week", "month", "season", "year"];

/**
 * The periods before and after one, as somebody who leafs means them: of a whole month (or the running one until `today`) the
 * month, of any other range as many days. No date is after `today`: `next` is undefined where nothing of it has begun.
 */
export function neighbourPeriods(
  span: Span,
  today: string,
): { readonly previous: Span; readonly next: Span | undefined } {
  const { from, to } = span;
  const unit = units.find((each) => {
    const whole = periodOf(from, each);
    return whole.from === from && (whole.to === to || (to === today && whole.to > today));
  });
  const length = datesBetween(from, to).length;
  const before = previousDate(from);
  const previous = unit === undefined ? { from: dateAfter(from, -length), to: before } : spanOf(periodOf(before, unit));
  const after = unit === undefined ? nextDate(to) : nextDate(periodOf(from, unit).to);
  if (after > today) return { previous, next: undefined };
  const end = unit === undefined ? dateAfter(to, length) : periodOf(after, unit).to;
  return { previous, next: { from: after, to: end > today ? today : end } };
}

function spanOf({ from, to }: Span): Span {
  return { from, to };
}
