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

/** Where `sumUses` leaves what: four sums of each operation, what took it, and that of unknown operation. */
const standbyAt: i32 = 16;
export const consumersAt: i32 = 20;
export const unknownAt: i32 = 25;

/**
 * Sums up what the rows used, after `estimateUses` and `allotSteps`. To `found` of each operation: all electricity, then
 * of the time in which both sides are known the electricity, that of the immersion heater, and the heat; behind the
 * operations what took it, and that of unknown operation.
 */
export function sumUses(rows: i32, columns: Columns, steps: Column, room: Columns, found: Column): void {
  for (let i: i32 = 0; i <= unknownAt; i += 1) found[i] = 0;
  sumOperation(rows, columns[heatingS] as Column, columns[heatingWh] as Column, columns, steps, room, found, 0);
  sumOperation(rows, columns[hotWaterS] as Column, columns[hotWaterWh] as Column, columns, steps, room, found, 4);
  sumOperation(rows, columns[coolingS] as Column, columns[coolingWh] as Column, columns, steps, room, found, 8);
  sumOperation(rows, columns[defrostS] as Column, columns[defrostWh] as Column, columns, steps, room, found, 12);
  sumOperation(rows, columns[standbyS] as Column, columns[standbyWh] as Column, columns, steps, room, found, standbyAt);
  sumConsumers(rows, room, found);
}

function sumOperation(
  rows: i32,
  seconds: Column,
  heatOf: Column,
  columns: Columns,
  steps: Column,
  room: Columns,
  found: Column,
  at: i32,
): void {
  const knownOf = room[knownS] as Column;
  const estimateOf = room[estimateWh] as Column;
  const immersionOf = room[immersionWh] as Column;
  const runningOf = room[runningS] as Column;
  const allottedOf = room[knownWh] as Column;
  const coveredOf = columns[covered] as Column;
  let allWh: f64 = 0;
  let pairedWh: f64 = 0;
  let immersedWh: f64 = 0;
  let heatWh: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const operationS = orZero(seconds[row] as f64);
    if (operationS === 0) continue;
    const known = knownOf[row] as f64;
    const allotted = allottedOf[row] as f64;
    const wh = operationS === known ? allotted : allotted * shareOf(room, row, operationS, at === standbyAt);
    allWh += wh;
    const coveredS = orZero(coveredOf[row] as f64);
    if (coveredS === 0 || Number.isNaN(steps[row] as f64)) continue;
    const seen: f64 = coveredS === known ? 1 : Math.min(1, coveredS / known);
    pairedWh += wh * seen;
    if (at !== standbyAt && (immersionOf[row] as f64) !== 0) {
      immersedWh +=
        (((immersionOf[row] as f64) * operationS) / (runningOf[row] as f64)) *
        (allotted / (estimateOf[row] as f64)) *
        seen;
    }
    heatWh += orZero(heatOf[row] as f64);
  }
  found[at] = allWh;
  found[at + 1] = pairedWh;
  found[at + 2] = immersedWh;
  found[at + 3] = heatWh;
}

function sumConsumers(rows: i32, room: Columns, found: Column): void {
  const allotted = room[knownWh] as Column;
  const unknown = room[unknownWh] as Column;
  const estimateOf = room[estimateWh] as Column;
  const compressorOf = room[compressorWh] as Column;
  const boosterOf = room[boosterWh] as Column;
  const immersionOf = room[immersionWh] as Column;
  const pumpOf = room[pumpWh] as Column;
  let compressorSum: f64 = 0;
  let boosterSum: f64 = 0;
  let immersionSum: f64 = 0;
  let pumpSum: f64 = 0;
  let standbySum: f64 = 0;
  let unknownSum: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    unknownSum += unknown[row] as f64;
    const wh = allotted[row] as f64;
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
  found[consumersAt] = compressorSum;
  found[consumersAt + 1] = boosterSum;
  found[consumersAt + 2] = immersionSum;
  found[consumersAt + 3] = pumpSum;
  found[consumersAt + 4] = standbySum;
  found[unknownAt] = unknownSum;
}
