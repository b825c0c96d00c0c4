import { type HeatFormula, usualHeatFormula } from "../heat/heat-formula.ts";
import type { DayColumns } from "./day-columns.ts";
import {
  errorSum,
  flowSquares,
  flowStepLMin,
  flowTemperatureSquares,
  perLMinSum,
  returnTemperatureSquares,
  temperatureStepK,
  waterSum,
  waterWhPerK,
} from "./passes/row-heat.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";

/** Half a range that holds 95 of 100 normally distributed errors, in standard deviations. */
export const coverageFactor = 1.96;

/** Standard deviation of a value that may lie anywhere in a step of 1. */
const rounding = 1 / Math.sqrt(12);

/** How far off one side of a day may be, Wh. */
export type SignalError = {
  /** Standard deviation that comes of rounded signals. */
  readonly deviationWh: number;
  /** How much more it is in the middle where the controller cuts the flow rate off instead of rounding it. */
  readonly cutOffWh: number;
  /** Half of what it differs by the pipe of the flow sensor; 0 where that is known. */
  readonly unsureWh: number;
};

/** What the signals of a day leave open, and the water that passed: L, and what all of it carries at 1 K, Wh. */
export type RoundingError = {
  readonly heat: SignalError;
  readonly cooling: SignalError;
  readonly waterL: number;
  readonly waterWhPerK: number;
};

/**
 * How far off the heat may be because flow is told in whole L/min and both temperatures in half °C. Each level of the
 * flow rate has one error for the whole day, each stretch in which a temperature stays on one step has its own, uniform
 * within the step and independent of each other. Whether the controller rounds or cuts off is not known: of the
 * temperatures that goes out of their difference, of the flow rate it doesn't.
 */
export function roundingError(
  day: DayColumns,
  passes: RowPasses = plainPasses(day.rows),
  formula: HeatFormula = usualHeatFormula,
): RoundingError {
  const { results } = passes;
  passes.sumStretches(day.rows, day.columns, formula, passes.scratch, results);
  const flowVariance = (rounding * flowStepLMin) ** 2;
  const temperatureVariance = (rounding * temperatureStepK) ** 2;
  const at = (place: number) => results[place] as number;
  const errorOf = (side: 0 | 1): SignalError => ({
    deviationWh: Math.sqrt(
      flowVariance * at(flowSquares + side) +
        temperatureVariance * (at(flowTemperatureSquares + side) + at(returnTemperatureSquares + side)),
    ),
    cutOffWh: Math.abs(at(perLMinSum + side) * flowStepLMin) / 2,
    unsureWh: at(errorSum + side),
  });
  return { heat: errorOf(0), cooling: errorOf(1), waterL: at(waterSum), waterWhPerK: at(waterWhPerK) };
}
