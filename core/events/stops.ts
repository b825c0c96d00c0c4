import { sum } from "../math/sums.ts";
import { hourMs } from "../time/durations.ts";
import { type Cause, type OutputAgainstNeed, withOutput } from "./cycle-cause.ts";
import type { Run } from "./cycles.ts";

/** A run shorter than this is a short one, seconds. */
export const shortRunS = 600;

/** A run that took less than 10 minutes, with the cause of its stop. */
export type ShortRun = Run & Cause;
/** A run whose start and stop were seen. `pauseS`: until the next start; null where that was not seen. */
export type ExplainedRun = Run & Cause & { readonly pauseS: number | null; readonly output: OutputAgainstNeed | null };

/** How long the firmware's lock-out may keep it off (minutes), but for what would let a house cool down. */
export const pauseChoicesMinutes = [15, 30, 45, 60] as const;

/** Some pauses after runs, together. */
type Pauses = { readonly count: number; readonly seconds: number };

/** The runs that ended for one reason: how many, how long together, and how many of them were short. */
export type Stops = Cause & {
  readonly runs: number;
  readonly seconds: number;
  readonly shortRuns: number;
  /** The pauses that were seen, and those under each of `pauseChoicesMinutes`. */
  readonly pauses: Pauses & { readonly under: readonly Pauses[] };
  /** Sums over the runs of which least output and need are known, W. */
  readonly sized: OutputAgainstNeed & { readonly count: number };
};

/** Runs by why they ended, the commonest first. */
export function stopsOf(runs: readonly ExplainedRun[]): Stops[] {
  return addedStops(runs.map(stopOf));
}

function stopOf(run: ExplainedRun): Stops {
  const { cause, reason, pauseS, output } = run;
  const under = (seconds: number) =>
    pauseS === null || pauseS >= seconds ? { count: 0, seconds: 0 } : { count: 1, seconds: pauseS };
  return {
    ...{ cause, reason },
    runs: 1,
    seconds: (run.to - run.from) / 1000,
    shortRuns: isShort(run) ? 1 : 0,
    pauses: { ...under(Number.POSITIVE_INFINITY), under: pauseChoicesMinutes.map((minutes) => under(minutes * 60)) },
    sized: output === null ? { count: 0, leastOutputW: 0, needW: 0 } : { count: 1, ...output },
  };
}

/** Those of several days together. */
export function addedStops(stops: readonly Stops[]): Stops[] {
  const groups = Map.groupBy(stops, ({ cause, reason }) => `${cause} ${reason}`);
  return [...groups.values()]
    .map((group) => {
      const [{ cause, reason }] = group as [Stops];
      const total = (of: (stops: Stops) => number) => sum(group, of);
      const added = (of: (stops: Stops) => Pauses | undefined) => ({
        count: total((each) => of(each)?.count ?? 0),
        seconds: total((each) => of(each)?.seconds ?? 0),
      });
      return {
        ...{ cause, reason },
        runs: total(({ runs }) => runs),
        seconds: total(({ seconds }) => seconds),
        shortRuns: total(({ shortRuns }) => shortRuns),
        pauses: {
          ...added(({ pauses }) => pauses),
          under: pauseChoicesMinutes.map((_, i) => added(({ pauses }) => pauses.under[i])),
        },
        sized: {
          count: total(({ sized }) => sized.count),
          leastOutputW: total(({ sized }) => sized.leastOutputW),
          needW: total(({ sized }) => sized.needW),
        },
      };
    })
    .sort((a, b) => b.runs - a.runs);
}

/** The whole ones of consecutive runs. `lowestHz`: the lowest frequency of the compressor; null where not known. */
export function explainedRuns(runs: readonly Run[], lowestHz: number | null): ExplainedRun[] {
  return runs.flatMap((run, i) => {
    if (run.stop === null || !isWhole(run)) return [];
    const next = runs[i + 1]?.startSeen ? runs[i + 1] : undefined;
    const output = outputAgainstNeed(run, next, lowestHz);
    return [
      {
        ...run,
        ...withOutput(run.stop, output),
        pauseS: next === undefined ? null : (next.from - run.to) / 1000,
        output,
      },
    ];
  });
}

function outputAgainstNeed(run: Run, next: Run | undefined, lowestHz: number | null): OutputAgainstNeed | null {
  if (run.wattsPerHz === null || run.heatWh === null || lowestHz === null) return null;
  if (next === undefined) return null;
  return { leastOutputW: run.wattsPerHz * lowestHz, needW: run.heatWh / ((next.from - run.from) / hourMs) };
}

/** Less than 10 minutes. */
export function isShort({ from, to }: Run): boolean {
  return to - from < shortRunS * 1000;
}

/** Seen from start to stop. */
export function isWhole(run: Run): boolean {
  return run.startSeen && run.endSeen;
}
