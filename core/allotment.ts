import type { DayColumns } from "./day-columns.ts";
import { type EstimatedUses, standbyW } from "./estimated-use.ts";
import { newRowArrays, type RowArrays } from "./row-arrays.ts";

/** Electricity of a day given to the minutes that used it, Wh; the sum over all of it is that of the steps. */
export type Allotment = {
  /** Of the time of each row of which the operation is known. */
  readonly knownWh: Float64Array;
  /** Of the rest of each row. */
  readonly unknownWh: Float64Array;
  /** Of minutes that have no row; `from` in ms since the epoch. */
  readonly unseen: readonly { readonly from: number; readonly minutes: number; readonly wh: number }[];
};

const minuteMs = 60_000;
const minuteS = 60;
/** A minute of which less is unknown is known. */
const leastUnknownS = 1;
/** No heat pump with all its heaters takes more. */
const mostUnknownW = 15_000;
/** Steps of so much energy tell how far the estimate is off; less is the counter's own coarseness. */
const leastForScaleWh = 500;
const mostScale = 3;

type Step = {
  readonly wh: number;
  readonly first: number;
  /** The row in which the step was told. */
  readonly last: number;
  /** Minutes without a row since the step before. */
  readonly unseen: readonly { readonly from: number; readonly minutes: number }[];
  /** Estimated use of the known time, and seconds of the unknown time. */
  readonly seenWh: number;
  readonly unknownS: number;
};

/**
 * Gives the steps of a meter back to the minutes since the step before, in proportion to what each has used by its
 * estimate. Time whose operation is not known (the program or the device was away) takes what the known time can't have
 * used; how much that is follows from the steps of the day that have no such time. `steps` in Wh, one a row, NaN where
 * the meter was not known.
 */
export function allot(
  day: DayColumns,
  dayStartsAt: number,
  steps: Float64Array,
  uses: EstimatedUses,
  arrays: RowArrays = newRowArrays,
): Allotment {
  const { rows } = day;
  const [knownWh, unknownWh] = [arrays(rows), arrays(rows)];
  const unseen: { from: number; minutes: number; wh: number }[] = [];
  // What each row counts for stands where its share comes to stand.
  weigh(rows, uses.wh, uses.knownS, knownWh, unknownWh);
  const told = stepsOf(day, dayStartsAt, steps, knownWh, unknownWh);
  const scale = scaleOf(told);
  for (const step of told) {
    const seenWh = step.seenWh * scale;
    const restWh = unknownUseWh(step.wh, seenWh, step.unknownS);
    const factor = step.wh / (seenWh + restWh);
    multiply(knownWh, step.first, step.last, scale, factor);
    if (step.unknownS === 0) continue;
    const perUnknownS = (restWh * factor) / step.unknownS;
    multiply(unknownWh, step.first, step.last, perUnknownS, 1);
    for (const { from, minutes } of step.unseen) unseen.push({ from, minutes, wh: minutes * minuteS * perUnknownS });
  }
  const rest = (told.at(-1)?.last ?? -1) + 1;
  knownWh.fill(0, rest, rows);
  unknownWh.fill(0, rest, rows);
  return { knownWh, unknownWh, unseen };
}

/** What each row counts for: estimated use of its known time, seconds of its unknown time. */
function weigh(
  rows: number,
  estimatesWh: Float64Array,
  knownS: Float64Array,
  seenWh: Float64Array,
  unknownS: Float64Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    const restS = minuteS - (knownS[row] as number);
    seenWh[row] = estimatesWh[row] as number;
    unknownS[row] = restS < leastUnknownS ? 0 : restS;
  }
}

function multiply(values: Float64Array, first: number, last: number, factor: number, another: number): void {
  for (let row = first; row <= last; row += 1) values[row] = (values[row] as number) * factor * another;
}

/** The steps in the order of their rows; rows that used nothing lose their weight. */
function stepsOf(
  { rows, times }: DayColumns,
  dayStartsAt: number,
  steps: Float64Array,
  seenWh: Float64Array,
  unknownS: Float64Array,
): Step[] {
  const told: Step[] = [];
  let first = 0;
  let seenTo = dayStartsAt;
  let unseen: { from: number; minutes: number }[] = [];
  let knownTo = 0;
  for (let row = 0; row < rows; row += 1) {
    const quietTo = knownTo === row ? endOfQuiet(row, rows, times, steps, seenTo) : row;
    if (quietTo > row) seenTo = (times[quietTo - 1] as number) + minuteMs;
    if (quietTo > row) knownTo = quietTo;
    row = quietTo;
    if (row === rows) break;
    const at = times[row] as number;
    const wh = steps[row] as number;
    const missing = Math.max(0, Math.round((at - seenTo) / minuteMs));
    if (missing > 0) unseen.push({ from: seenTo, minutes: missing });
    seenTo = Math.max(seenTo, at + minuteMs);
    if (Number.isNaN(wh)) continue;
    if (wh === 0 && (missing > 0 || knownTo < row)) {
      // A meter that comes back unchanged says that nothing was used while it was away.
      seenWh.fill(0, knownTo, row);
      unknownS.fill(0, knownTo, row);
      unseen = [];
    }
    knownTo = row + 1;
    if (wh === 0) continue;
    const unseenS = unseen.reduce((sum, { minutes }) => sum + minutes * minuteS, 0);
    told.push({
      wh,
      first,
      last: row,
      unseen,
      seenWh: sumOf(seenWh, first, row),
      unknownS: sumOf(unknownS, first, row) + unseenS,
    });
    first = row + 1;
    unseen = [];
  }
  return told;
}

/** From a row on the first that tells a step, or nothing, or doesn't follow at once. */
function endOfQuiet(from: number, rows: number, times: Float64Array, steps: Float64Array, seenTo: number): number {
  if (times[from] !== seenTo || steps[from] !== 0) return from;
  let row = from + 1;
  while (row < rows && steps[row] === 0 && (times[row] as number) - (times[row - 1] as number) === minuteMs) row += 1;
  return row;
}

function sumOf(values: Float64Array, first: number, last: number): number {
  let sum = 0;
  for (let i = first; i <= last; i += 1) sum += values[i] as number;
  return sum;
}

/** What the steps without unknown time come to, in what was estimated for them. */
function scaleOf(told: readonly Step[]): number {
  let toldWh = 0;
  let seenWh = 0;
  for (const step of told) {
    if (step.unknownS > 0) continue;
    toldWh += step.wh;
    seenWh += step.seenWh;
  }
  if (toldWh < leastForScaleWh || seenWh === 0) return 1;
  return Math.min(mostScale, Math.max(1 / mostScale, toldWh / seenWh));
}

/** What time of unknown operation has used of a step, Wh: at least standby. */
function unknownUseWh(stepWh: number, seenWh: number, unknownS: number): number {
  if (unknownS === 0) return 0;
  const leastWh = (unknownS * standbyW) / 3600;
  return Math.max(leastWh, Math.min(stepWh - seenWh, (unknownS * mostUnknownW) / 3600));
}
