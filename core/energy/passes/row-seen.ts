import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { orZero } from "./row-estimates.ts";
import { covered, knownS, outdoorC } from "./row-places.ts";

const minuteMs: f64 = 60_000;
/** A minute that was seen for less is part of a gap. */
export const leastSeenS: f64 = 30;

/** From a row on the first that was not seen, doesn't follow at once, or begins after `lastAt`. */
export function endOfSeen(from: i32, rows: i32, times: Column, columns: Columns, lastAt: f64, seenTo: f64): i32 {
  const seen = columns[covered] as Column;
  if (times[from] !== seenTo || !isSeen(from, times, seen, lastAt)) return from;
  let row: i32 = from + 1;
  while (row < rows && isSeen(row, times, seen, lastAt) && (times[row] as f64) - (times[row - 1] as f64) === minuteMs) {
    row += 1;
  }
  return row;
}

function isSeen(row: i32, times: Column, seen: Column, lastAt: f64): boolean {
  return (seen[row] as f64) >= leastSeenS && (times[row] as f64) <= lastAt;
}

/** Seconds of which heat and operation were seen, after `estimateUses`. */
export function seenSeconds(rows: i32, columns: Columns, scratch: Columns): f64 {
  const seen = columns[covered] as Column;
  const known = scratch[knownS] as Column;
  let seconds: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    seconds += Math.min(60, bothSeen(seen[row] as f64, known[row] as f64));
  }
  return seconds;
}

/** The first row from one on that was not seen for a second or more; `rows` where there is none. */
export function nextUnseen(from: i32, rows: i32, columns: Columns, scratch: Columns): i32 {
  const seen = columns[covered] as Column;
  const known = scratch[knownS] as Column;
  let row: i32 = from;
  while (row < rows && bothSeen(seen[row] as f64, known[row] as f64) > 59) row += 1;
  return row;
}

function bothSeen(coveredS: f64, ofKnownS: f64): f64 {
  return Math.min(orZero(coveredS), ofKnownS);
}

/** 1 if the outdoor temperature was ever at least `leastC`, else 0. */
export function wasOutdoors(rows: i32, columns: Columns, leastC: f64): i32 {
  const outdoors = columns[outdoorC] as Column;
  for (let row: i32 = 0; row < rows; row += 1) if ((outdoors[row] as f64) >= leastC) return 1;
  return 0;
}

/** The first row from one on that has a value; `rows` where none has. */
export function nextKnown(from: i32, rows: i32, values: Column): i32 {
  let row: i32 = from;
  while (row < rows && Number.isNaN(values[row] as f64)) row += 1;
  return row;
}

/** The last row up to which each has a value that is not less than the one before. */
export function endOfRise(from: i32, rows: i32, values: Column): i32 {
  let row: i32 = from;
  while (row + 1 < rows && (values[row + 1] as f64) >= (values[row] as f64)) row += 1;
  return row;
}
