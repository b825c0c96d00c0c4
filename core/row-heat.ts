import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { orZero } from "./row-estimates.ts";
import {
  coolingS,
  coolingWh,
  covered,
  firmwareKwh,
  flowC,
  flowRate,
  heat,
  heatingS,
  hotWaterS,
  perK,
  perLMin,
  returnC,
  spanCoolingShare,
  spanFrom,
  spanSure,
  spanTo,
  spanWh,
} from "./row-places.ts";

const minuteMs: f64 = 60_000;
/** Steps in which the heat pump tells its signals. */
export const temperatureStepK: f64 = 0.5;
export const flowStepLMin: f64 = 1;
/** Wh that 1 L/min carries in a second at 1 K: 4.18 kJ/(kg K), 1 kg/L. */
const whPerLMinKS: f64 = 4180.0 / 60.0 / 3600.0;
/** A total that falls below this share of itself has started again. */
const restartShare: f64 = 0.5;
/** From a minute's last value to the next one's is no gap. */
const nextMinuteMs: f64 = 90_000;
/** What ran is not known. */
const unknownKind: f64 = -1;

/**
 * The squares of the stretches in which a signal stays on one step: to `found` those of heat and cold for the flow rate,
 * the flow and the return temperature (Wh per unit of the signal), and behind them the water that passed, L.
 */
export function sumStretches(rows: i32, columns: Columns, room: Columns, found: Column): void {
  const cooling = columns[coolingS] as Column;
  const seen = columns[covered] as Column;
  const ofLMin = room[perLMin] as Column;
  const ofK = room[perK] as Column;
  found[6] = carry(rows, columns, ofLMin, ofK);
  sumSquares(rows, columns[flowRate] as Column, flowStepLMin, ofLMin, cooling, seen, found, 0);
  sumSquares(rows, columns[flowC] as Column, temperatureStepK, ofK, cooling, seen, found, 2);
  sumSquares(rows, columns[returnC] as Column, temperatureStepK, ofK, cooling, seen, found, 4);
}

/** What one L/min and one K of each row carry, Wh; NaN where none flows or something is not known. Returns the water, L. */
function carry(rows: i32, columns: Columns, ofLMin: Column, ofK: Column): f64 {
  const flow = columns[flowRate] as Column;
  const flowTo = columns[flowC] as Column;
  const returned = columns[returnC] as Column;
  const seen = columns[covered] as Column;
  let waterL: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const lMin = flow[row] as f64;
    const coveredS = seen[row] as f64;
    const differenceK = (flowTo[row] as f64) - (returned[row] as f64);
    // Also where one of them is NaN.
    const flows = lMin * coveredS > 0 && !Number.isNaN(differenceK);
    ofLMin[row] = flows ? differenceK * whPerLMinKS * coveredS : Number.NaN;
    ofK[row] = flows ? lMin * whPerLMinKS * coveredS : Number.NaN;
    if (flows) waterL += (lMin * coveredS) / 60;
  }
  return waterL;
}

function sumSquares(
  rows: i32,
  signal: Column,
  step: f64,
  perUnit: Column,
  cooling: Column,
  seen: Column,
  found: Column,
  at: i32,
): void {
  let level: f64 = Number.NaN;
  let heatSquares: f64 = 0;
  let coldSquares: f64 = 0;
  let heatNow: f64 = 0;
  let coldNow: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const wh = perUnit[row] as f64;
    const now: f64 = Number.isNaN(wh) ? wh : Math.round((signal[row] as f64) / step);
    if (now !== level) {
      heatSquares += heatNow * heatNow;
      coldSquares += coldNow * coldNow;
      heatNow = 0;
      coldNow = 0;
      level = now;
    }
    if (Number.isNaN(wh)) continue;
    if ((cooling[row] as f64) > (seen[row] as f64) / 2) coldNow += wh;
    else heatNow += wh;
  }
  found[at] = heatSquares + heatNow * heatNow;
  found[at + 1] = coldSquares + coldNow * coldNow;
}

/**
 * Follows the firmware's own total through the rows. To `found`: its heat and cold in Wh, the seconds that it speaks of,
 * and 1 where it was told at all. Returns how many spans it alone saw; they stand in the room.
 */
export function followFirmware(
  rows: i32,
  times: Column,
  columns: Columns,
  daysCoolingShare: f64,
  room: Columns,
  found: Column,
): i32 {
  const total = columns[firmwareKwh] as Column;
  const cooling = columns[coolingS] as Column;
  const heatingOf = columns[heatingS] as Column;
  const hotWaterOf = columns[hotWaterS] as Column;
  let heatWh: f64 = 0;
  let coldWh: f64 = 0;
  let seconds: f64 = 0;
  let spans: i32 = 0;
  let last: i32 = -1;
  let kindBefore: f64 = unknownKind;
  for (let row: i32 = 0; row < rows; row += 1) {
    const now = total[row] as f64;
    if (Number.isNaN(now)) continue;
    const end = (times[row] as f64) + minuteMs;
    const from = last < 0 ? end - minuteMs : (times[last] as f64) + minuteMs;
    const before: f64 = last < 0 ? 0 : (total[last] as f64);
    const began = last < 0 || now < before * restartShare;
    const wh: f64 = last < 0 ? 0 : (now - (began ? 0 : before)) * 1000;
    const isCold = (cooling[row] as f64) > 0;
    const isWarm = (heatingOf[row] as f64) > 0 || (hotWaterOf[row] as f64) > 0;
    const kind: f64 = isCold ? 1 : isWarm ? 0 : unknownKind;
    const sure = kind !== unknownKind && kind === kindBefore;
    let isGap = false;
    let seenWh: f64 = 0;
    if (end - from > nextMinuteMs) {
      isGap = sumOf(columns[covered] as Column, last + 1, row) < ((end - from) / 1000) * 0.9;
      if (isGap) seenWh = seenBetween(columns, last + 1, row);
    }
    const share: f64 = kind === unknownKind || (isGap && !sure) ? daysCoolingShare : kind;
    if (isGap && !began) {
      (room[spanFrom] as Column)[spans] = from;
      (room[spanTo] as Column)[spans] = end;
      (room[spanWh] as Column)[spans] = Math.max(0, wh - seenWh);
      (room[spanCoolingShare] as Column)[spans] = share;
      (room[spanSure] as Column)[spans] = sure ? 1 : 0;
      spans += 1;
    }
    if (!began || !isGap) seconds += (end - from) / 1000;
    heatWh += wh * (1 - share);
    coldWh += wh * share;
    last = row;
    kindBefore = kind;
  }
  found[0] = heatWh;
  found[1] = coldWh;
  found[2] = seconds;
  found[3] = last < 0 ? 0 : 1;
  return spans;
}

/** What we saw ourselves from one row to another, both included. */
function seenBetween(columns: Columns, first: i32, last: i32): f64 {
  const warm = columns[heat] as Column;
  const cold = columns[coolingWh] as Column;
  let wh: f64 = 0;
  for (let row: i32 = first; row <= last; row += 1) {
    wh += Math.max(0, orZero(warm[row] as f64)) + Math.max(0, orZero(cold[row] as f64));
  }
  return wh;
}

function sumOf(values: Column, first: i32, last: i32): f64 {
  let sum: f64 = 0;
  for (let row: i32 = first; row <= last; row += 1) sum += orZero(values[row] as f64);
  return sum;
}
