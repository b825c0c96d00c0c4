import { nextDate, previousDate } from "@heatloop/core/time/local-day";

/** A range of local dates, both included. */
export type DateSpan = { readonly from: string; readonly to: string };

/** Whether a date is in a range. */
export function isInSpan(date: string, { from, to }: DateSpan): boolean {
  return date >= from && date <= to;
}

/** From the first date of some ranges to the last; throws where there is no range. */
export function spanOf(spans: readonly DateSpan[]): DateSpan {
  const from = spans.map((span) => span.from).sort()[0];
  const to = spans
    .map((span) => span.to)
    .sort()
    .at(-1);
  if (from === undefined || to === undefined) throw new Error("no range of dates");
  return { from, to };
}

/** The dates of a range that any file can have rows of, in order; `files` are the dates of files in order. */
export function datesIn(files: Iterable<string>, from: string, to: string): string[] {
  const dates: string[] = [];
  const add = (date: string) => {
    if (date >= from && date <= to && date > (dates.at(-1) ?? "")) dates.push(date);
  };
  let after = "";
  for (const date of files) {
    // Most follow each other.
    if (date !== after) {
      add(after);
      add(previousDate(date));
    }
    add(date);
    after = nextDate(date);
  }
  add(after);
  return dates;
}
