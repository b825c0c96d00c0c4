import { type PointId, silenceS } from "../catalogue/points.ts";
import type { Value } from "../catalogue/reading.ts";
import { heatPowerW } from "../heat/heat.ts";
import type { HeatFormula } from "../heat/heat-formula.ts";
import { dryHoldMs } from "../live/dry-running.ts";
import type { OperationPoint } from "../live/operation.ts";
import { clearSigns, newOperationTracker, type OperationTracker, takeSign } from "../live/operation-tracker.ts";
import { type CounterState, type RunningTotal, runningTotal } from "../live/running-total.ts";
import { hourMs } from "../time/durations.ts";
import { countDaily, type DayOf } from "./daily-counter.ts";
import { noSums, type Sums } from "./minute-sums.ts";
import { addReadingTo, newTrack, passSilence, type Track, turnTrackBack } from "./track.ts";

/** The minute that is running: the logged points, the operation, the counter, and the sums so far. */
export type RunningMinute = {
  readonly tracks: ReadonlyMap<PointId, Track>;
  readonly tracker: OperationTracker;
  /** The controller's day of a time; its counter starts again with each. */
  readonly dayOf: DayOf;
  /** The formula of the heat, as the settings have it now. */
  readonly formula: () => HeatFormula;
  startedAt: number;
  /** Until when time and heat are in the sums. */
  integratedTo: number;
  lastReadingAt: number;
  counter: RunningTotal | undefined;
  /** The counter by rows of the archive that lie in the future, until the counter itself reports. */
  counterAhead: RunningTotal | undefined;
  /** Whether the counter has reported since the start, and the device was never offline since. */
  isCounterLive: boolean;
  sums: Sums;
};

const silenceMs = silenceS * 1000;
const heatPoints: ReadonlySet<PointId> = new Set(["flow_rate", "flow_temperature", "return_temperature"] as const);

/** A minute that begins at `at`, ms since the epoch. */
export function newRunningMinute(
  at: number,
  points: readonly PointId[],
  of: Pick<RunningMinute, "dayOf" | "formula" | "counter" | "counterAhead">,
): RunningMinute {
  return {
    ...of,
    tracks: new Map(points.map((id) => [id, newTrack(id, at)])),
    tracker: newOperationTracker(),
    startedAt: at,
    integratedTo: at,
    lastReadingAt: Number.NEGATIVE_INFINITY,
    isCounterLive: false,
    sums: noSums(),
  };
}

/** Whether the heat is computed from a point. */
export function isHeatPoint(point: PointId): boolean {
  return heatPoints.has(point);
}

/** From when on the device counts as silent unless it publishes again, ms since the epoch. */
export function silentFrom({ lastReadingAt }: RunningMinute): number {
  return lastReadingAt + silenceMs;
}

/** The number that a point has now; NaN where it is unknown or no number. */
export function numberOf({ tracks }: RunningMinute, id: PointId): number {
  const value = tracks.get(id)?.value;
  return typeof value === "number" ? value : Number.NaN;
}

/** Readings come in the order of time, so an earlier one means a clock that was set back: go on from there. */
export function turnBack(minute: RunningMinute, at: number): void {
  minute.integratedTo = at;
  minute.lastReadingAt = Math.min(minute.lastReadingAt, at);
  for (const track of minute.tracks.values()) turnTrackBack(track, at);
}

/** The time since the device fell silent is unknown, although the values from before may be current again. */
export function endSilence(minute: RunningMinute, at: number): void {
  integrateTo(minute, at);
  for (const track of minute.tracks.values()) passSilence(track, silentFrom(minute), at);
}

/** Adds the time until `at`, and the heat that the values of that time carried, to the sums. */
export function integrateTo(minute: RunningMinute, at: number): void {
  if (at < minute.integratedTo) turnBack(minute, at);
  const { sums, tracker, integratedTo: from } = minute;
  const { operation } = tracker;
  minute.integratedTo = at;
  if (operation === "unknown") return;
  const knownUntil = Math.min(at, silentFrom(minute));
  if (knownUntil <= from) return;
  sums.ms[operation] += knownUntil - from;
  const heatUntil = Math.min(
    knownUntil,
    tracker.dryFrom + dryHoldMs,
    expiryOf(minute, "flow_rate"),
    expiryOf(minute, "flow_temperature"),
    expiryOf(minute, "return_temperature"),
  );
  if (heatUntil <= from) return;
  const powerW = heatPowerW(
    minute.formula(),
    numberOf(minute, "flow_rate"),
    numberOf(minute, "flow_temperature"),
    numberOf(minute, "return_temperature"),
  );
  sums.coveredMs += heatUntil - from;
  sums.heatWh[operation] += (powerW * (heatUntil - from)) / hourMs;
}

function expiryOf({ tracks }: RunningMinute, id: PointId): number {
  const track = tracks.get(id);
  return track === undefined || track.value === null ? Number.NEGATIVE_INFINITY : track.at + track.holdMs;
}

/** Takes a state of the controller's daily electricity counter. */
export function takeCounter(minute: RunningMinute, kwh: number, at: number): void {
  const { sums, dayOf } = minute;
  const now = { kwh, at };
  const last = lastCounter(minute, kwh);
  const counter = last && afterClockWasSet(minute, last, now);
  const step = counter && countDaily(counter, now, dayOf);
  minute.isCounterLive = true;
  minute.counterAhead = undefined;
  if (step?.wh != null) sums.electricityWh = (sums.electricityWh ?? 0) + Math.round(step.wh);
  sums.electricityWh ??= 0;
  minute.counter = step?.total ?? runningTotal(now);
}

/**
 * What the counter showed last. Rows in the future were written under a clock that was ahead, or the clock is behind now:
 * of the two states the counter comes from the one just below it.
 */
function lastCounter({ counter, counterAhead: ahead }: RunningMinute, kwh: number): RunningTotal | undefined {
  if (ahead === undefined || ahead.kwh > kwh) return counter ?? ahead;
  return counter === undefined || counter.kwh > kwh || ahead.kwh > counter.kwh ? ahead : counter;
}

/** The counter reports each few seconds: no heat pump takes so long for a step of it. */
const setAfterMs = hourMs;
const stepKwh = 0.1 + 1e-6;

/**
 * A device that was never away, and whose counter goes on from where it stood, hours later by our clock: that was set, also over
 * midnights, which the counter has not seen.
 */
function afterClockWasSet({ isCounterLive }: RunningMinute, counter: RunningTotal, now: CounterState): RunningTotal {
  const grownKwh = now.kwh - counter.kwh;
  const goesOn = isCounterLive && grownKwh >= 0 && grownKwh <= stepKwh;
  return goesOn && now.at - counter.at > setAfterMs ? { ...counter, at: now.at } : counter;
}

/** Takes the reading of a point that the operation follows from, and counts starts and defrosts. */
export function countSign({ sums, tracker }: RunningMinute, point: OperationPoint, value: Value): void {
  const { signs } = tracker;
  if (point === "compressor" && signs.compressor === false && value === true) sums.starts += 1;
  if (point === "defrost" && signs.defrost === false && value === true) sums.defrosts += 1;
  takeSign(tracker, point, value);
}

/** Nothing is known from when the device went offline. */
export function goOffline(minute: RunningMinute, at: number): void {
  for (const track of minute.tracks.values()) addReadingTo(track, null, at);
  clearSigns(minute.tracker);
  minute.isCounterLive = false;
}
