import { datesBetween } from "@heatloop/core/time/local-day";
import { type DateRange, movedRange, rangeAround } from "../../range/date-range.ts";
import { rangeLimits } from "../../range/range-limits.ts";

/** A range with what it is compared with. */
export type ComparedRanges = {
  /** What of it has begun. */
  readonly after: DateRange;
  /** The best first; the next where nothing is known of it. */
  readonly befores: readonly DateRange[];
};

/** Fewer days are too few to have four as cold in both; chosen. */
const leastDays = 7;

/**
 * A month is compared with that of the year before, or with the month before; a year and a heating year with the same
 * dates of the year before, as the sun of spring is not that of autumn; others with the time before. Undefined of a few
 * days, and of what is yet to come.
 */
export function comparedRanges(range: DateRange, today: string, firstWeekday: number): ComparedRanges | undefined {
  const { known } = rangeLimits(range, today);
  if (known === undefined || datesBetween(range.from, range.to).length < leastDays) return undefined;
  const { unit } = range;
  const after = known.to === range.to ? range : { ...known, unit: undefined };
  const before = movedRange(range, -1, firstWeekday);
  if (unit === "month") return { after, befores: [rangeAround(unit, yearBefore(range.from), firstWeekday), before] };
  if (after === range || (unit !== "year" && unit !== "season")) return { after, befores: [before] };
  return { after, befores: [{ from: before.from, to: yearBefore(known.to), unit: undefined }] };
}

/** The same date a year before; 28 February of a leap day. */
function yearBefore(date: string): string {
  const before = `${Number(date.slice(0, 4)) - 1}${date.slice(4)}`;
  return before.replace("-02-29", "-02-28");
}
