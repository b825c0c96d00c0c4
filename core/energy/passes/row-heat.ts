import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { densityError, densityOf, meanHeatCapacity, sensorDensity } from "./row-formula.ts";
import { coolingS, covered, flowC, flowRate, perK, perLMin, returnC } from "./row-places.ts";

/** Steps in which the heat pump reports its signals. */
export const temperatureStepK: f64 = 0.5;
export const flowStepLMin: f64 = 1;

// Positions of the results of `sumStretches`; of each pair the second is that of cooling.
/** Sums of squares of the heat that a unit of the signal carries while it stays on one step. */
export const flowSquares: i32 = 0;
export const flowTemperatureSquares: i32 = 2;
export const returnTemperatureSquares: i32 = 4;
/** The heat that 1 L/min more would have carried, Wh. */
export const perLMinSum: i32 = 6;
/** How far the heat may be off to either side where the flow sensor's pipe is not known, Wh. */
export const errorSum: i32 = 8;
/** Water that passed, L, and the heat that all of it carries at 1 K, Wh. */
export const waterSum: i32 = 10;
export const waterWhPerK: i32 = 11;
/** The heat that 1 L/min carried at each level of the flow rate, first those of heat, then those of cooling. */
const levelSums: i32 = 12;
/** Faster flows share the last level. */
const flowLevels: i32 = 120;
/** How many figures a stretch has: those above, and two for each level. */
export const stretchFigures: i32 = levelSums + 2 * flowLevels;

/**
 * The error of heat and cold that follows from rounded signals, to `results`. The error of a flow rate's level is the
 * same each time the level comes back, as the pump runs at a few speeds; that of a temperature is another in each
 * stretch.
 */
export function sumStretches(rows: i32, columns: Columns, formula: Column, scratch: Columns, results: Column): void {
  const cooling = columns[coolingS] as Column;
  const seen = columns[covered] as Column;
  const ofK = scratch[perK] as Column;
  carry(rows, columns, formula, scratch[perLMin] as Column, ofK, results);
  sumLevels(rows, columns[flowRate] as Column, scratch[perLMin] as Column, cooling, seen, results);
  sumSquares(rows, columns[flowC] as Column, ofK, cooling, seen, results, flowTemperatureSquares);
  sumSquares(rows, columns[returnC] as Column, ofK, cooling, seen, results, returnTemperatureSquares);
}

/** The heat that one L/min and one K of each row carry, Wh; NaN where no water flows or something is not known. */
function carry(rows: i32, columns: Columns, formula: Column, ofLMin: Column, ofK: Column, results: Column): void {
  const flow = columns[flowRate] as Column;
  const flowTo = columns[flowC] as Column;
  const returned = columns[returnC] as Column;
  const cooling = columns[coolingS] as Column;
  const seen = columns[covered] as Column;
  for (let i: i32 = perLMinSum; i <= waterWhPerK; i += 1) results[i] = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const lMin = flow[row] as f64;
    const coveredS = seen[row] as f64;
    const differenceK = (flowTo[row] as f64) - (returned[row] as f64);
    // Also where one of them is NaN.
    const flows = lMin * coveredS > 0 && !Number.isNaN(differenceK);
    ofLMin[row] = Number.NaN;
    ofK[row] = Number.NaN;
    if (!flows) continue;
    // A coefficient of 1 kWh/(m3 K) is 1 Wh a litre and K.
    const litres = (lMin * coveredS) / 60;
    const inFlow = densityOf(formula, flowTo[row] as f64);
    const inReturn = densityOf(formula, returned[row] as f64);
    const capacity = meanHeatCapacity(formula, flowTo[row] as f64, returned[row] as f64);
    const whPerLK = sensorDensity(formula, inFlow, inReturn) * capacity;
    const uncertain = litres * differenceK * densityError(formula, inFlow, inReturn) * capacity;
    const whPerLMin = (differenceK * whPerLK * coveredS) / 60;
    const side: i32 = (cooling[row] as f64) > coveredS / 2 ? 1 : 0;
    ofLMin[row] = whPerLMin;
    ofK[row] = litres * whPerLK;
    results[perLMinSum + side] = (results[perLMinSum + side] as f64) + whPerLMin;
    results[errorSum + side] = (results[errorSum + side] as f64) + Math.abs(uncertain);
    results[waterSum] = (results[waterSum] as f64) + litres;
    results[waterWhPerK] = (results[waterWhPerK] as f64) + litres * whPerLK;
  }
}

/** The sum of squares over the levels of the flow rate, of the heat each carried in the whole day. */
function sumLevels(rows: i32, signal: Column, perUnit: Column, cooling: Column, seen: Column, results: Column): void {
  for (let i: i32 = levelSums; i < stretchFigures; i += 1) results[i] = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const wh = perUnit[row] as f64;
    if (Number.isNaN(wh)) continue;
    const level = Math.min(flowLevels - 1, Math.round((signal[row] as f64) / flowStepLMin));
    const side: i32 = (cooling[row] as f64) > (seen[row] as f64) / 2 ? flowLevels : 0;
    const at = levelSums + side + (level as i32);
    results[at] = (results[at] as f64) + wh;
  }
  results[flowSquares] = squaresFrom(results, levelSums);
  results[flowSquares + 1] = squaresFrom(results, levelSums + flowLevels);
}

function squaresFrom(results: Column, from: i32): f64 {
  let squares: f64 = 0;
  for (let i: i32 = from; i < from + flowLevels; i += 1) squares += (results[i] as f64) * (results[i] as f64);
  return squares;
}

/** The sum of squares over the stretches in which a temperature stays on one step. */
function sumSquares(
  rows: i32,
  signal: Column,
  perUnit: Column,
  cooling: Column,
  seen: Column,
  results: Column,
  at: i32,
): void {
  let level: f64 = Number.NaN;
  let heatSquares: f64 = 0;
  let coldSquares: f64 = 0;
  let heatNow: f64 = 0;
  let coldNow: f64 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const wh = perUnit[row] as f64;
    const now: f64 = Number.isNaN(wh) ? wh : Math.round((signal[row] as f64) / temperatureStepK);
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
  results[at] = heatSquares + heatNow * heatNow;
  results[at + 1] = coldSquares + coldNow * coldNow;
}
