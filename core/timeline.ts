import { usePerMinute } from "./electricity-per-minute.ts";
import type { Zone } from "./local-day.ts";
import type { Minute } from "./minute.ts";
import type { PointId } from "./points.ts";
import type { Spread } from "./spread.ts";

export const minuteMs = 60_000;

/** A minute with the electricity that was used in it, Wh by operation; null where the counter told nothing of it. */
export type SeenMinute = Minute & { readonly use: Spread | null };

/** A local day and what follows it, so that what goes on over midnight is seen to its end. */
export type Timeline = {
  readonly date: string;
  readonly zone: Zone;
  readonly startAt: number;
  readonly endAt: number;
  /** The rows of the day in order of time, then those of the first hour after it. */
  readonly minutes: readonly SeenMinute[];
  /** How many of them are of the day. */
  readonly ofDay: number;
};

const lookAheadMs = 60 * minuteMs;

/** `minutes` of one local date and `nextDay` of the one after, each in order of time and each minute once. */
export function timelineOf(day: {
  readonly date: string;
  readonly zone: Zone;
  readonly minutes: readonly Minute[];
  readonly nextDay?: readonly Minute[] | undefined;
}): Timeline {
  const { date, zone } = day;
  const startAt = zone.startOf(date);
  const endAt = zone.endOf(date);
  const later = (day.nextDay ?? []).filter(({ at }) => at >= endAt && at < endAt + lookAheadMs);
  return {
    date,
    zone,
    startAt,
    endAt,
    minutes: [...withUse(day.minutes, startAt), ...withUse(later, endAt)],
    ofDay: day.minutes.length,
  };
}

function withUse(minutes: readonly Minute[], startAt: number): SeenMinute[] {
  const uses = usePerMinute(minutes, startAt);
  return minutes.map((minute) => {
    const use = uses[Math.max(0, Math.floor((minute.at - startAt) / minuteMs))];
    const told = minute.figures.electricity_wh !== null || (use !== undefined && totalUse(use) > 0);
    return { ...minute, use: told && use !== undefined ? use : null };
  });
}

/** Electricity of a minute, Wh. */
export function totalUse(use: Spread): number {
  return use.heating + use.hot_water + use.cooling + use.defrost + use.standby + use.unknown;
}

/** The number that a point had in a minute; null where it was not known. */
export function numberIn(minute: Minute | undefined, point: PointId): number | null {
  const value = minute?.points[point];
  return typeof value === "number" ? value : null;
}

/** Adds what is known; null only as long as nothing was. */
export function addKnown(sum: number | null, value: number | null): number | null {
  return value === null ? sum : (sum ?? 0) + value;
}
