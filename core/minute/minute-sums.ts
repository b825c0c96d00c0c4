import { type Operation, operations } from "../live/operation.ts";
import { round } from "../math/rounding.ts";
import { noMeterFigures } from "./external-meter.ts";
import type { Figure } from "./figures.ts";

/** The sums of a running minute so far. */
export type Sums = {
  /** Time in which operation and heat were known. */
  coveredMs: number;
  /** null until the counter has reported anything. */
  electricityWh: number | null;
  starts: number;
  defrosts: number;
  readonly ms: Record<Operation, number>;
  /** Heat into the water. */
  readonly heatWh: Record<Operation, number>;
};

/** The sums of a minute that has just begun. */
export function noSums(): Sums {
  const zero = { heating: 0, hot_water: 0, cooling: 0, defrost: 0, standby: 0 };
  return { coveredMs: 0, electricityWh: null, starts: 0, defrosts: 0, ms: { ...zero }, heatWh: { ...zero } };
}

/** The figures of a minute: energies to 0.001 Wh, times to the millisecond, so that the parts add up to the whole. */
export function figuresOf(sums: Sums): Record<Figure, number | null> {
  const { heatWh, ms, starts, defrosts } = sums;
  const covered = sums.coveredMs > 0;
  const known = starts + defrosts > 0 || operations.some((operation) => ms[operation] > 0);
  const heat = (wh: number) => (covered ? round(wh, 3) : null);
  const time = (operation: Operation) => (known ? round(ms[operation] / 1000, 3) : null);
  const heating = heat(heatWh.heating);
  const hotWater = heat(heatWh.hot_water);
  const defrost = heat(heatWh.defrost);
  const standby = heat(heatWh.standby);
  return {
    covered_s: round(sums.coveredMs / 1000, 3),
    heat_wh: covered ? round((heating ?? 0) + (hotWater ?? 0) + (defrost ?? 0) + (standby ?? 0), 3) : null,
    electricity_wh: sums.electricityWh,
    cooling_wh: heat(-heatWh.cooling),
    heating_wh: heating,
    hot_water_wh: hotWater,
    defrost_wh: defrost,
    standby_wh: standby,
    heating_s: time("heating"),
    hot_water_s: time("hot_water"),
    cooling_s: time("cooling"),
    defrost_s: time("defrost"),
    standby_s: time("standby"),
    starts: known ? starts : null,
    defrosts: known ? defrosts : null,
    ...noMeterFigures,
    heat_coefficient_kwh_m3_k: null,
  };
}
