import type { PointId } from "../catalogue/points.ts";
import { wholeMinuteS } from "../minute/figures.ts";
import type { Minute } from "../minute/minute.ts";
import { minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import { type ElectricityByPart, totalUse } from "./electricity-by-part.ts";
import { usePerMinute } from "./electricity-per-minute.ts";

/** A minute with the electricity that was used in it, Wh by operation; null where the counter reported nothing of it. */
export type SeenMinute = Minute & { readonly use: ElectricityByPart | null };

/** A local day and what follows it, so that what goes on over midnight is seen to its end. */
export type Timeline = {
  readonly date: string;
  readonly zone: Zone;
  readonly startAt: number;
  readonly endAt: number;
  /** In order of time: the last rows of the day before, those of the day, and those of the first hour after it. */
  readonly minutes: readonly SeenMinute[];
  /** Position of the first row of the day, and of the first after it. */
  readonly first: number;
  readonly end: number;
};

/** So much of the day before, and of the day after, is part of a day's timeline. */
const lookBackMs = 10 * minuteMs;
const lookAheadMs = 60 * minuteMs;

/** Electricity of each minute from a time on, Wh by operation, from rows in order of time. */
export type UsesOf = (minutes: readonly Minute[], startAt: number) => readonly ElectricityByPart[];

/** The rows of a local date and of those before and after, each in order of time and each minute once. */
export type DayOfMinutes = {
  readonly date: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly dayBefore?: readonly Minute[] | undefined;
  readonly nextDay?: readonly Minute[] | undefined;
  /** Where another meter is used than the heat pump's own counter. */
  readonly usesOf?: UsesOf | undefined;
};

/** The timeline of a day. */
export function timelineOf(day: DayOfMinutes): Timeline {
  const { date, zone } = day;
  const startAt = zone.startOf(date);
  const endAt = zone.endOf(date);
  const usesOf = day.usesOf ?? usePerMinute;
  const earlier = endOfDay(day.dayBefore ?? [], startAt);
  const later = (day.nextDay ?? []).filter(({ at }) => at >= endAt && at < endAt + lookAheadMs);
  return {
    date,
    zone,
    startAt,
    endAt,
    minutes: [
      ...earlier.map((minute) => seen(minute, null)),
      ...withUse(day.minutes, usesOf, startAt),
      ...withUse(later, usesOf, endAt),
    ],
    first: earlier.length,
    end: earlier.length + day.minutes.length,
  };
}

/** The last rows of a day that ends at a time, ms since the epoch: those that the day after needs. */
function endOfDay(minutes: readonly Minute[], endAt: number): readonly Minute[] {
  return minutes.filter(({ at }) => at >= endAt - lookBackMs && at < endAt);
}

/** The rows of the day alone. */
export function rowsOfDay({ minutes, first, end }: Timeline): readonly SeenMinute[] {
  return minutes.slice(first, end);
}

function withUse(minutes: readonly Minute[], usesOf: UsesOf, startAt: number): SeenMinute[] {
  const uses = usesOf(minutes, startAt);
  return minutes.map((minute) => {
    const use = uses[Math.max(0, Math.floor((minute.at - startAt) / minuteMs))];
    const isCounted = minute.figures.electricity_wh !== null || (use !== undefined && totalUse(use) > 0);
    return {
      at: minute.at,
      figures: minute.figures,
      points: minute.points,
      use: isCounted && use !== undefined ? use : null,
    };
  });
}

function seen({ at, figures, points }: Minute, use: ElectricityByPart | null): SeenMinute {
  return { at, figures, points, use };
}

/** The rows whose minutes overlap a span of time; `minutes` in order of time. */
export function rowsBetween(minutes: readonly SeenMinute[], from: number, to: number): readonly SeenMinute[] {
  return minutes.slice(firstAfter(minutes, from - minuteMs), firstAfter(minutes, to - 1));
}

/** Position of the first row that begins after a time. */
function firstAfter(minutes: readonly SeenMinute[], at: number): number {
  let low = 0;
  let high = minutes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((minutes[middle] as SeenMinute).at > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** The number that a point had in a minute; null where it was not known. */
export function numberIn(minute: Minute | undefined, point: PointId): number | null {
  const value = minute?.points[point];
  return typeof value === "number" ? value : null;
}

/** A minute counts whose heat was known nearly throughout. */
const leastCoveredS = 54;

/** Whether the heat and the operation of a minute were known nearly throughout. */
export function isCovered({ figures }: Minute): boolean {
  return (figures.covered_s ?? 0) >= leastCoveredS;
}

/** Whether the compressor ran throughout a minute. */
export function ranThroughout(minute: SeenMinute): boolean {
  return (numberIn(minute, "compressor") ?? 0) >= wholeMinuteS;
}

/** Whether it did, and no defrost was in that minute. */
export function ranSteadily(minute: SeenMinute): boolean {
  return ranThroughout(minute) && (minute.figures.defrost_s ?? 0) === 0;
}

/** Adds what was seen throughout; null as soon as anything was not. */
export function addSeen(sum: number | null, value: number | null): number | null {
  return sum === null || value === null ? null : sum + value;
}

/** Adds what is known; null only as long as nothing was. */
export function addKnown(sum: number | null, value: number | null): number | null {
  return value === null ? sum : (sum ?? 0) + value;
}
