import { type PointId, pointIds, pointOf } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { type HeatFormula, loggedCoefficient, usualHeatFormula } from "../heat/heat-formula.ts";
import { operations } from "../live/operation.ts";
import { isOperationPoint, updateDryRunning } from "../live/operation-tracker.ts";
import type { RunningTotal } from "../live/running-total.ts";
import type { DayOf } from "./daily-counter.ts";
import type { Figure } from "./figures.ts";
import { figuresOf, noSums } from "./minute-sums.ts";
import {
  countSign,
  endSilence,
  goOffline,
  integrateTo,
  isHeatPoint,
  newRunningMinute,
  numberOf,
  type RunningMinute,
  silentFrom,
  takeCounter,
  turnBack,
} from "./running-minute.ts";
import { addReadingTo, closeTrack } from "./track.ts";

/** The sum of a minute's readings: one CSV row. */
export type Minute = {
  /** Start of the minute, ms since the epoch. */
  readonly at: number;
  readonly figures: Readonly<Record<Figure, number | null>>;
  /** The logged points: mean, last value or seconds on, as the catalogue says. */
  readonly points: Readonly<Partial<Record<PointId, Value>>>;
};

/** The points of the minute log, in the order of their columns. */
export const loggedPoints: readonly PointId[] = pointIds
  .filter((id) => pointOf(id).log !== undefined)
  .sort((a, b) => Number(pointOf(a).column) - Number(pointOf(b).column));

/** Sums up readings; every sample counts for as long as it was the current one. */
export type Minutes = {
  /** Takes a trusted reading; its time decides how long the values before it were current. */
  take(reading: Reading): void;
  /** Ends the running minute at `at` (ms since the epoch) and starts the next one there. */
  close(at: number): Minute;
};

type MinutesSetup = {
  readonly at: number;
  /** The state of the electricity counter by the archive, so that a restart loses nothing. */
  readonly counter?: RunningTotal | undefined;
  /** The same by rows that lie in the future, as the clock was set then or is wrong now. */
  readonly counterAhead?: RunningTotal | undefined;
  /** The controller's day of a time; its counter starts again with each. */
  readonly dayOf: DayOf;
  /** The formula of the heat, as the settings have it now. */
  readonly formula?: (() => HeatFormula) | undefined;
};

/** The minutes of one device from `at` on, ms since the epoch. */
export function startMinutes(setup: MinutesSetup): Minutes {
  const { at: startAt, counter, counterAhead, dayOf, formula = () => usualHeatFormula } = setup;
  const minute = newRunningMinute(startAt, loggedPoints, { counter, counterAhead, dayOf, formula });
  return {
    take: (reading) => takeReading(minute, reading),
    close: (at) => closeMinute(minute, at),
  };
}

function takeReading(minute: RunningMinute, reading: Reading): void {
  const { point, value, at } = reading;
  if (at < minute.integratedTo) turnBack(minute, at);
  if (at > silentFrom(minute)) endSilence(minute, at);
  if (point === "online") {
    integrateTo(minute, at);
    if (!value) goOffline(minute, at);
    return;
  }
  const isSign = isOperationPoint(point);
  const track = minute.tracks.get(point);
  if (isSign || isHeatPoint(point)) integrateTo(minute, at);
  if (at > minute.lastReadingAt) minute.lastReadingAt = at;
  if (track !== undefined) addReadingTo(track, value, at);
  if (isSign) countSign(minute, point, value);
  if (isSign || point === "flow_rate") updateDryRunning(minute.tracker, numberOf(minute, "flow_rate"), at);
  if (point === "daily_electricity" && typeof value === "number") takeCounter(minute, value, at);
}

function closeMinute(minute: RunningMinute, at: number): Minute {
  integrateTo(minute, at);
  const { sums, startedAt } = minute;
  const points: Partial<Record<PointId, Value>> = {};
  for (const [id, track] of minute.tracks) points[id] = closeTrack(track, at, silentFrom(minute));
  const coefficient = operations.some((operation) => sums.heatWh[operation] !== 0)
    ? coefficientOf(points, minute.formula())
    : null;
  minute.sums = noSums();
  minute.startedAt = at;
  return { at: startedAt, figures: { ...figuresOf(sums), heat_coefficient_kwh_m3_k: coefficient }, points };
}

/** The formula as its coefficient at the minute's mean temperatures; null where these are unknown. */
function coefficientOf(
  { flow_temperature: flowC, return_temperature: returnC }: Minute["points"],
  formula: HeatFormula,
) {
  return typeof flowC === "number" && typeof returnC === "number" ? loggedCoefficient(formula, flowC, returnC) : null;
}
