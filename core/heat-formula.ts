import { type Liquid, withGlycol } from "./glycol.ts";
import type { Column } from "./row-columns.ts";
import { densityAt, enthalpyAt, formulaLength, heatCoefficient, sensorSide } from "./row-formula.ts";

/** The pipe in which a heat pump's flow sensor sits; it differs by model. */
export const flowSensorSides = ["unknown", "return", "flow"] as const;
export type FlowSensorSide = (typeof flowSensorSides)[number];

/** What the owner knows of the water that carries the heat. */
export type WaterFacts = {
  /** `unknown`: the mean of both, and half the difference goes into the range of the heat. */
  readonly flowSensor: FlowSensorSide;
  /** Propylene glycol in it, percent by volume, 0 to 60. */
  readonly glycolPercent: number;
};

export const usualWater: WaterFacts = { flowSensor: "unknown", glycolPercent: 0 };

/** How heat follows from flow and temperatures, as numbers for the passes over rows: see row-formula.ts. */
export type HeatFormula = Column;

/**
 * Water of 1.6 MPa, the pressure for which EN 1434-1 defines the heat coefficient: polynomials by °C fitted to
 * IAPWS-IF97 (region 1), kg/m3 within 0.001 % and kJ/(kg K) within 0.004 % from 0 to 100 °C.
 */
const water: Liquid = {
  density: [1000.61, 0.056384, -0.00824151, 6.40505e-5, -3.96831e-7, 1.08564e-9],
  heatCapacity: [4.21185, -0.00317277, 1.20199e-4, -2.67249e-6, 3.55034e-8, -2.42942e-10, 6.68278e-13],
};

const sides: Readonly<Record<FlowSensorSide, number>> = { return: 0, flow: 1, unknown: 0.5 };

/** The formula that holds with these facts. */
export function heatFormula({ flowSensor, glycolPercent }: WaterFacts): HeatFormula {
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

/** What is logged for a coefficient where a heat meter told the heat itself: no formula changes that. */
export const meteredCoefficient = 0;
