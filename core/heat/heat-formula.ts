import type { Column } from "../energy/passes/row-columns.ts";
import { densityAt, enthalpyAt, formulaLength, heatCoefficient, sensorSide } from "../energy/passes/row-formula.ts";
import { type Liquid, withGlycol } from "./glycol.ts";

/** The pipe in which a heat pump's flow sensor sits; it differs by model. */
export const flowSensorSides = ["unknown", "return", "flow"] as const;
export type FlowSensorSide = (typeof flowSensorSides)[number];

/** What the owner has set about the water that carries the heat. */
export type WaterSetup = {
  /** `unknown`: the mean of both, and half the difference goes into the range of the heat. */
  readonly flowSensor: FlowSensorSide;
  /** Propylene glycol in it, percent by volume, 0 to 60. */
  readonly glycolPercent: number;
};

export const usualWater: WaterSetup = { flowSensor: "unknown", glycolPercent: 0 };

/** How heat follows from flow and temperatures, as numbers for the passes over rows: see row-formula.ts. */
export type HeatFormula = Column;

/**
 * Water of 1.6 MPa, the pressure for which EN 1434-1 defines the heat coefficient: polynomials by °C fitted to
 * IAPWS-IF97 (region 1), kg/m3 and kJ/(kg K) within 0.0003 % from 0 to 100 °C.
 */
const water: Liquid = {
  density: [1000.6071, 0.060208131, -0.0086872314, 8.3060345e-5, -7.6336614e-7, 4.3432548e-9, -1.0857637e-11],
  heatCapacity: [
    4.2119895, -0.0033142086, 1.4468592e-4, -4.2992001e-6, 8.8751847e-8, -1.1896052e-9, 9.9641087e-12, -4.722881e-14,
    9.6462023e-17,
  ],
};

const sides: Readonly<Record<FlowSensorSide, number>> = { return: 0, flow: 1, unknown: 0.5 };

/** The formula for these settings. */
export function heatFormula({ flowSensor, glycolPercent }: WaterSetup): HeatFormula {
  const { density, heatCapacity } = withGlycol(water, glycolPercent);
  const formula = new Float64Array(formulaLength);
  formula[sensorSide] = sides[flowSensor];
  formula.set(density, densityAt);
  // Each term integrated over the temperature, from kJ to kWh.
  formula.set(
    heatCapacity.map((term, i) => term / (i + 1) / 3600),
    enthalpyAt,
  );
  return formula;
}

export const usualHeatFormula: HeatFormula = heatFormula(usualWater);

/** A coefficient as it is logged: kWh/(m3 K) with five decimals. */
export function loggedCoefficient(formula: HeatFormula, flowC: number, returnC: number): number {
  return Math.round(heatCoefficient(formula, flowC, returnC) * 100_000) / 100_000;
}

/** Logged as the coefficient where a heat meter reported the heat itself: no formula changes that. */
export const meteredCoefficient = 0;
