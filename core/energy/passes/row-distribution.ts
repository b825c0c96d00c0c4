import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { standbyW } from "./row-estimates.ts";
import {
  estimateWh,
  knownS,
  knownWh,
  stepFirst,
  stepLast,
  stepSeenWh,
  stepUnknownS,
  stepWh,
  unknownWh,
  unseenFrom,
  unseenMinutes,
  unseenStep,
  unseenWh,
} from "./row-places.ts";

const minuteMs: f64 = 60_000;
const minuteS: f64 = 60;
/** A minute counts as known when less of it is unknown. */
const leastUnknownS: f64 = 1;
/** The mean of a longer time without a signal: one heat pump with all its heaters on. Chosen. */
const mostUnknownW: f64 = 15_000;
/** Steps of at least this much energy show how far the estimate is off; less is the counter's own coarseness. */
const leastForScaleWh: f64 = 500;
/** An estimate that is further off than this, either way, is not the cause. Chosen. */
const mostScale: f64 = 3;

/**
 * Gives the steps of a meter (Wh, one a row, NaN where it was not known) to the known and the unknown time of the rows
 * since the step before, as `distribute` describes it; the scratch has the results of `estimateUses`. Returns how many
 * stretches without a row got a part; they are in the scratch.
 */
export function distributeSteps(rows: i32, times: Column, steps: Column, dayStartsAt: f64, scratch: Columns): i32 {
  const known = scratch[knownWh] as Column;
  const unknown = scratch[unknownWh] as Column;
  // The weight of each row is where its share will be.
  weigh(rows, scratch[estimateWh] as Column, scratch[knownS] as Column, known, unknown);
  const count = findSteps(rows, times, steps, dayStartsAt, scratch);
  const scale = scaleOf(count, scratch);
  let stretch: i32 = 0;
  let rest: i32 = 0;
  for (let step: i32 = 0; step < count; step += 1) {
    const first = (scratch[stepFirst] as Column)[step] as f64;
    const last = (scratch[stepLast] as Column)[step] as f64;
    const wh = (scratch[stepWh] as Column)[step] as f64;
    const unknownS = (scratch[stepUnknownS] as Column)[step] as f64;
    const seenWh = ((scratch[stepSeenWh] as Column)[step] as f64) * scale;
    const restWh = unknownUseWh(wh, seenWh, unknownS);
    const factor = wh / (seenWh + restWh);
    multiply(known, first as i32, last as i32, scale, factor);
    rest = (last as i32) + 1;
    if (unknownS === 0) continue;
    const perUnknownS = (restWh * factor) / unknownS;
    multiply(unknown, first as i32, last as i32, perUnknownS, 1);
    while (((scratch[unseenStep] as Column)[stretch] as f64) === step) {
      (scratch[unseenWh] as Column)[stretch] =
        ((scratch[unseenMinutes] as Column)[stretch] as f64) * minuteS * perUnknownS;
      stretch += 1;
    }
  }
  clear(known, rest, rows);
  clear(unknown, rest, rows);
  return stretch;
}

/** The weight of each row: estimated use of its known time, seconds of its unknown time. */
function weigh(rows: i32, estimates: Column, known: Column, seenTo: Column, unknownTo: Column): void {
  for (let row: i32 = 0; row < rows; row += 1) {
    const restS = minuteS - (known[row] as f64);
    seenTo[row] = estimates[row] as f64;
    unknownTo[row] = restS < leastUnknownS ? 0 : restS;
  }
}

function multiply(values: Column, first: i32, last: i32, factor: f64, another: f64): void {
  for (let row: i32 = first; row <= last; row += 1) values[row] = (values[row] as f64) * factor * another;
}

function clear(values: Column, from: i32, to: i32): void {
  for (let row: i32 = from; row < to; row += 1) values[row] = 0;
}

/** Finds the steps in the order of their rows, and how many they are; rows that used nothing lose their weight. */
function findSteps(rows: i32, times: Column, steps: Column, dayStartsAt: f64, scratch: Columns): i32 {
  const seen = scratch[knownWh] as Column;
  const unknown = scratch[unknownWh] as Column;
  const stepOf = scratch[unseenStep] as Column;
  let count: i32 = 0;
  let first: i32 = 0;
  let seenTo: f64 = dayStartsAt;
  let knownTo: i32 = 0;
  // Stretches without a row since the step before are those from `waiting` on.
  let waiting: i32 = 0;
  let stretches: i32 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    if (knownTo === row) {
      const quietTo = endOfQuiet(row, rows, times, steps, seenTo);
      if (quietTo > row) {
        seenTo = (times[quietTo - 1] as f64) + minuteMs;
        knownTo = quietTo;
        row = quietTo;
        if (row === rows) break;
      }
    }
    const at = times[row] as f64;
    const wh = steps[row] as f64;
    const missing = Math.max(0, Math.round((at - seenTo) / minuteMs));
    if (missing > 0) {
      (scratch[unseenFrom] as Column)[stretches] = seenTo;
      (scratch[unseenMinutes] as Column)[stretches] = missing;
      stretches += 1;
    }
    seenTo = Math.max(seenTo, at + minuteMs);
    if (Number.isNaN(wh)) continue;
    if (wh === 0 && (missing > 0 || knownTo < row)) {
      // A meter that comes back unchanged means that nothing was used while it was away.
      clear(seen, knownTo, row);
      clear(unknown, knownTo, row);
      stretches = waiting;
    }
    knownTo = row + 1;
    if (wh === 0) continue;
    let unseenS: f64 = 0;
    for (; waiting < stretches; waiting += 1) {
      unseenS += ((scratch[unseenMinutes] as Column)[waiting] as f64) * minuteS;
      stepOf[waiting] = count;
    }
    (scratch[stepWh] as Column)[count] = wh;
    (scratch[stepFirst] as Column)[count] = first;
    (scratch[stepLast] as Column)[count] = row;
    (scratch[stepSeenWh] as Column)[count] = sumOf(seen, first, row);
    (scratch[stepUnknownS] as Column)[count] = sumOf(unknown, first, row) + unseenS;
    count += 1;
    first = row + 1;
  }
  // Marks the end, behind the last one that belongs to a step.
  stepOf[waiting] = -1;
  return count;
}

/** From a row on the first that has a step, or is unknown, or does not follow at once. */
function endOfQuiet(from: i32, rows: i32, times: Column, steps: Column, seenTo: f64): i32 {
  if (times[from] !== seenTo || steps[from] !== 0) return from;
  let row: i32 = from + 1;
  while (row < rows && steps[row] === 0 && (times[row] as f64) - (times[row - 1] as f64) === minuteMs) row += 1;
  return row;
}

function sumOf(values: Column, first: i32, last: i32): f64 {
  let sum: f64 = 0;
  for (let row: i32 = first; row <= last; row += 1) sum += values[row] as f64;
  return sum;
}

/** The sum of the steps without unknown time over the estimates for them; 1 where they are too few. */
function scaleOf(count: i32, scratch: Columns): f64 {
  let countedWh: f64 = 0;
  let seenWh: f64 = 0;
  for (let step: i32 = 0; step < count; step += 1) {
    if (((scratch[stepUnknownS] as Column)[step] as f64) > 0) continue;
    countedWh += (scratch[stepWh] as Column)[step] as f64;
    seenWh += (scratch[stepSeenWh] as Column)[step] as f64;
  }
  if (countedWh < leastForScaleWh || seenWh === 0) return 1;
  return Math.min(mostScale, Math.max(1 / mostScale, countedWh / seenWh));
}

/** The use of time of unknown operation in a step, Wh: at least standby. */
function unknownUseWh(ofStepWh: f64, seenWh: f64, unknownS: f64): f64 {
  if (unknownS === 0) return 0;
  const leastWh = (unknownS * standbyW) / 3600;
  return Math.max(leastWh, Math.min(ofStepWh - seenWh, (unknownS * mostUnknownW) / 3600));
}
