import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import type { ReportCycles } from "../../range/addon-report.ts";
import type { DayStrip, RecordedRun } from "./cycles.ts";

/** A run of less than 10 minutes; the cause is known to Heatloop's app alone. */
export type ShownShortRun = {
  readonly at: number;
  readonly seconds: number;
  readonly cause: string | undefined;
  readonly reason: string | null;
};

/** How often it started on a day; whole: the day is over and was seen whole. */
export type DayStarts = { readonly starts: number; readonly isWhole: boolean };

export type CycleCounts = {
  /** By date; absent where nobody knows. */
  readonly starts: ReadonlyMap<string, DayStarts>;
  /** Mean of the days that are over and were seen whole; null of none. */
  readonly startsPerDay: number | null;
  /** How many runs are of each class of length. */
  readonly lengths: readonly LengthClass[];
  /** Why runs ended, the commonest first; empty where nobody knows: the cause is known to Heatloop's app alone. */
  readonly stops: readonly ShownStops[];
  /** Whether the runs are a problem, and what to change: known to Heatloop's app alone. */
  readonly advised: Pick<ReportCycles, "problem" | "advice">;
  /** The latest first. */
  readonly shortRuns: readonly ShownShortRun[];
};

/** The runs that ended for one reason. */
export type ShownStops = {
  readonly cause: string;
  readonly reason: string | null;
  readonly runs: number;
  readonly meanMinutes: number;
};

export type LengthClass = { readonly fromMinutes: number; readonly toMinutes: number | null; readonly runs: number };

const shortMinutes = 10;
/** A day of which less was seen has no number of starts; chosen. */
const leastShare = 0.5;
/** As core's `DayEnergy.complete`. */
const wholeShare = 0.99;
/** Every edge is one of core's `runLengthMinutes`. */
const edges = [0, shortMinutes, 30, 60, 120, 240] as const;

/** Starts, lengths and short runs of a report. */
export function countedBy(report: ReportCycles): CycleCounts {
  const { days, lengths, starts_per_day: startsPerDay, stops, problem, advice } = report;
  return {
    starts: new Map(days.map(({ date, starts, complete }) => [date, { starts, isWhole: complete }])),
    startsPerDay,
    lengths: classes((from, to) =>
      lengths
        .filter(({ from_minutes: minutes }) => minutes >= from && minutes < (to ?? Number.POSITIVE_INFINITY))
        .reduce((sum, { runs }) => sum + runs, 0),
    ),
    stops: stops.map(({ cause, reason, runs, mean_run_minutes: meanMinutes }) => ({
      cause,
      reason,
      runs,
      meanMinutes,
    })),
    advised: { problem, advice },
    shortRuns: days
      .flatMap(({ short_runs: runs }) => runs)
      .map(({ start, seconds, cause, reason }) => ({ at: Date.parse(start), seconds, cause, reason }))
      .sort((one, other) => other.at - one.at),
  };
}

/** The same from what Home Assistant's history shows; a day less than half seen has no number of starts. */
export function countedFrom(
  runs: readonly RecordedRun[],
  days: readonly DayStrip[],
  zone: Zone,
  now: number,
): CycleCounts {
  const startsOn = Map.groupBy(
    runs.filter(({ startSeen }) => startSeen),
    ({ from }) => zone.dateOf(from),
  );
  const starts = new Map(
    days
      .map((day) => ({ day, share: seenShare(day) }))
      .filter(({ share }) => share >= leastShare)
      .map(({ day: { date, to }, share }): [string, DayStarts] => [
        date,
        { starts: startsOn.get(date)?.length ?? 0, isWhole: to <= now && share >= wholeShare },
      ]),
  );
  const seen = runs.filter((run) => run.seen);
  const minutesOf = ({ from, to }: RecordedRun) => (to - from) / minuteMs;
  return {
    starts,
    startsPerDay: meanStarts([...starts.values()]),
    lengths: classes(
      (from, to) =>
        seen.filter((run) => minutesOf(run) >= from && minutesOf(run) < (to ?? Number.POSITIVE_INFINITY)).length,
    ),
    stops: [],
    advised: notAdvised,
    shortRuns: seen
      .filter((run) => minutesOf(run) < shortMinutes)
      .map(({ from, to }) => ({ at: from, seconds: (to - from) / 1000, cause: undefined, reason: null }))
      .reverse(),
  };
}

/** Mean of the days that are over and were seen whole; null of none. */
export function meanStarts(days: readonly DayStarts[]): number | null {
  const whole = days.filter(({ isWhole }) => isWhole);
  return whole.length === 0 ? null : whole.reduce((sum, { starts }) => sum + starts, 0) / whole.length;
}

/** How much of its segments was seen, 0 to 1. */
function seenShare({ segments }: DayStrip): number {
  const msOf = (of: typeof segments) => of.reduce((sum, { from, to }) => sum + to - from, 0);
  const seen = segments.filter(({ situation }) => situation !== "unknown" && situation !== "offline");
  return seen.length === 0 ? 0 : msOf(seen) / msOf(segments);
}

const notAdvised = { problem: null, advice: null };

/** Of a time of which nothing can be known. */
export const noCounts: CycleCounts = {
  starts: new Map(),
  startsPerDay: null,
  lengths: [],
  stops: [],
  advised: notAdvised,
  shortRuns: [],
};

function classes(runsBetween: (from: number, to: number | null) => number): LengthClass[] {
  return edges.map((fromMinutes, index) => {
    const toMinutes = edges[index + 1] ?? null;
    return { fromMinutes, toMinutes, runs: runsBetween(fromMinutes, toMinutes) };
  });
}
