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

/** Standard deviation of the difference of two values that are rounded to a step of 1. */
export const twoRoundings = 1 / Math.sqrt(6);

/** How far off one side of a day may be, Wh. */
export type SignalError = {
  /** Standard deviation that follows from rounded signals. */
  readonly deviationWh: number;
  /** How much more heat it is on average if the controller truncates the flow rate instead of rounding it. */
  readonly cutOffWh: number;
  /** Half the difference between the flow sensor in the flow and in the return pipe; 0 where the pipe is known. */
  readonly pipeErrorWh: number;
};

/** The errors of a day's signals, and the water that passed: L, and the heat that all of it carries at 1 K, Wh. */
export type RoundingError = {
  readonly heat: SignalError;
  readonly cooling: SignalError;
  readonly waterL: number;
  readonly waterWhPerK: number;
};

/**
 * How far off the heat may be because flow is reported in whole L/min and both temperatures in half °C. Each level of the
 * flow rate has one error for the whole day, each stretch in which a temperature stays on one step has its own, uniform
 * within the step and independent of each other. Whether the controller rounds or truncates is not known: in the
 * difference of the temperatures that cancels out, in the flow rate it does not.
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
    pipeErrorWh: at(errorSum + side),
  });
  return { heat: errorOf(0), cooling: errorOf(1), waterL: at(waterSum), waterWhPerK: at(waterWhPerK) };
}
