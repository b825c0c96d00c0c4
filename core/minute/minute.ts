import { type PointId, pointIds, pointOf, silenceS } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { heatPowerW } from "../heat/heat.ts";
import { type HeatFormula, loggedCoefficient, usualHeatFormula } from "../heat/heat-formula.ts";
import { dryAfter, dryHoldMs } from "../live/dry-running.ts";
import {
  noSigns,
  type OperationPoint,
  type OperationSigns,
  type OperationState,
  operationOf,
  operationPoints,
  operations,
} from "../live/operation.ts";
import { type RunningTotal, runningTotal } from "../live/running-total.ts";
import { countDaily, type DayOf } from "./daily-counter.ts";
import type { Figure } from "./figures.ts";
import { figuresOf, noSums } from "./minute-sums.ts";
import { addReadingTo, closeTrack, newTrack, passSilence, type Track, turnTrackBack } from "./track.ts";

/** What a minute of readings amounts to: one CSV row. */
export type Minute = {
  /** Start of the minute, ms since the epoch. */
  readonly at: number;
  readonly figures: Readonly<Record<Figure, number | null>>;
  /** The logged points: mean, last value or seconds on, as the catalogue says. */
  readonly points: Readonly<Partial<Record<PointId, Value>>>;
};

/** The points of the minute log, in the order of their columns. */
export const loggedPoints: readonly PointId[] = pointIds.filter((id) => pointOf(id).log !== undefined);

/** Sums up readings; every sample counts, for as long as it stands. */
export type Minutes = {
  /** Takes a believed reading; its time decides how long the values before it stood. */
  take(reading: Reading): void;
  /** Ends the running minute at `at` and starts the next one there. */
  close(at: number): Minute;
};

const silenceMs = silenceS * 1000;
/** `counter`: where the electricity counter stands by the archive, so that a restart loses nothing. */
export function startMinutes(parts: {
  readonly at: number;
  readonly counter?: RunningTotal | undefined;
  /** The controller's day of a time; its counter starts again with each. */
  readonly dayOf: DayOf;
  /** The formula of the heat, as the settings have it now. */
  readonly formula?: (() => HeatFormula) | undefined;
}): Minutes {
  const formula = parts.formula ?? (() => usualHeatFormula);
  const tracks = new Map<PointId, Track>(loggedPoints.map((id) => [id, newTrack(id, parts.at)]));
  let startedAt = parts.at;
  let integratedTo = parts.at;
  let heardAt = Number.NEGATIVE_INFINITY;
  let signs: OperationSigns = noSigns;
  let operation: OperationState = "unknown";
  let counter = parts.counter;
  let dryFrom = Number.POSITIVE_INFINITY;
  let sums = noSums();

  function expiry(id: PointId): number {
    const track = tracks.get(id);
    return track === undefined || track.value === null ? Number.NEGATIVE_INFINITY : track.at + track.holdMs;
  }

  function numberOf(id: PointId): number {
    const value = tracks.get(id)?.value;
    return typeof value === "number" ? value : Number.NaN;
  }

  /** Readings come in the order of time, so an earlier one means a clock that was set back: go on from there. */
  function turnBack(at: number): void {
    integratedTo = at;
    heardAt = Math.min(heardAt, at);
    for (const track of tracks.values()) turnTrackBack(track, at);
  }

  /** The time since the device fell silent is not known, though what it told before may stand again. */
  function endSilence(at: number): void {
    integrateTo(at);
    for (const track of tracks.values()) passSilence(track, heardAt + silenceMs, at);
  }

  /** Books the time until `at` with what stood in it. */
  function integrateTo(at: number): void {
    if (at < integratedTo) turnBack(at);
    const from = integratedTo;
    integratedTo = at;
    if (operation === "unknown") return;
    const knownUntil = Math.min(at, heardAt + silenceMs);
    if (knownUntil <= from) return;
    sums.ms[operation] += knownUntil - from;
    const heatUntil = Math.min(
      knownUntil,
      dryFrom + dryHoldMs,
      expiry("flow_rate"),
      expiry("flow_temperature"),
      expiry("return_temperature"),
    );
    if (heatUntil <= from) return;
    const powerW = heatPowerW(
      formula(),
      numberOf("flow_rate"),
      numberOf("flow_temperature"),
      numberOf("return_temperature"),
    );
    sums.coveredMs += heatUntil - from;
    sums.heatWh[operation] += (powerW * (heatUntil - from)) / 3_600_000;
  }

  function takeCounter(kwh: number, at: number): void {
    const now = { kwh, at };
    const step = counter && countDaily(counter, now, parts.dayOf);
    if (step?.wh != null) sums.electricityWh = (sums.electricityWh ?? 0) + Math.round(step.wh);
    sums.electricityWh ??= 0;
    counter = step?.total ?? runningTotal(now);
  }

  function takeSign(point: OperationPoint, value: Value): void {
    if (signs[point] === value) return;
    if (point === "compressor" && signs.compressor === false && value === true) sums.starts += 1;
    if (point === "defrost" && signs.defrost === false && value === true) sums.defrosts += 1;
    signs = { ...signs, [point]: value };
    operation = operationOf(signs);
  }

  function goOffline(at: number): void {
    for (const track of tracks.values()) addReadingTo(track, null, at);
    signs = noSigns;
    operation = "unknown";
  }

  return {
    take(reading) {
      const { point, value, at } = reading;
      if (at < integratedTo) turnBack(at);
      if (at > heardAt + silenceMs) endSilence(at);
      if (point === "online") {
        integrateTo(at);
        if (!value) goOffline(at);
        return;
      }
      const isSign = operationPointSet.has(point);
      const track = tracks.get(point);
      if (isSign || heatPoints.has(point)) integrateTo(at);
      if (at > heardAt) heardAt = at;
      if (track !== undefined) addReadingTo(track, value, at);
      if (isSign) takeSign(point as OperationPoint, value);
      if (isSign || point === "flow_rate") dryFrom = dryAfter(dryFrom, signs.compressor, numberOf("flow_rate"), at);
      if (point === "daily_electricity" && typeof value === "number") takeCounter(value, at);
    },
    close(at) {
      integrateTo(at);
      const points: Partial<Record<PointId, Value>> = {};
      for (const [id, track] of tracks) points[id] = closeTrack(track, at, heardAt + silenceMs);
      const { flow_temperature: flowC, return_temperature: returnC } = points;
      const carried = operations.some((each) => sums.heatWh[each] !== 0);
      const known = carried && typeof flowC === "number" && typeof returnC === "number";
      const coefficient = known ? loggedCoefficient(formula(), flowC, returnC) : null;
      const minute = { at: startedAt, figures: { ...figuresOf(sums), heat_coefficient_kwh_m3_k: coefficient }, points };
      sums = noSums();
      startedAt = at;
      return minute;
    },
  };
}

const operationPointSet: ReadonlySet<PointId> = new Set(operationPoints);
const heatPoints: ReadonlySet<PointId> = new Set(["flow_rate", "flow_temperature", "return_temperature"] as const);
