import type { DayColumns } from "./day-columns.ts";
import { flowStepLMin, temperatureStepK } from "./row-heat.ts";
import { plainPasses, type RowPasses } from "./row-passes.ts";

/** Half a range that holds 95 of 100 normally distributed errors, in standard deviations. */
export const coverageFactor = 1.96;

/** Standard deviation of a value that may lie anywhere in a step of 1. */
const rounding = 1 / Math.sqrt(12);

/** Standard deviations of a day's heat and cold that come of rounded signals, Wh, and the water that carried them. */
export type RoundingError = { readonly heatWh: number; readonly coolingWh: number; readonly waterL: number };

/**
 * How far off the heat may be because flow is told in whole L/min and both temperatures in half °C. Each stretch in
 * which a signal stays on one step has one error of its rounding, uniform within the step; stretches are independent
 * of each other. The error of a stretch is its length times what one unit of the signal carries meanwhile.
 */
export function roundingError(day: DayColumns, passes: RowPasses = plainPasses(day.rows)): RoundingError {
  const { found } = passes;
  passes.sumStretches(day.rows, day.columns, passes.room, found);
  const flowVariance = (rounding * flowStepLMin) ** 2;
  const temperatureVariance = (rounding * temperatureStepK) ** 2;
  const deviation = (side: 0 | 1) =>
    Math.sqrt(
      flowVariance * (found[side] as number) +
        temperatureVariance * ((found[2 + side] as number) + (found[4 + side] as number)),
    );
  return { heatWh: deviation(0), coolingWh: deviation(1), waterL: found[6] as number };
}
