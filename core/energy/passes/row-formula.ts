import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { orZero } from "./row-estimates.ts";
import {
  coefficient,
  coolingWh,
  defrostWh,
  flowC,
  flowRate,
  heat,
  heatingWh,
  hotWaterWh,
  returnC,
  standbyWh,
} from "./row-places.ts";

// Positions in a `HeatFormula` (heat-formula.ts).
/** Where the flow sensor sits: 0 the return pipe, 1 the flow pipe, 0.5 not known. */
export const sensorSide: i32 = 0;
/** Of the density's polynomial, kg/m3 by °C, from the lowest power on. */
export const densityAt: i32 = 1;
const densityTerms: i32 = 7;
/** Of the enthalpy's polynomial, kWh/kg by °C, from the first power on. */
export const enthalpyAt: i32 = 8;
const enthalpyTerms: i32 = 9;
export const formulaLength: i32 = 17;

/** The polynomials hold between these; beyond, heat counts as at the border. */
const leastC: f64 = -10;
const mostC: f64 = 110;
/** Coefficients are logged with five decimals: nearer ones are the same. */
const sameCoefficient: f64 = 0.00001;
/** A row that was logged without temperatures is converted as one of underfloor heating. */
const usualFlowC: f64 = 35;
const usualReturnC: f64 = 30;

/**
 * The heat coefficient of EN 1434-1, kWh/(m3 K): what a cubic metre at the flow sensor carries for each K between flow and
 * return, both in °C. Well defined without a difference too; NaN where a temperature is.
 */
export function heatCoefficient(formula: Column, flow: f64, returned: f64): f64 {
  const inFlow = densityOf(formula, flow);
  return sensorDensity(formula, inFlow, densityOf(formula, returned)) * meanHeatCapacity(formula, flow, returned);
}

/** The density at the flow sensor from those in both pipes, kg/m3. */
export function sensorDensity(formula: Column, inFlow: f64, inReturn: f64): f64 {
  return inReturn + (inFlow - inReturn) * (formula[sensorSide] as f64);
}

/** How far off it may be to either side as the pipe of the sensor is not known, kg/m3; 0 where it is. */
export function densityError(formula: Column, inFlow: f64, inReturn: f64): f64 {
  return formula[sensorSide] === 0.5 ? Math.abs(inFlow - inReturn) / 2 : 0;
}

/** kg/m3. */
export function densityOf(formula: Column, celsius: f64): f64 {
  const at = bounded(celsius);
  let density: f64 = 0;
  for (let i: i32 = densityAt + densityTerms - 1; i >= densityAt; i -= 1) density = density * at + (formula[i] as f64);
  return density;
}

/** The difference of the enthalpy over that of the temperature, kWh/(kg K): Horner's scheme for divided differences. */
export function meanHeatCapacity(formula: Column, flow: f64, returned: f64): f64 {
  const a = bounded(flow);
  const b = bounded(returned);
  let enthalpy: f64 = 0;
  let slope: f64 = 0;
  for (let i: i32 = enthalpyAt + enthalpyTerms - 1; i >= enthalpyAt; i -= 1) {
    slope = slope * a + enthalpy;
    enthalpy = enthalpy * b + (formula[i] as f64);
  }
  return slope * a + enthalpy;
}

function bounded(celsius: f64): f64 {
  return Math.max(leastC, Math.min(mostC, celsius));
}

/**
 * The same by the firmware's formula, at the mean temperature with 1 kg/L: c(T) = 4.21 - 2.04e-3 T + 3.09e-5 T² -
 * 9.63e-8 T³ kJ/(kg K).
 */
export function firmwareCoefficient(flow: f64, returned: f64): f64 {
  const t = (flow + returned) / 2;
  return (4.21 - 2.04e-3 * t + 3.09e-5 * t * t - 9.63e-8 * t * t * t) / 3.6;
}

/**
 * What the heat of a row is multiplied by to be that of the formula. `was`: the row's own coefficient; NaN where it has
 * none and so has the heat of the firmware's formula, 0 where a heat meter reported the heat.
 */
export function formulaRatio(formula: Column, was: f64, lMin: f64, flow: f64, returned: f64): f64 {
  // A row without a flow rate has its heat from a heat meter.
  if (was === 0 || (Number.isNaN(was) && Number.isNaN(lMin))) return 1;
  if (Number.isNaN(flow) || Number.isNaN(returned)) {
    if (!Number.isNaN(was)) return 1;
    return heatCoefficient(formula, usualFlowC, usualReturnC) / firmwareCoefficient(usualFlowC, usualReturnC);
  }
  const now = heatCoefficient(formula, flow, returned);
  if (Number.isNaN(was)) return now / firmwareCoefficient(flow, returned);
  return Math.abs(now - was) < sameCoefficient ? 1 : now / was;
}

/** Converts the heat of rows that were logged by another formula to this one, in place; once for each row. */
export function bringToFormula(rows: i32, columns: Columns, formula: Column): void {
  const net = columns[heat] as Column;
  const cold = columns[coolingWh] as Column;
  const heating = columns[heatingWh] as Column;
  const hotWater = columns[hotWaterWh] as Column;
  const defrost = columns[defrostWh] as Column;
  const standby = columns[standbyWh] as Column;
  const was = columns[coefficient] as Column;
  const lMin = columns[flowRate] as Column;
  const flow = columns[flowC] as Column;
  const returned = columns[returnC] as Column;
  let last: i32 = -2;
  let ratio: f64 = 1;
  for (let row: i32 = 0; row < rows; row += 1) {
    const carried = Math.abs(orZero(net[row] as f64)) + Math.abs(orZero(cold[row] as f64));
    if (carried + Math.abs(orZero(heating[row] as f64)) + Math.abs(orZero(hotWater[row] as f64)) === 0) continue;
    // Signals of half degrees stand still for minutes.
    if (row !== last + 1 || was[row] !== was[last] || flow[row] !== flow[last] || returned[row] !== returned[last]) {
      ratio = formulaRatio(formula, was[row] as f64, lMin[row] as f64, flow[row] as f64, returned[row] as f64);
    }
    last = row;
    if (ratio === 1) continue;
    net[row] = (net[row] as f64) * ratio;
    cold[row] = (cold[row] as f64) * ratio;
    heating[row] = (heating[row] as f64) * ratio;
    hotWater[row] = (hotWater[row] as f64) * ratio;
    defrost[row] = (defrost[row] as f64) * ratio;
    standby[row] = (standby[row] as f64) * ratio;
  }
}
