import { holdS, type PointId, pointOf } from "../catalogue/points.ts";
import { quantities } from "../catalogue/quantities.ts";
import type { Value } from "../catalogue/reading.ts";

/** One logged point through a minute. */
export type Track = {
  readonly how: "mean" | "last" | "on";
  readonly holdMs: number;
  readonly decimals: number;
  value: Value;
  /** When `value` was reported, ms since the epoch. */
  at: number;
  /** Until when its time is in `sum` and `bookedMs`. */
  bookedTo: number;
  sum: number;
  bookedMs: number;
};

/** A track that begins at `at`, ms since the epoch, without a value. */
export function newTrack(id: PointId, at: number): Track {
  const { log, quantity, decimals } = pointOf(id);
  return {
    how: log ?? "last",
    holdMs: holdS(id) * 1000,
    // A mean of 0.5 °C steps is finer than its samples.
    decimals: (decimals ?? quantities[quantity].decimals) + 2,
    value: null,
    at,
    bookedTo: at,
    sum: 0,
    bookedMs: 0,
  };
}

/** Counts the current value until `at`, no longer than it may hold, and puts the new one in its place. */
export function addReadingTo(track: Track, value: Value, at: number): void {
  bookTo(track, at);
  track.value = value;
  track.at = at;
}

/**
 * The value of the minute that ends at `at`; null where it was not known. Starts the next minute. `silentFrom`: from
 * when on the device has been silent for too long, if that is before `at`.
 */
export function closeTrack(track: Track, at: number, silentFrom: number): Value {
  passSilence(track, silentFrom, at);
  const { sum, bookedMs, how } = track;
  track.sum = 0;
  track.bookedMs = 0;
  if (how === "last") return at > silentFrom || at - track.at > track.holdMs ? null : track.value;
  if (bookedMs === 0) return null;
  if (how === "on") return Math.round(sum / 100) / 10;
  const factor = 10 ** track.decimals;
  return Math.round((sum / bookedMs) * factor) / factor + 0;
}

/** Counts the current value until `silentFrom`; the time from then until `at` is not known. */
export function passSilence(track: Track, silentFrom: number, at: number): void {
  bookTo(track, Math.min(silentFrom, at));
  if (at > track.bookedTo) track.bookedTo = at;
}

/** Goes on from `at` after a clock was set back: the current value stays. */
export function turnTrackBack(track: Track, at: number): void {
  track.at = Math.min(track.at, at);
  track.bookedTo = Math.min(track.bookedTo, at);
}

function bookTo(track: Track, at: number): void {
  const until = Math.min(at, track.at + track.holdMs);
  const from = track.bookedTo;
  if (at > from) track.bookedTo = at;
  const { value } = track;
  if (track.how === "last" || value === null || until <= from) return;
  track.sum += Number(value) * (until - from);
  track.bookedMs += until - from;
}
