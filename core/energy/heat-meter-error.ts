import { columnOfDay, type DayColumns } from "./day-columns.ts";
import type { DaySums } from "./day-sums.ts";
import { coverageFactor, type RoundingError, type SignalError, twoRoundings } from "./uncertainty.ts";

/**
 * Largest error that EN 1434-1 permits a heat meter of class 2, as a share of its heat: 2 % of the flow sensor,
 * 0.5 % + 3 dTmin/dT of the temperature pair and 0.5 % + dTmin/dT of the calculator, with dTmin = 3 K.
 */
export function heatMeterErrorShare(differenceK: number): number {
  return 0.03 + (0.04 * leastDifferenceK) / Math.max(leastDifferenceK, differenceK);
}

const leastDifferenceK = 3;
/** Assumed where a meter reports no temperatures: underfloor heating. */
const usualDifferenceK = 5;
/** Step of a register; a day is the difference of two of its states. */
const registerStepWh = 100;

/**
 * Deviations of a day whose heat a heat meter reported (an import): minutes that have heat, but no flow rate or
 * temperatures to compute it from. The meter is wrong in the same way all day. For other minutes `rounding` stays as
 * it is.
 */
export function withHeatMeter(rounding: RoundingError, day: DayColumns, { known }: DaySums): RoundingError {
  const least = Math.min(known.flow_rate, known.flow_temperature, known.return_temperature);
  if (least >= known.heat_wh) return rounding;
  const [flowRate, flowC, returnC] = (["flow_rate", "flow_temperature", "return_temperature"] as const).map((name) =>
    columnOfDay(day, name),
  ) as [Float64Array, Float64Array, Float64Array];
  const halfWhOf = (heatOf: Float64Array) => {
    let halfWh = 0;
    for (let row = 0; row < day.rows; row += 1) {
      const heatWh = heatOf[row] || 0;
      const differenceK = Math.abs((flowC[row] as number) - (returnC[row] as number));
      if (heatWh === 0 || !Number.isNaN(differenceK + (flowRate[row] as number))) continue;
      halfWh += Math.abs(heatWh) * heatMeterErrorShare(Number.isNaN(differenceK) ? usualDifferenceK : differenceK);
    }
    return halfWh;
  };
  const withMeter = (own: SignalError, halfWh: number): SignalError => {
    if (halfWh === 0) return own;
    const deviationWh = Math.hypot(own.deviationWh, halfWh / coverageFactor, registerStepWh * twoRoundings);
    return { ...own, deviationWh };
  };
  return {
    ...rounding,
    heat: withMeter(rounding.heat, halfWhOf(columnOfDay(day, "heat_wh"))),
    cooling: withMeter(rounding.cooling, halfWhOf(columnOfDay(day, "cooling_wh"))),
  };
}
