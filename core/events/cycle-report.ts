import { minuteMs } from "../time/durations.ts";
import { type Cause, type StopCause, stopCauses } from "./cycle-cause.ts";
import { type DayCycles, joinRuns, type Run } from "./cycles.ts";
import { explainedRuns, isShort, isWhole, type ShortRun, type Stops, stopsOf } from "./stops.ts";

/** How many short runs had each cause. */
export function countCauses(runs: readonly ShortRun[]): Record<StopCause, number> {
  const count = Object.fromEntries(stopCauses.map((cause) => [cause, 0])) as Record<StopCause, number>;
  for (const { cause } of runs) count[cause] += 1;
  return count;
}

/** Upper ends of the classes of run lengths, minutes; the last class has none. */
export const runLengthMinutes = [5, 10, 20, 30, 60, 120, 240, 480, 1440] as const;

/** How many runs, and how long together, are of each class of length; only runs seen from start to stop. */
export function runLengths(runs: readonly Run[]): {
  readonly fromMinutes: number;
  readonly toMinutes: number | null;
  readonly runs: number;
  readonly seconds: number;
}[] {
  const edges = [0, ...runLengthMinutes];
  return edges.map((fromMinutes, i) => {
    const toMinutes = edges[i + 1] ?? null;
    const inside = runs.filter((run) => {
      const minutes = (run.to - run.from) / minuteMs;
      return isWhole(run) && minutes >= fromMinutes && (toMinutes === null || minutes < toMinutes);
    });
    const seconds = inside.reduce((sum, run) => sum + (run.to - run.from) / 1000, 0);
    return { fromMinutes, toMinutes, runs: inside.length, seconds: Math.round(seconds) };
  });
}

/** The cycles of a day, a run counted on the day of its start. */
export type CycleReport = {
  readonly date: string;
  readonly starts: number;
  readonly startsByHour: readonly number[];
  readonly lockouts: number;
  /** Mean length of the runs that were seen from start to stop, minutes; null of none. */
  readonly meanRunMinutes: number | null;
  readonly runs: number;
  /** Why they ended. */
  readonly stops: readonly Stops[];
  readonly shortRuns: readonly ShortRun[];
  readonly causes: Readonly<Record<StopCause, number>>;
  readonly main: MainCause | null;
};

/**
 * The cycles of consecutive days. `lowestHz`: the lowest frequency that the compressor is known to run at, where more
 * is known of it than these days.
 */
export function cycleReports(days: readonly DayCycles[], lowestHz: number | null = null): CycleReport[] {
  const seenHz = [lowestHz, ...days.map((day) => day.lowestHz)].filter((hz) => hz !== null);
  const leastHz = seenHz.length === 0 ? null : Math.min(...seenHz);
  const joined = joinRuns(days);
  const runsOf = byDate(days, joined);
  const explainedOf = byDate(days, explainedRuns(joined, leastHz));
  return days.map(({ date, startsByHour, lockouts }) => {
    const runs = runsOf.get(date) ?? [];
    const whole = runs.filter(isWhole);
    const seconds = whole.reduce((sum, run) => sum + run.to - run.from, 0) / 1000;
    const explained = explainedOf.get(date) ?? [];
    const short = explained.filter(isShort);
    return {
      date,
      starts: startsByHour.reduce((sum, starts) => sum + starts, 0),
      startsByHour,
      lockouts,
      meanRunMinutes: whole.length === 0 ? null : seconds / 60 / whole.length,
      runs: whole.length,
      stops: stopsOf(explained),
      shortRuns: short,
      causes: countCauses(short),
      main: mainCause(short),
    };
  });
}

function byDate<T extends Run>(days: readonly DayCycles[], runs: readonly T[]): Map<string, T[]> {
  const runsOf = new Map<string, T[]>(days.map(({ date }) => [date, []]));
  for (const run of runs) runsOf.get(run.date)?.push(run);
  return runsOf;
}

/** The commonest cause of the short runs of a day. */
export type MainCause = Cause & {
  readonly count: number;
  readonly ofShortRuns: number;
  /** Whole °C that the outdoor temperature of all these runs was above; null where not known. */
  readonly aboveOutdoorC: number | null;
};

/** The commonest cause of some short runs; null where there was none. */
export function mainCause(runs: readonly ShortRun[]): MainCause | null {
  const groups = new Map<string, ShortRun[]>();
  for (const run of runs) {
    const name = `${run.cause} ${run.reason}`;
    groups.set(name, [...(groups.get(name) ?? []), run]);
  }
  const largest = [...groups.values()].sort((a, b) => b.length - a.length)[0];
  const first = largest?.[0];
  if (largest === undefined || first === undefined) return null;
  const outdoorC = largest.map((run) => run.outdoorC).filter((value) => value !== null);
  return {
    cause: first.cause,
    reason: first.reason,
    count: largest.length,
    ofShortRuns: runs.length,
    aboveOutdoorC: outdoorC.length < largest.length ? null : Math.ceil(Math.min(...outdoorC)) - 1,
  };
}
