import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import type { Operation } from "@heatloop/core/live/operation";
import type { Figure } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { minuteOf } from "./example-minutes.ts";

export function romeZone(): Zone {
  const zone = zoneOf("Europe/Rome");
  if (zone === undefined) throw new Error("no Europe/Rome");
  return zone;
}

/** What goes on for some time: an operation with its power and what the sensors show. */
export type Stretch = {
  readonly seconds: number;
  readonly operation: Operation;
  /** Heat into the water; cold is positive too. */
  readonly heatW?: number;
  readonly points?: Partial<Record<PointId, Value>>;
};

const parts = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;

/**
 * The minutes of a heat pump that does one thing after the other from `startAt` on, as the program would log them.
 * The compressor runs in all but standby; values of points are those at the end of a minute.
 */
export function minutesOf(startAt: number, stretches: readonly Stretch[]): Minute[] {
  const minutes: Minute[] = [];
  const ends: number[] = [];
  stretches.reduce((sum, { seconds }) => {
    ends.push(sum + seconds);
    return sum + seconds;
  }, 0);
  const total = Math.floor((ends.at(-1) ?? 0) / 60);
  for (let i = 0; i < total; i += 1) minutes.push(minuteAt(startAt, i, stretches, ends));
  return minutes;
}

function minuteAt(startAt: number, index: number, stretches: readonly Stretch[], ends: readonly number[]): Minute {
  const figures: Partial<Record<Figure, number>> = { covered_s: 60, starts: 0, defrosts: 0, electricity_wh: 0 };
  for (const part of parts) {
    figures[`${part}_s`] = 0;
    if (part !== "cooling") figures[`${part}_wh`] = 0;
  }
  figures.cooling_wh = 0;
  let points: Partial<Record<PointId, Value>> = { compressor_frequency: 0 };
  let onS = 0;
  const [from, to] = [index * 60, index * 60 + 60];
  stretches.forEach((stretch, s) => {
    const begin = s === 0 ? 0 : (ends[s - 1] ?? 0);
    const seconds = Math.min(to, ends[s] ?? 0) - Math.max(from, begin);
    if (seconds <= 0) return;
    const { operation, heatW = 0 } = stretch;
    figures[`${operation}_s`] = (figures[`${operation}_s`] ?? 0) + seconds;
    figures[`${operation}_wh`] = (figures[`${operation}_wh`] ?? 0) + (heatW * seconds) / 3600;
    const runs = operation !== "standby";
    if (runs) onS += seconds;
    const before = stretches[s - 1]?.operation;
    const beginsHere = begin >= from && s > 0;
    if (beginsHere && runs && before === "standby") figures.starts = (figures.starts ?? 0) + 1;
    if (beginsHere && operation === "defrost" && before !== "defrost") figures.defrosts = (figures.defrosts ?? 0) + 1;
    points = { ...points, compressor_frequency: runs ? 40 : 0, operation_mode: modeOf(operation), ...stretch.points };
  });
  figures.heat_wh =
    (figures.heating_wh ?? 0) + (figures.hot_water_wh ?? 0) + (figures.defrost_wh ?? 0) + (figures.standby_wh ?? 0);
  return minuteOf(startAt + index * minuteMs, figures, { compressor: onS, ...points });
}

function modeOf(operation: Operation): string {
  return operation === "standby" || operation === "defrost" ? "heating" : operation;
}

/** The same minutes with a step of the electricity counter in each, Wh. */
export function withElectricity(minutes: readonly Minute[], electricityWh: (minute: Minute) => number): Minute[] {
  return minutes.map((minute) => ({
    ...minute,
    figures: { ...minute.figures, electricity_wh: electricityWh(minute) },
  }));
}
