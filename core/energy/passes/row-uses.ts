import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { orZero, shareOf } from "./row-estimates.ts";
import {
  boosterWh,
  compressorWh,
  coolingS,
  coolingWh,
  covered,
  defrostS,
  defrostWh,
  estimateWh,
  heatingS,
  heatingWh,
  hotWaterS,
  hotWaterWh,
  immersionWh,
  knownS,
  knownWh,
  pumpWh,
  runningS,
  standbyS,
  standbyWh,
  unknownWh,
} from "./row-places.ts";

/** Positions of the results of `sumUses`: four sums of each operation, then the consumers, then unknown operation. */
const standbyAt: i32 = 16;
export const consumersAt: i32 = 20;
export const unknownAt: i32 = 25;

/**
 * Sums up what the rows used, after `estimateUses` and `distributeSteps`. To `results` of each operation: all electricity, then
 * of the time in which both sides are known the electricity, that of the immersion heater, and the heat; behind the
 * operations the consumers, and the electricity of unknown operation.
 */
export function sumUses(rows: i32, columns: Columns, steps: Column, scratch: Columns, results: Column): void {
  for (let i: i32 = 0; i <= unknownAt; i += 1) results[i] = 0;
  sumOperation(rows, columns[heatingS] as Column, columns[heatingWh] as Column, columns, steps, scratch, results, 0);
  sumOperation(rows, columns[hotWaterS] as Column, columns[hotWaterWh] as Column, columns, steps, scratch, results, 4);
  sumOperation(rows, columns[coolingS] as Column, columns[coolingWh] as Column, columns, steps, scratch, results, 8);
  sumOperation(rows, columns[defrostS] as Column, columns[defrostWh] as Column, columns, steps, scratch, results, 12);
  sumOperation(
    rows,
    columns[standbyS] as Column,
    columns[standbyWh] as Column,
    columns,
    steps,
    scratch,
    results,
    standbyAt,
  );
  sumConsumers(rows, scratch, results);
}

function sumOperation(
  rows: i32,
  seconds: Column,
  heatOf: Column,
  columns: Columns,
  steps: Column,
  scratch: Columns,
  results: Column,
  at: i32,
): void {
  const knownOf = scratch[knownS] as Column;
  const estimateOf = scratch[estimateWh] as Column;
  const immersionOf = scratch[immersionWh] as Column;
  const runningOf = scratch[runningS] as Column;
  const distributedOf = scratch[knownWh] as Column;
  const coveredOf = columns[covered] as Column;
  let allWh: f64 = 0;
  let pairedWh: f64 = 0;
  let immersedWh: f64 = 0;
  let heatWh: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const operationS = orZero(seconds[row] as f64);
    if (operationS === 0) continue;
    const known = knownOf[row] as f64;
    const distributed = distributedOf[row] as f64;
    const wh = operationS === known ? distributed : distributed * shareOf(scratch, row, operationS, at === standbyAt);
    allWh += wh;
    const coveredS = orZero(coveredOf[row] as f64);
    if (coveredS === 0 || Number.isNaN(steps[row] as f64)) continue;
    const seen: f64 = coveredS === known ? 1 : Math.min(1, coveredS / known);
    pairedWh += wh * seen;
    if (at !== standbyAt && (immersionOf[row] as f64) !== 0) {
      immersedWh +=
        (((immersionOf[row] as f64) * operationS) / (runningOf[row] as f64)) *
        (distributed / (estimateOf[row] as f64)) *
        seen;
    }
    heatWh += orZero(heatOf[row] as f64);
  }
  results[at] = allWh;
  results[at + 1] = pairedWh;
  results[at + 2] = immersedWh;
  results[at + 3] = heatWh;
}

function sumConsumers(rows: i32, scratch: Columns, results: Column): void {
  const distributed = scratch[knownWh] as Column;
  const unknown = scratch[unknownWh] as Column;
  const estimateOf = scratch[estimateWh] as Column;
  const compressorOf = scratch[compressorWh] as Column;
  const boosterOf = scratch[boosterWh] as Column;
  const immersionOf = scratch[immersionWh] as Column;
  const pumpOf = scratch[pumpWh] as Column;
  let compressorSum: f64 = 0;
  let boosterSum: f64 = 0;
  let immersionSum: f64 = 0;
  let pumpSum: f64 = 0;
  let standbySum: f64 = 0;
  let unknownSum: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    unknownSum += unknown[row] as f64;
    const wh = distributed[row] as f64;
    if (wh === 0) continue;
    const factor = wh / (estimateOf[row] as f64);
    const compressed = (compressorOf[row] as f64) * factor;
    const boosted = (boosterOf[row] as f64) * factor;
    const immersed = (immersionOf[row] as f64) * factor;
    const pumped = (pumpOf[row] as f64) * factor;
    compressorSum += compressed;
    boosterSum += boosted;
    immersionSum += immersed;
    pumpSum += pumped;
    standbySum += wh - boosted - immersed - pumped - compressed;
  }
  results[consumersAt] = compressorSum;
  results[consumersAt + 1] = boosterSum;
  results[consumersAt + 2] = immersionSum;
  results[consumersAt + 3] = pumpSum;
  results[consumersAt + 4] = standbySum;
  results[unknownAt] = unknownSum;
}
