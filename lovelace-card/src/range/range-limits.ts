import type { DateRange } from "./date-range.ts";

/** How far back one can go: no house has recorded more. */
export const recordedYears = 10;

/** How far a person can go from a range. */
export type RangeLimits = {
  /** Today lies in it: then it goes on with the days. */
  readonly isNow: boolean;
  readonly canGoBack: boolean;
  readonly canGoOn: boolean;
  /** The dates of it of which anything can be known; undefined where all of it is yet to come. */
  readonly known: { readonly from: string; readonly to: string } | undefined;
};

/** The limits of a range of local dates on a day: one goes on to that day, and back to the first that may be recorded. */
export function rangeLimits({ from, to }: Pick<DateRange, "from" | "to">, today: string): RangeLimits {
  const first = `${Number(today.slice(0, 4)) - recordedYears}${today.slice(4)}`;
  return {
    isNow: from <= today && today <= to,
    canGoBack: from > first,
    canGoOn: to < today,
    known: from > today ? undefined : { from, to: to > today ? today : to },
  };
}
