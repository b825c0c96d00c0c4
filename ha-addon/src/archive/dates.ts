import { nextDate, previousDate } from "@heatloop/core/time/local-day";

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

/** Dates in order, cut where one does not follow the other. */
export function runsOf(dates: readonly string[]): string[][] {
  const runs: string[][] = [];
  for (const date of dates) {
    const run = runs.at(-1);
    if (run !== undefined && nextDate(run.at(-1) as string) === date) run.push(date);
    else runs.push([date]);
  }
  return runs;
}
