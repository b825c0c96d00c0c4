import { type PointId, silenceS } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import {
  noSigns,
  type OperationPoint,
  type OperationSigns,
  operationOf,
  operationPoints,
} from "@heatloop/core/live/operation";
import { type MeterLog, startMeterLog } from "@heatloop/core/minute/external-meter";
import { figures as figureNames } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute, type Minutes, startMinutes } from "@heatloop/core/minute/minute";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type HeatMeter, startHeatMeter } from "./heat-meter.ts";
import { isUseful, type Sample, type Validity } from "./sample.ts";

/** Half of what the minutes take for silence: a value that holds is repeated so often. */
const tickMs = (silenceS / 2) * secondMs;

/** Turns samples into minutes. */
export type Player = {
  /** Takes the next sample; one that is not in the order of time is refused with false. */
  take(sample: Sample): boolean;
  /** Ends the minute of the last sample. */
  end(): void;
  /** The minutes that are finished since the last time, without those of which nothing is known. */
  finished(): Minute[];
};

type SamplePoint = Sample["point"];

type PlayerParts = {
  readonly validity: Validity;
  readonly inferred: ReadonlySet<PointId>;
  readonly dayOf: (at: number) => string;
};

/** What has been played so far; times in ms since the epoch. */
type Playback = {
  readonly parts: PlayerParts;
  /** The values that hold, each until a time. */
  readonly values: Map<SamplePoint, { readonly value: Value; readonly until: number }>;
  readonly heat: HeatMeter;
  readonly minutes: Minutes;
  meter: { readonly log: MeterLog; readonly point: "meter_w" | "meter_kwh" } | undefined;
  signs: OperationSigns;
  nextTick: number | undefined;
  lastAt: number;
  /** Finished minutes that count only if another sample follows in time. */
  pending: Minute[];
  finished: Minute[];
};

/**
 * Plays the samples of a source to the same minutes that the program keeps live, as a heat pump that repeats each value
 * for as long as it holds. `dayOf` names the controller's day of a time.
 */
export function startPlayer(parts: PlayerParts): Player {
  const playback: Playback = {
    parts,
    values: new Map(),
    heat: startHeatMeter(),
    minutes: startMinutes({ at: 0, dayOf: parts.dayOf }),
    meter: undefined,
    signs: noSigns,
    nextTick: undefined,
    lastAt: Number.NEGATIVE_INFINITY,
    pending: [],
    finished: [],
  };
  return {
    take: (sample) => take(playback, sample),
    end: () => end(playback),
    finished() {
      const { finished } = playback;
      playback.finished = [];
      return finished;
    },
  };
}

function take(playback: Playback, { at, point, value, holdMs }: Sample): boolean {
  const { validity } = playback.parts;
  if (at < playback.lastAt) return false;
  if (at > playback.lastAt) {
    advance(playback, at);
    expire(playback, at, false);
  }
  if (at <= playback.lastAt + validity.silenceMs) playback.finished.push(...playback.pending);
  playback.pending = [];
  playback.lastAt = at;
  play(playback, point, value, at);
  if (value === null) playback.values.delete(point);
  else if (isMeter(point) || isUseful(point)) {
    playback.values.set(point, { value, until: at + (holdMs ?? validity.holdMs) });
  }
  return true;
}

function end(playback: Playback): void {
  const { validity } = playback.parts;
  const { lastAt, values } = playback;
  if (playback.nextTick === undefined) return;
  const lastUntil = Math.max(lastAt, ...[...values.values()].map(({ until }) => until));
  const to = validity.needsNext ? lastAt : Math.min(lastUntil, lastAt + validity.silenceMs) - 1;
  advance(playback, Math.floor(to / minuteMs) * minuteMs + minuteMs);
  playback.pending = [];
}

/** Hands a value to the minutes, or to the meter that it comes from. */
function play(playback: Playback, point: SamplePoint, value: Value, at: number): void {
  if (point === "heat_w") {
    playback.heat.take(numberOf(value), at);
    return;
  }
  if (point === "meter_w" || point === "meter_kwh") {
    if (playback.meter?.point !== point) {
      playback.meter = { log: startMeterLog({ kind: point === "meter_w" ? "power" : "energy", at }), point };
    }
    playback.meter.log.take(numberOf(value), at);
    return;
  }
  playback.minutes.take({ device: "import", point, value, at });
  if (!signPoints.has(point) || playback.signs[point as OperationPoint] === value) return;
  playback.signs = { ...playback.signs, [point]: value };
  playback.heat.operate(operationOf(playback.signs), at);
}

/** Ends the values that do not hold any more at a time, in the order in which they ended. */
function expire(playback: Playback, before: number, alsoAt: boolean): void {
  const silentAt = playback.lastAt + playback.parts.validity.silenceMs;
  const ended: { readonly point: SamplePoint; readonly until: number }[] = [];
  for (const [point, value] of playback.values) {
    const until = Math.min(value.until, silentAt);
    if (until < before || (alsoAt && until === before)) ended.push({ point, until });
  }
  for (const { point, until } of ended.sort((a, b) => a.until - b.until)) {
    playback.values.delete(point);
    play(playback, point, null, until);
  }
}

function closeMinute(playback: Playback, at: number): void {
  const { parts, minutes, heat, meter, lastAt } = playback;
  const closed = minutes.close(at);
  const figures = { ...closed.figures, ...heat.close(at), ...meter?.log.close(at) };
  const points: { [id in PointId]?: Value } = { ...closed.points };
  for (const id of parts.inferred) points[id] = null;
  const minute = { at: at - minuteMs, figures, points };
  if (!isKnown(minute)) return;
  if (parts.validity.needsNext && minute.at > lastAt) playback.pending.push(minute);
  else playback.finished.push(minute);
}

function tick(playback: Playback, at: number): void {
  expire(playback, at, false);
  if (at % minuteMs === 0) closeMinute(playback, at);
  expire(playback, at, true);
  for (const [point, { value }] of playback.values) if (point !== "meter_kwh") play(playback, point, value, at);
}

function advance(playback: Playback, to: number): void {
  let next = playback.nextTick ?? begin(playback, to);
  while (next <= to) {
    tick(playback, next);
    next += tickMs;
    // No value holds and the running minute is over: what follows until the next sample is empty.
    if (playback.values.size === 0 && next % minuteMs !== 0 && to - next > minuteMs) next = begin(playback, to);
  }
  playback.nextTick = next;
}

/** Starts anew with the minute of a time; the electricity counter goes on. Hands back the next tick. */
function begin(playback: Playback, at: number): number {
  const start = Math.floor(at / minuteMs) * minuteMs;
  playback.minutes.close(start);
  playback.heat.close(start);
  playback.meter?.log.close(start);
  return start + tickMs;
}

function isMeter(point: SamplePoint): boolean {
  return point === "heat_w" || point === "meter_w" || point === "meter_kwh";
}

const signPoints: ReadonlySet<string> = new Set(operationPoints);

function numberOf(value: Value): number | null {
  return typeof value === "number" ? value : null;
}

function isKnown({ figures, points }: Minute): boolean {
  if ((figures.covered_s ?? 0) > 0) return true;
  // The covered seconds are always there: 0 of them says nothing.
  for (const name of figureNames) if (name !== "covered_s" && figures[name] !== null) return true;
  return loggedPoints.some((id) => (points[id] ?? null) !== null);
}
