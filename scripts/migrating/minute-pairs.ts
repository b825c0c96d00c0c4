import { wholeMinuteS } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";

/** Which of the two archives of a migration: that of the server that is left, or that of the server moved to. */
export type ArchiveSide = "old" | "new";

/** What the two archives have of one minute; `at` in ms since the epoch. At least one of them has a row. */
export type MinutePair = { readonly at: number; readonly old?: Minute; readonly new?: Minute };

/** The minutes of both archives side by side, in order of time; both lists are in that order and have each minute once. */
export function pairMinutes(old: readonly Minute[], fresh: readonly Minute[]): MinutePair[] {
  const pairs = new Map<number, MinutePair>(old.map((minute) => [minute.at, { at: minute.at, old: minute }]));
  for (const minute of fresh) pairs.set(minute.at, { ...pairs.get(minute.at), at: minute.at, new: minute });
  return [...pairs.values()].sort((a, b) => a.at - b.at);
}

/** Seconds of a minute in which heat and operation were known; below 0 where the archive has no row of it. */
export function knownS(minute: Minute | undefined): number {
  return minute === undefined ? -1 : (minute.figures.covered_s ?? 0);
}

/** Both programs hear the heat pump a moment apart: so much more of a minute is not called more. */
const apartS = 2;

/**
 * Whether one row knows clearly more of its minute than the other: more of its seconds, or else what the heat pump's counter showed at
 * its end, which nothing makes up for at midnight, or else twice as many of its cells.
 */
export function knowsMore(minute: Minute | undefined, than: Minute | undefined): boolean {
  if (minute === undefined) return false;
  if (than === undefined) return true;
  const moreS = knownS(minute) - knownS(than);
  if (Math.abs(moreS) > apartS) return moreS > 0;
  if (showsCounter(minute) !== showsCounter(than)) return showsCounter(minute);
  return knownCells(minute) > 2 * knownCells(than);
}

/** Whether a row knows its minute from beginning to end. */
export function isWhole(minute: Minute | undefined): boolean {
  return knownS(minute) >= wholeMinuteS - apartS;
}

function showsCounter({ points }: Minute): boolean {
  return typeof points.daily_electricity === "number";
}

function knownCells({ points }: Minute): number {
  return Object.values(points).filter((value) => value !== null && value !== undefined).length;
}
