import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { newRowArrays, type RowArrays } from "./row-arrays.ts";

/** Half a range that holds 95 of 100 normally distributed errors, in standard deviations. */
export const coverageFactor = 1.96;

/** Steps in which the heat pump tells its signals. */
const temperatureStepK = 0.5;
const flowStepLMin = 1;
/** Standard deviation of a value that may lie anywhere in a step of 1. */
const rounding = 1 / Math.sqrt(12);
/** Wh that 1 L/min carries in a second at 1 K: 4.18 kJ/(kg K), 1 kg/L. */
const whPerLMinKS = 4180 / 60 / 3600;

/** Standard deviations of a day's heat and cold that come of rounded signals, Wh, and the water that carried them. */
export type RoundingError = { readonly heatWh: number; readonly coolingWh: number; readonly waterL: number };

/**
 * How far off the heat may be because flow is told in whole L/min and both temperatures in half °C. Each stretch in
 * which a signal stays on one step has one error of its rounding, uniform within the step; stretches are independent
 * of each other. The error of a stretch is its length times what one unit of the signal carries meanwhile.
 */
export function roundingError(day: DayColumns, arrays: RowArrays = newRowArrays): RoundingError {
  const [flow, flowC] = [columnOfDay(day, "flow_rate"), columnOfDay(day, "flow_temperature")];
  const returnC = columnOfDay(day, "return_temperature");
  const cooling = columnOfDay(day, "cooling_s");
  const covered = columnOfDay(day, "covered_s");
  const [perLMin, perK] = [arrays(day.rows), arrays(day.rows)];
  const waterL = new Float64Array(1);
  carried(day.rows, { flow, flowC, returnC, covered }, perLMin, perK, waterL);
  const isCooling = { cooling, covered };
  const ofFlow = squaresOf(day.rows, flow, flowStepLMin, perLMin, isCooling);
  const ofFlowC = squaresOf(day.rows, flowC, temperatureStepK, perK, isCooling);
  const ofReturnC = squaresOf(day.rows, returnC, temperatureStepK, perK, isCooling);
  const flowVariance = (rounding * flowStepLMin) ** 2;
  const temperatureVariance = (rounding * temperatureStepK) ** 2;
  const deviation = (side: 0 | 1) =>
    Math.sqrt(
      flowVariance * (ofFlow[side] as number) +
        temperatureVariance * ((ofFlowC[side] as number) + (ofReturnC[side] as number)),
    );
  return { heatWh: deviation(0), coolingWh: deviation(1), waterL: waterL[0] as number };
}

type Water = {
  readonly flow: Float64Array;
  readonly flowC: Float64Array;
  readonly returnC: Float64Array;
  readonly covered: Float64Array;
};

/** What one L/min and one K of each row carry, Wh; NaN where none flows or something is not known. */
function carried(
  rows: number,
  { flow, flowC, returnC, covered }: Water,
  perLMin: Float64Array,
  perK: Float64Array,
  waterL: Float64Array,
): void {
  for (let row = 0; row < rows; row += 1) {
    const lMin = flow[row] as number;
    const coveredS = covered[row] as number;
    const differenceK = (flowC[row] as number) - (returnC[row] as number);
    // Also where one of them is NaN.
    const flows = lMin * coveredS > 0 && !Number.isNaN(differenceK);
    perLMin[row] = flows ? differenceK * whPerLMinKS * coveredS : Number.NaN;
    perK[row] = flows ? lMin * whPerLMinKS * coveredS : Number.NaN;
    if (flows) waterL[0] = (waterL[0] as number) + (lMin * coveredS) / 60;
  }
}

/** The squares of a signal's stretches, of heat and of cold. */
function squaresOf(
  rows: number,
  signal: Float64Array,
  step: number,
  perUnit: Float64Array,
  { cooling, covered }: { readonly cooling: Float64Array; readonly covered: Float64Array },
): Float64Array {
  const squares = new Float64Array(2);
  sumSquares(rows, signal, step, perUnit, cooling, covered, squares);
  return squares;
}

function sumSquares(
  rows: number,
  signal: Float64Array,
  step: number,
  perUnit: Float64Array,
  cooling: Float64Array,
  covered: Float64Array,
  squares: Float64Array,
): void {
  let level = Number.NaN;
  // From an array, so that they are never boxed.
  let heatSquares = squares[0] as number;
  let coldSquares = squares[1] as number;
  let heat = heatSquares;
  let cold = coldSquares;
  for (let row = 0; row < rows; row += 1) {
    const wh = perUnit[row] as number;
    const now = Number.isNaN(wh) ? wh : Math.round((signal[row] as number) / step);
    if (now !== level) {
      heatSquares += heat * heat;
      coldSquares += cold * cold;
      heat = squares[0] as number;
      cold = squares[1] as number;
      level = now;
    }
    if (Number.isNaN(wh)) continue;
    if ((cooling[row] as number) > (covered[row] as number) / 2) cold += wh;
    else heat += wh;
  }
  squares[0] = heatSquares + heat * heat;
  squares[1] = coldSquares + cold * cold;
}
