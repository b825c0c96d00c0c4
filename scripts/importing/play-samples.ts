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
import { loggedPoints, type Minute, startMinutes } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { startHeatMeter } from "./heat-meter.ts";
import { isUseful, type Sample, type Standing } from "./sample.ts";

/** Half of what the minutes take for silence: what stands is told again so often. */
const tickMs = (silenceS / 2) * 1000;

/** Samples on their way to minutes. */
export type Player = {
  /** Takes the next sample; one that is not in the order of time is refused with false. */
  take(sample: Sample): boolean;
  /** Ends the minute of the last sample. */
  end(): void;
  /** The minutes that are finished since the last time, those of which nothing is known left out. */
  finished(): Minute[];
};

type Stands = { readonly value: Value; readonly until: number };

/**
 * Plays the samples of a source to the same minutes that the program keeps live, as a heat pump that tells each value
 * again for as long as it stands. `dayOf` names the controller's day of a time.
 */
export function startPlayer(parts: {
  readonly standing: Standing;
  readonly concluded: ReadonlySet<PointId>;
  readonly dayOf: (at: number) => string;
}): Player {
  const { standing, concluded } = parts;
  const stands = new Map<Sample["point"], Stands>();
  const heat = startHeatMeter();
  const minutes = startMinutes({ at: 0, dayOf: parts.dayOf });
  let meter: { readonly log: MeterLog; readonly point: "meter_w" | "meter_kwh" } | undefined;
  let signs: OperationSigns = noSigns;
  let nextTick: number | undefined;
  let lastAt = Number.NEGATIVE_INFINITY;
  let held: Minute[] = [];
  let done: Minute[] = [];

  function tell(point: Sample["point"], value: Value, at: number): void {
    if (point === "heat_w") {
      heat.take(numberOf(value), at);
      return;
    }
    if (point === "meter_w" || point === "meter_kwh") {
      if (meter?.point !== point) {
        meter = { log: startMeterLog({ kind: point === "meter_w" ? "power" : "energy", at }), point };
      }
      meter.log.take(numberOf(value), at);
      return;
    }
    minutes.take({ device: "import", point, value, at });
    if (!signPoints.has(point) || signs[point as OperationPoint] === value) return;
    signs = { ...signs, [point]: value };
    heat.operate(operationOf(signs), at);
  }

  /** What does not stand any more at a time, in the order in which it ended. */
  function expire(before: number, alsoAt: boolean): void {
    const silentAt = lastAt + standing.silenceMs;
    const over: { readonly point: Sample["point"]; readonly until: number }[] = [];
    for (const [point, stand] of stands) {
      const until = Math.min(stand.until, silentAt);
      if (until < before || (alsoAt && until === before)) over.push({ point, until });
    }
    for (const { point, until } of over.sort((a, b) => a.until - b.until)) {
      stands.delete(point);
      tell(point, null, until);
    }
  }

  function closeMinute(at: number): void {
    const closed = minutes.close(at);
    const figures = { ...closed.figures, ...heat.close(at), ...meter?.log.close(at) };
    const points: { [id in PointId]?: Value } = { ...closed.points };
    for (const id of concluded) points[id] = null;
    const minute = { at: at - minuteMs, figures, points };
    if (!isKnown(minute)) return;
    if (standing.needsNext && minute.at > lastAt) held.push(minute);
    else done.push(minute);
  }

  function tick(at: number): void {
    expire(at, false);
    if (at % minuteMs === 0) closeMinute(at);
    expire(at, true);
    for (const [point, { value }] of stands) if (point !== "meter_kwh") tell(point, value, at);
    nextTick = at + tickMs;
  }

  function advance(to: number): void {
    nextTick ??= begin(to);
    while (nextTick <= to) {
      tick(nextTick);
      // Nothing stands and the running minute is over: what follows until the next sample is empty.
      if (stands.size === 0 && nextTick % minuteMs !== 0 && to - nextTick > minuteMs) nextTick = begin(to);
    }
  }

  /** Starts anew with the minute of a time; the electricity counter goes on. */
  function begin(at: number): number {
    const start = Math.floor(at / minuteMs) * minuteMs;
    minutes.close(start);
    heat.close(start);
    meter?.log.close(start);
    return start + tickMs;
  }

  return {
    take(sample) {
      const { at, point, value } = sample;
      if (at < lastAt) return false;
      if (at > lastAt) {
        advance(at);
        expire(at, false);
      }
      if (at <= lastAt + standing.silenceMs) done.push(...held);
      held = [];
      lastAt = at;
      tell(point, value, at);
      const useful = point === "heat_w" || point === "meter_w" || point === "meter_kwh" || isUseful(point);
      if (value === null) stands.delete(point);
      else if (useful) stands.set(point, { value, until: at + (sample.holdMs ?? standing.holdMs) });
      return true;
    },
    end() {
      if (nextTick === undefined) return;
      const lastUntil = Math.max(lastAt, ...[...stands.values()].map(({ until }) => until));
      const to = standing.needsNext ? lastAt : Math.min(lastUntil, lastAt + standing.silenceMs) - 1;
      advance(Math.floor(to / minuteMs) * minuteMs + minuteMs);
      held = [];
    },
    finished() {
      const finished = done;
      done = [];
      return finished;
    },
  };
}

const signPoints: ReadonlySet<string> = new Set(operationPoints);

function numberOf(value: Value): number | null {
  return typeof value === "number" ? value : null;
}

function isKnown({ figures, points }: Minute): boolean {
  if ((figures.covered_s ?? 0) > 0) return true;
  // The seconds that are covered are always told: 0 is no knowledge.
  for (const name of figureNames) if (name !== "covered_s" && figures[name] !== null) return true;
  return loggedPoints.some((id) => (points[id] ?? null) !== null);
}
