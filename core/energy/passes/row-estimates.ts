import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import {
  booster,
  booster2,
  boosterWh,
  compressorWh,
  coolingS,
  defrostS,
  estimateWh,
  frequency,
  heatingS,
  hotWaterS,
  immersion,
  immersionWh,
  knownS,
  pump,
  pumpWh,
  runningS,
  standbyS,
} from "./row-places.ts";

/** Power of the electronics, the display and the ESP32, W. */
export const standbyW: f64 = 20;
/** Of a mid-size outdoor unit: 1.2 kW at 60 Hz. Only proportions count. */
const compressorWPerHz: f64 = 20;
const minuteS: f64 = 60;

/**
 * The estimated use of each row, into the scratch: the compressor's follows its frequency, a heater's its rated power (W),
 * the pump reports its own.
 */
export function estimateUses(
  rows: i32,
  columns: Columns,
  scratch: Columns,
  boosterHeaterW: f64,
  boosterHeater2W: f64,
  immersionHeaterW: f64,
): void {
  const heatingOf = columns[heatingS] as Column;
  const hotWaterOf = columns[hotWaterS] as Column;
  const coolingOf = columns[coolingS] as Column;
  const defrostOf = columns[defrostS] as Column;
  const standbyOf = columns[standbyS] as Column;
  const frequencyOf = columns[frequency] as Column;
  const pumpOf = columns[pump] as Column;
  const boosterOf = columns[booster] as Column;
  const booster2Of = columns[booster2] as Column;
  const immersionOf = columns[immersion] as Column;
  const knownTo = scratch[knownS] as Column;
  const runningTo = scratch[runningS] as Column;
  const estimateTo = scratch[estimateWh] as Column;
  const compressorTo = scratch[compressorWh] as Column;
  const boosterTo = scratch[boosterWh] as Column;
  const immersionTo = scratch[immersionWh] as Column;
  const pumpTo = scratch[pumpWh] as Column;
  for (let row: i32 = 0; row < rows; row += 1) {
    const ran =
      orZero(heatingOf[row] as f64) +
      orZero(hotWaterOf[row] as f64) +
      orZero(coolingOf[row] as f64) +
      orZero(defrostOf[row] as f64);
    const known = ran + orZero(standbyOf[row] as f64);
    const pumped = (orZero(pumpOf[row] as f64) * Math.min(minuteS, known)) / 3600;
    let compressed: f64 = 0;
    let boosted: f64 = 0;
    let immersed: f64 = 0;
    if (ran > 0) {
      compressed = (orZero(frequencyOf[row] as f64) * compressorWPerHz * minuteS) / 3600;
      boosted =
        (orZero(boosterOf[row] as f64) * boosterHeaterW + orZero(booster2Of[row] as f64) * boosterHeater2W) / 3600;
      immersed = (orZero(immersionOf[row] as f64) * immersionHeaterW) / 3600;
    }
    knownTo[row] = known;
    runningTo[row] = ran;
    estimateTo[row] = (known * standbyW) / 3600 + compressed + boosted + immersed + pumped;
    compressorTo[row] = compressed;
    boosterTo[row] = boosted;
    immersionTo[row] = immersed;
    pumpTo[row] = pumped;
  }
}

/** Share of an operation in the use of a row: standby and pump by time, what runs by running time. */
export function shareOf(scratch: Columns, row: i32, operationS: f64, isStandby: boolean): f64 {
  const known = (scratch[knownS] as Column)[row] as f64;
  if (operationS === known) return 1;
  const wh = (scratch[estimateWh] as Column)[row] as f64;
  const ranWh =
    ((scratch[compressorWh] as Column)[row] as f64) +
    ((scratch[boosterWh] as Column)[row] as f64) +
    ((scratch[immersionWh] as Column)[row] as f64);
  const runs: f64 = isStandby ? 0 : (ranWh * operationS) / ((scratch[runningS] as Column)[row] as f64);
  return (((wh - ranWh) * operationS) / known + runs) / wh;
}

/** 0 for what is not known. */
export function orZero(value: f64): f64 {
  return Number.isNaN(value) ? 0 : value;
}
