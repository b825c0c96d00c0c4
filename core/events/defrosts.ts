import { totalUse } from "../energy/electricity-by-part.ts";
import { addKnown, addSeen, numberIn, type SeenMinute, type Timeline } from "../energy/timeline.ts";
import { minuteMs } from "../time/durations.ts";

/** How the recovery after a defrost ended. */
export type RecoveryEnd = "flow_back" | "compressor_stopped" | "operation_changed" | "not_back" | "not_seen";

/** The time after a defrost until the flow is as warm as before it; heat and electricity are those of that time. */
export type Recovery = {
  readonly seconds: number;
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  readonly end: RecoveryEnd;
};

/** One defrost. */
export type Defrost = {
  /** Start, ms since the epoch; to the second where it lasts beyond its first minute. */
  readonly at: number;
  /** Whether its start was seen; else it had begun before the log did. */
  readonly startSeen: boolean;
  readonly seconds: number;
  /** Heat into the water: negative, for it is taken back from the house or the tank; null where it was not seen. */
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
  /** Outdoors just before it; the sensor warms up in the defrost itself. */
  readonly outdoorC: number | null;
  /** The operation that it interrupted. */
  readonly operation: "heating" | "hot_water" | null;
  readonly recovery: Recovery;
};

/** The flow is back at this much below what it was before; the sensors have steps of 0.5 K. */
const backWithinK = 0.5;
/** Most of a minute in standby is a stop of the compressor, not its change of speed. */
const mostStandbyS = 30;
/** A flow that is not back by then has another reason; a usual recovery takes some minutes. */
const longestRecoveryMinutes = 30;
const beforeMinutes = 3;

/**
 * The defrosts that began on a day, in order of time; one that goes on after midnight is followed into the next day,
 * and belongs to the day of its start.
 */
export function defrostsOf(timeline: Timeline): Defrost[] {
  const { minutes, end } = timeline;
  const defrosts: Defrost[] = [];
  let i = timeline.first;
  while (i < end) {
    const last = lastOfDefrost(minutes, i);
    if (last === undefined) {
      i += 1;
      continue;
    }
    const ofDayBefore = minutes[i]?.at === timeline.startAt && !starts(minutes[i]);
    if (!ofDayBefore) defrosts.push(defrostAt(minutes, i, last));
    i = last + 1;
  }
  return defrosts;
}

/** The last minute of the defrost that goes on in minute `first`; undefined where none does. */
function lastOfDefrost(minutes: readonly SeenMinute[], first: number): number | undefined {
  if (defrostSeconds(minutes[first]) === 0) return undefined;
  let last = first;
  while (follows(minutes, last) && defrostSeconds(minutes[last + 1]) > 0 && !starts(minutes[last + 1])) last += 1;
  return last;
}

function defrostAt(minutes: readonly SeenMinute[], first: number, last: number): Defrost {
  const inside = minutes.slice(first, last + 1);
  const begin = minutes[first] as SeenMinute;
  const before = minutesBefore(minutes, first);
  return {
    at: begin.at + (first < last ? Math.round(minuteMs - defrostSeconds(begin) * 1000) : 0),
    startSeen: starts(begin),
    seconds: Math.round(inside.reduce((sum, minute) => sum + defrostSeconds(minute), 0)),
    heatWh: inside.reduce<number | null>((sum, { figures }) => addSeen(sum, figures.defrost_wh), 0),
    electricityWh: inside.reduce<number | null>((sum, { use }) => addKnown(sum, use?.defrost ?? null), null),
    outdoorC: numberIn(before.at(-1), "outdoor_temperature") ?? numberIn(begin, "outdoor_temperature"),
    operation: operationAround([...before, begin]),
    recovery: recoveryAfter(minutes, last, before),
  };
}

function recoveryAfter(minutes: readonly SeenMinute[], last: number, before: readonly SeenMinute[]): Recovery {
  const flowBeforeC = numberIn(before.at(-1), "flow_temperature");
  const operation = operationAround(before);
  const tail = minutes[last] as SeenMinute;
  let seconds = Math.max(0, 60 - defrostSeconds(tail) - (starts(tail) ? 60 : 0));
  let heatWh: number | null = seconds > 0 ? heatBeside(tail) : 0;
  let electricityWh = seconds > 0 && tail.use !== null ? totalUse(tail.use) - tail.use.defrost : null;
  const ended = (end: RecoveryEnd): Recovery => ({ seconds: Math.round(seconds), heatWh, electricityWh, end });
  if (flowBeforeC === null || operation === null) return ended("not_seen");
  for (let i = last; i < last + longestRecoveryMinutes; i += 1) {
    if (!follows(minutes, i)) return ended("not_seen");
    const minute = minutes[i + 1] as SeenMinute;
    const flowC = numberIn(minute, "flow_temperature");
    if ((minute.figures.standby_s ?? 0) > mostStandbyS) return ended("compressor_stopped");
    if (flowC === null) return ended("not_seen");
    if (defrostSeconds(minute) > 0) return ended("not_back");
    const now = operationAround([minute]);
    if (now === null) return ended("not_seen");
    if (now !== operation) return ended("operation_changed");
    if (flowC >= flowBeforeC - backWithinK) return ended("flow_back");
    seconds += 60;
    heatWh = addSeen(heatWh, heatBeside(minute));
    electricityWh = addKnown(electricityWh, minute.use === null ? null : totalUse(minute.use));
  }
  return ended("not_back");
}

/** The rows just before a defrost, without a gap between. */
function minutesBefore(minutes: readonly SeenMinute[], first: number): SeenMinute[] {
  const before: SeenMinute[] = [];
  for (let i = first - 1; i >= 0 && before.length < beforeMinutes; i -= 1) {
    if (!follows(minutes, i) || defrostSeconds(minutes[i]) > 0) break;
    before.unshift(minutes[i] as SeenMinute);
  }
  return before;
}

function operationAround(minutes: readonly SeenMinute[]): "heating" | "hot_water" | null {
  const seconds = (of: "heating_s" | "hot_water_s") =>
    minutes.reduce((sum, { figures }) => sum + (figures[of] ?? 0), 0);
  const heating = seconds("heating_s");
  const hotWater = seconds("hot_water_s");
  if (heating + hotWater === 0) return null;
  return hotWater > heating ? "hot_water" : "heating";
}

/** Heat of a minute without that of the defrost in it, Wh; null where it was not seen. */
function heatBeside({ figures }: SeenMinute): number | null {
  return figures.heat_wh === null ? null : figures.heat_wh - (figures.defrost_wh ?? 0);
}

function defrostSeconds(minute: SeenMinute | undefined): number {
  return minute?.figures.defrost_s ?? 0;
}

function starts(minute: SeenMinute | undefined): boolean {
  return (minute?.figures.defrosts ?? 0) > 0;
}

/** Whether the row after `i` is of the minute after it. */
function follows(minutes: readonly SeenMinute[], i: number): boolean {
  const next = minutes[i + 1];
  return next !== undefined && next.at - (minutes[i] as SeenMinute).at === minuteMs;
}
