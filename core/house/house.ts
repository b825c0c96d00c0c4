import { median, medianDeviation, robustLine } from "../math/theil-sen.ts";

/** The figures of a day that a house is learned from. */
export type HouseDay = {
  /** Local date. */
  readonly date: string;
  /** Mean outdoors over the day, °C; null where too little of it was seen. */
  readonly outdoorC: number | null;
  /** Heat into the house, Wh: heating with its defrosts and the pump's after-run; null where not known. */
  readonly heatingWh: number | null;
  readonly hotWaterWh: number | null;
  /** Hours of the local day: 23, 24 or 25. */
  readonly hours: number;
  /** Share of the day that was seen, 0 to 1. */
  readonly coverage: number;
};

/** Heat demand of a house: heatLossWPerK x (baseTemperatureC - outdoors), and nothing above the base temperature. */
export type House = {
  readonly heatLossWPerK: number;
  /** Outdoors at which the house needs no heating: that of the rooms, less the warmth of sun, people and appliances. */
  readonly baseTemperatureC: number;
  /** Typical distance of a day from the line, W. */
  readonly spreadW: number;
  /** Days behind the line, and those left out as outliers. */
  readonly days: number;
  readonly outliers: readonly string[];
  /** Coldest and warmest of the days behind the line: beyond these the line is extrapolated. */
  readonly fromOutdoorC: number;
  readonly toOutdoorC: number;
};

/** Why a house is not known yet. */
export type HouseUnknown = "too_few_days" | "too_little_cold" | "no_relation";
export type HouseModel = { readonly house: House } | { readonly house: null; readonly why: HouseUnknown };

/** A day counts when this share of it was logged; its mean power is that of the logged time. Chosen. */
const leastCoverage = 0.9;
/** Fewer days, or days that are all equally cold, make a line that the next week overturns. Chosen. */
const leastDays = 10;
const leastRangeK = 4;
/** Where the search for the base temperature begins: that of degree days in Europe (15 °C, Eurostat). */
const firstBaseC = 15;
/** This close to the base temperature a sunny day needs no heat, and would bend the line. */
const belowBaseK = 1.5;
/** Where two bases alternate, the search ends all the same. Chosen. */
const mostRounds = 12;
/** The base temperature is found when a round moves it by less. */
const sameBaseK = 0.05;
/** A smaller difference than this share is not reported. Chosen: nobody would notice it. */
const unnoticedShare = 0.05;

type Observed = { readonly date: string; readonly x: number; readonly y: number };

/**
 * Learns a house by Theil-Sen from its days' mean outdoor temperatures and mean heat (W), without outliers (MAD, at
 * most a fifth). Days less than 1.5 K below the base temperature are left out, so the base is found in rounds.
 */
export function houseModel(days: readonly HouseDay[]): HouseModel {
  const known = days.map(observed).filter((day) => day !== null);
  let baseC = firstBaseC;
  let model: HouseModel = { house: null, why: "too_few_days" };
  for (let round = 0; round < mostRounds; round += 1) {
    const cold = known.filter(({ x }) => x < baseC - belowBaseK);
    model = houseOf(cold);
    if (model.house === null || Math.abs(model.house.baseTemperatureC - baseC) < sameBaseK) break;
    baseC = model.house.baseTemperatureC;
  }
  return model;
}

function observed({ date, outdoorC, heatingWh, hours, coverage }: HouseDay): Observed | null {
  if (outdoorC === null || heatingWh === null || coverage < leastCoverage) return null;
  return { date, x: outdoorC, y: heatingWh / (hours * coverage) };
}

function houseOf(days: readonly Observed[]): HouseModel {
  if (days.length < leastDays) return { house: null, why: "too_few_days" };
  const temperatures = days.map(({ x }) => x);
  const fromOutdoorC = Math.min(...temperatures);
  const toOutdoorC = Math.max(...temperatures);
  if (toOutdoorC - fromOutdoorC < leastRangeK) return { house: null, why: "too_little_cold" };
  const fit = robustLine(days);
  if (fit === null || fit.line.slope >= 0) return { house: null, why: "no_relation" };
  const heatLossWPerK = -fit.line.slope;
  return {
    house: {
      heatLossWPerK,
      baseTemperatureC: fit.line.intercept / heatLossWPerK,
      spreadW: fit.spread,
      days: days.length - fit.outliers.length,
      outliers: fit.outliers.map((i) => days[i]?.date ?? "").sort(),
      fromOutdoorC,
      toOutdoorC,
    },
  };
}

/** Mean heat that the house needs at an outdoor temperature, W. */
export function heatDemandW(house: House, outdoorC: number): number {
  return Math.max(0, house.heatLossWPerK * (house.baseTemperatureC - outdoorC));
}

export type Expectation = {
  readonly expectedWh: number;
  readonly realWh: number;
  /** Real less expected, and as a share of what was expected (null where nothing was). */
  readonly differenceWh: number;
  readonly differenceShare: number | null;
  /** More or less than days usually differ: beyond twice the spread, and 5 %. */
  readonly verdict: "as_expected" | "more" | "less";
};

/** A day against the house; the house should be learned without it. null where the day is not known well enough. */
export function expectedAgainstReal(house: House, day: HouseDay): Expectation | null {
  const real = observed(day);
  if (real === null) return null;
  const expectedW = heatDemandW(house, real.x);
  const differenceW = real.y - expectedW;
  const usual = Math.abs(differenceW) <= Math.max(2 * house.spreadW, unnoticedShare * expectedW);
  return {
    expectedWh: expectedW * day.hours,
    realWh: real.y * day.hours,
    differenceWh: differenceW * day.hours,
    differenceShare: expectedW > 0 ? differenceW / expectedW : null,
    verdict: usual ? "as_expected" : differenceW > 0 ? "more" : "less",
  };
}

/** Hot water that a day takes, Wh: the median, and how much days differ; null before ten days are known. */
export function hotWaterBaseLoad(
  days: readonly HouseDay[],
): { readonly whPerDay: number; readonly spreadWh: number } | null {
  const heats = days
    .filter(({ hotWaterWh, coverage }) => hotWaterWh !== null && coverage >= leastCoverage)
    .map(({ hotWaterWh, coverage }) => (hotWaterWh ?? 0) / coverage);
  const whPerDay = median(heats);
  if (whPerDay === null || heats.length < leastDays) return null;
  return { whPerDay, spreadWh: medianDeviation(heats, whPerDay) ?? 0 };
}
