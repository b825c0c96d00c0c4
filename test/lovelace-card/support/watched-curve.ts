import type { HeatingCurve } from "@heatloop/core/house/heating-curve";
import { neededFlow } from "@heatloop/core/house/needed-flow";

const house = {
  heatLossWPerK: 170,
  baseTemperatureC: 16,
  spreadW: 250,
  days: 120,
  outliers: [],
  fromOutdoorC: -7,
  toOutdoorC: 14,
};
const emitters = {
  coefficient: 15_000 / 50 ** 1.3,
  exponent: 1.3,
  roomC: 20.8,
  isRoomAssumed: false,
  waterWPerK: 1100,
  days: 96,
};

/** A winter with a flow some kelvin warmer than the house needs, on a curve of two points. */
const used = Array.from({ length: 24 }, (_, i) => {
  const outdoorC = i - 9;
  const minutes = Math.round(9000 * Math.exp(-(((outdoorC - 4) / 6) ** 2)));
  return { outdoorC, flowC: 38.5 - 0.6 * outdoorC + Math.sin(i * 2) * 0.8, minutes, heatWh: (minutes / 60) * 4000 };
});

/** The heating curve of a house that follows the heat pump's own curve. */
export function watchedCurve(): HeatingCurve {
  const heating = { carnotHeatWh: 5_000_000, idealHeatWh: 11_000_000 };
  return {
    used,
    curves: { zone_1: used.map((point) => ({ ...point, flowC: 39 - 0.6 * point.outdoorC })), zone_2: [] },
    needed: { ...neededFlow({ house, emitters, coldestC: -12, used, heating }), emitters },
    why: null,
    assumptions: ["exponent", "beyond_seen", "share_of_carnot"],
  };
}
