import { round } from "../math/rounding.ts";
import { sum } from "../math/sums.ts";
import type { OvershootReason, StopCause } from "./cycle-cause.ts";
import { pauseChoicesMinutes, type Stops } from "./stops.ts";

/** What is wrong with the runs of some whole days, or nothing. */
export const cycleProblems = ["none", "many_starts", "short_runs"] as const;
export type CycleProblem = (typeof cycleProblems)[number];

/**
 * What can be set otherwise: for how long it stays off after a stop, the flow set-point (or the curve that makes it), by how much
 * that comes down at once, and by how much the tank cools down before it is heated again.
 */
export const advisedSettings = ["pause", "flow_setpoint", "flow_setpoint_step", "dhw_max_temperature_drop"] as const;
export type AdvisedSetting = (typeof advisedSettings)[number];

/** One setting to change, for the commonest cause of stops that a setting can change. */
export type CycleAdvice = {
  readonly cause: StopCause;
  readonly reason: OvershootReason | null;
  readonly setting: AdvisedSetting;
  readonly change: "higher" | "lower";
  /** By how much, or to what, in `unit`; null where the log does not tell. */
  readonly by: number | null;
  readonly to: number | null;
  readonly unit: "min" | "K" | null;
  /** At most so many starts a day would be spared; null where the log does not tell. */
  readonly startsPerDayFewer: number | null;
};

/** The runs of days that are over and were seen whole. */
export type WholeDayRuns = {
  readonly days: number;
  readonly starts: number;
  readonly stops: readonly Stops[];
  /** Mean flow temperature of heating, weighted by its heat, °C. */
  readonly heatingFlowC: number | null;
  /** In cooling a higher set-point is a milder one: then nothing is said of it. */
  readonly hasCooled: boolean;
};

/** Of 312 heat pumps on heatpumpmonitor.org the middle one starts 6.4 times a day, of 14 Mitsubishi 8.2 times. */
const mostStartsPerDay = 8;
/** More short runs than every fifth, of at least so many runs; chosen. */
const mostShortShare = 0.2;
const leastRuns = 5;
/** A cause of fewer stops than this share, or a change that spares less, is not worth a change; chosen. */
const leastShare = 0.25;
const leastFewerPerDay = 0.5;
/** A tank of a usual size is heated once or twice a day, and each time a run ends before it and after it; chosen. */
const usualChangeOversPerDay = 4;
/** The outdoor unit halts when the flow is 2 K past its target. */
const haltsPastK = 2;
/** A target that comes down by 1 K within 10 minutes is taken for the cause of a stop: stop-evidence.ts, cycle-cause.ts. */
const mostStepK = 1;
/** Of rooms that heat is made for, °C: EN 12831. */
const usualRoomC = 20;
/** A house answers to a flow temperature within days: one tries smaller steps. Chosen. */
const flowStepK = { least: 1, most: 3 };

type Change = Pick<CycleAdvice, "setting" | "change" | "by" | "to" | "unit"> & {
  /** The share of the stops that it can spare; null where the log does not tell. */
  readonly spares: number | null;
};
type Rule = (stops: Stops, of: WholeDayRuns) => Change | undefined;

/** By cause, and by what lies behind an overshoot. A fault, a defrost, a hand, a lock-out: none of them is a wrong setting. */
const rules: Readonly<Partial<Record<StopCause | OvershootReason, Rule>>> = {
  minimum_output: longerPause,
  target_lowered: () => ({
    ...{ setting: "flow_setpoint_step", change: "lower", by: null, to: mostStepK, unit: "K" },
    spares: 1,
  }),
  overshoot: (_, { hasCooled }) =>
    hasCooled
      ? undefined
      : { setting: "flow_setpoint", change: "higher", by: haltsPastK, to: null, unit: "K", spares: 1 },
  room_satisfied: (stops, of) => (needsLessThanLeast(stops) ? longerPause(stops) : lowerFlow(stops, of)),
  hot_water: ({ runs }, { days }) => {
    const perDay = runs / days;
    return perDay <= usualChangeOversPerDay
      ? undefined
      : {
          ...{ setting: "dhw_max_temperature_drop", change: "higher", by: null, to: null, unit: null },
          spares: 1 - usualChangeOversPerDay / perDay,
        };
  },
};

/**
 * Whether the runs of whole days have a problem, and which one setting would change most of it. The problem is null where too
 * few runs were seen; there is no advice where there is none, or where no setting is known to change the commonest causes.
 */
export function adviceOn(of: WholeDayRuns): {
  readonly problem: CycleProblem | null;
  readonly advice: CycleAdvice | null;
} {
  const problem = problemOf(of);
  if (problem === null || problem === "none") return { problem, advice: null };
  const concerned = (stops: Stops) => (problem === "short_runs" ? stops.shortRuns : stops.runs);
  const all = sum(of.stops, concerned);
  const advised = of.stops
    .filter((stops) => concerned(stops) >= leastShare * all)
    .sort((a, b) => concerned(b) - concerned(a))
    .map((stops) => adviceFor(stops, concerned(stops), of));
  return { problem, advice: advised.find((advice) => advice !== null) ?? null };
}

function problemOf({ days, starts, stops }: WholeDayRuns): CycleProblem | null {
  const runs = sum(stops, (each) => each.runs);
  if (days === 0 || runs < leastRuns) return null;
  if (starts / days > mostStartsPerDay) return "many_starts";
  return sum(stops, (each) => each.shortRuns) / runs > mostShortShare ? "short_runs" : "none";
}

function adviceFor(stops: Stops, concerned: number, of: WholeDayRuns): CycleAdvice | null {
  const { cause, reason } = stops;
  const made = rules[reason ?? cause]?.(stops, of);
  if (made === undefined) return null;
  const { spares, ...change } = made;
  if (spares === null) return { cause, reason, ...change, startsPerDayFewer: null };
  const startsPerDayFewer = Math.min(spares * concerned, of.starts) / of.days;
  return startsPerDayFewer < leastFewerPerDay ? null : { cause, reason, ...change, startsPerDayFewer };
}

/**
 * The house takes the same heat, so a pause that is made longer by some factor makes starts fewer by it: of pauses shorter than
 * that time each spares 1 - pause / time of a start. The shortest time that spares half of the starts, or else the longest.
 */
function longerPause({ runs, pauses }: Stops): Change | undefined {
  const choices = pauseChoicesMinutes.map((minutes, i) => {
    const { count = 0, seconds = 0 } = pauses.under[i] ?? {};
    return { minutes, spares: (count - seconds / 60 / minutes) / runs };
  });
  const best = choices.find(({ spares }) => spares >= 0.5) ?? choices.at(-1);
  if (best === undefined || best.spares < leastShare) return undefined;
  return { setting: "pause", change: "higher", by: null, to: best.minutes, unit: "min", spares: best.spares };
}

/** Whether the house took less than the compressor can make, where that is known. */
function needsLessThanLeast({ sized }: Stops): boolean {
  return sized.count > 0 && sized.leastOutputW > sized.needW;
}

/**
 * What a house takes is about proportional to how much warmer than the rooms the flow is: without pauses so much less would do.
 * A step towards that spares as large a part of the starts as it is of the way.
 */
function lowerFlow({ runs, seconds, pauses }: Stops, { heatingFlowC, hasCooled }: WholeDayRuns): Change | undefined {
  if (hasCooled) return undefined;
  const runS = seconds / runs;
  const ran = pauses.count === 0 ? 1 : runS / (runS + pauses.seconds / pauses.count);
  const wayK = heatingFlowC === null ? null : (1 - ran) * (heatingFlowC - usualRoomC);
  const by = Math.min(flowStepK.most, Math.max(flowStepK.least, round(wayK ?? 0)));
  const spares = wayK === null ? null : wayK > by ? by / wayK : 1;
  return { setting: "flow_setpoint", change: "lower", by, to: null, unit: "K", spares };
}
