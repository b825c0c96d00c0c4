import { meteredCoefficient } from "@heatloop/core/heat/heat-formula";
import type { OperationState } from "@heatloop/core/live/operation";
import { type Figure, heatFigures } from "@heatloop/core/minute/figures";
import { figuresOf, noSums } from "@heatloop/core/minute/minute-sums";
import { hourMs } from "@heatloop/core/time/durations";

/** The figures that follow from heat and operation alone. */
const meteredFigures = ["covered_s", ...heatFigures] as const;

/** A heat meter through the minutes; times in ms since the epoch. */
export type HeatMeter = {
  /** The power into the water, W, negative where it is taken out; null: not known. */
  take(watts: number | null, at: number): void;
  /** What the heat pump does from now on. */
  operate(operation: OperationState, at: number): void;
  /** Ends the running minute; empty where the meter never had a value. */
  close(at: number): Partial<Record<Figure, number | null>>;
};

/** Integrates a heat meter's power by operation, for a meter that measures heat rather than flow and temperatures. */
export function startHeatMeter(): HeatMeter {
  let watts: number | null = null;
  let hasValues = false;
  let operation: OperationState = "unknown";
  let bookedTo = Number.NEGATIVE_INFINITY;
  let sums = noSums();

  function bookTo(at: number): void {
    const ms = at - bookedTo;
    bookedTo = at;
    if (watts === null || operation === "unknown" || !(ms > 0) || !Number.isFinite(ms)) return;
    sums.coveredMs += ms;
    sums.heatWh[operation] += (watts * ms) / hourMs;
  }

  return {
    take(power, at) {
      bookTo(at);
      hasValues = true;
      watts = power;
    },
    operate(state, at) {
      bookTo(at);
      operation = state;
    },
    close(at) {
      bookTo(at);
      const figures = figuresOf(sums);
      sums = noSums();
      if (!hasValues) return {};
      const coefficient = figures.heat_wh === null ? null : meteredCoefficient;
      return {
        ...Object.fromEntries(meteredFigures.map((figure) => [figure, figures[figure]])),
        heat_coefficient_kwh_m3_k: coefficient,
      };
    },
  };
}
