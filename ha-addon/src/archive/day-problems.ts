import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import type { ArchiveProblem } from "@heatloop/core/report";
import { datesBetween, nextDate, previousDate } from "@heatloop/core/time/local-day";
import type { FileProblem } from "./chunk.ts";

/** Of a date at most so many problems are kept: a foreign file may have one in each line. */
const mostProblems = 20;
/** A day that has just begun is not yet one without heat. */
const leastMinutes = 60;

/** The first problems of a date, and how many more there are. */
export function firstProblems(problems: readonly FileProblem[]): FileProblem[] {
  const more = problems.length - mostProblems;
  if (more <= 0) return [...problems];
  const kept = problems.slice(0, mostProblems);
  return [...kept, { file: kept.at(-1)?.file ?? "", line: null, problem: `and ${more} more of this day` }];
}

/** Files in the archive that are none of its own. */
export function foreignProblems(paths: readonly string[]): ArchiveProblem[] {
  return paths.map((file) => ({ file, line: null, problem: "not a file of the archive: it is left alone" }));
}

/** Logged days of which no heat is known, and why: then they have no COP. */
export function heatlessProblems(days: readonly DayEnergy[]): ArchiveProblem[] {
  const heatless = days.filter(({ heatWh, loggedMinutes }) => heatWh === null && loggedMinutes >= leastMinutes);
  const isUnknown = ({ parts }: DayEnergy) => operations.every((operation) => parts[operation].seconds === 0);
  return [
    { of: heatless.filter(isUnknown), why: "they don't show what the heat pump did (compressor, operation mode)" },
    { of: heatless.filter((day) => !isUnknown(day)), why: "flow rate or flow and return temperature are missing" },
  ].flatMap(({ of, why }) => {
    const [first, last] = [of[0], of.at(-1)];
    if (first === undefined || last === undefined) return [];
    const dates = first === last ? `of ${first.date}` : `of ${of.length} days from ${first.date} to ${last.date}`;
    return [{ file: null, line: null, problem: `no heat is known from the minutes ${dates}: ${why}` }];
  });
}

/** Dates without a minute between the first and the last that has one. */
export function gapProblems(days: readonly DayEnergy[]): ArchiveProblem[] {
  const logged = days.filter(({ loggedMinutes }) => loggedMinutes > 0);
  return logged.flatMap(({ date }, i) => {
    const before = logged[i - 1]?.date;
    if (before === undefined || nextDate(before) === date) return [];
    const [from, to] = [nextDate(before), previousDate(date)];
    const count = datesBetween(from, to).length;
    const problem =
      count === 1 ? `there is no minute of ${from}` : `there are no minutes of ${count} days, ${from} to ${to}`;
    return [{ file: null, line: null, problem }];
  });
}

/** Whether a finding is about dates from one to another: it is of a file of theirs, or of no file of a date. */
export function isAbout(file: string | null, from: string, to: string): boolean {
  const date = /\d{4}-\d\d-\d\d/.exec(file?.split(/[/\\]/).at(-1) ?? "")?.[0];
  return date === undefined || (date >= from && date <= to);
}
