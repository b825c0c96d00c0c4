import type { DayEnergy } from "../energy/day-energy.ts";
import { controllerOffsetShare } from "../energy/heat-sides.ts";
import { coverageFactor } from "../energy/uncertainty.ts";
import { median, medianDeviation } from "../math/theil-sen.ts";

/** Two meters of the same thing on one day, Wh. */
export type MeterPair = { readonly date: string; readonly ownWh: number; readonly otherWh: number };

/** How one meter follows another over some weeks: other = ratio x own. */
export type MeterFit = {
  readonly ratio: number;
  /** The true ratio lies between these with 95 %. */
  readonly low: number;
  readonly high: number;
  /** Days that count, and days left out because they lie far off the others. */
  readonly days: number;
  readonly outliers: number;
};

/**
 * A systematic error, and a correction to offer; nothing applies it by itself. For heat the correction leaves out the
 * usual offset of the controller.
 */
export type MeterFinding = MeterFit & {
  readonly kind: "flow" | "temperature" | "heat" | "counter";
  /** Multiplies our figure; or, for `temperature`, is added to flow minus return. */
  readonly correction: { readonly factor: number } | { readonly differenceK: number };
};

/** Two weeks have the days of a week twice, and enough ratios for a range by the sign test. Chosen. */
const leastDays = 14;
/** Days of less are too coarse to compare. */
const leastWh = 3000;
/** Modified z-score of Iglewicz and Hoaglin. */
const outlierScore = 3.5;
/** A smaller deviation is within the error of the meters themselves (docs/energy/sources.md, Comparison over weeks). */
const leastShare = 0.03;
const leastHeatShare = 0.05;
/** Ratio of the controller's heat to ours in a system without a fault. */
export const usualHeatRatio = 1 / (1 + controllerOffsetShare);
/** One explanation is better than another where it leaves less than this share of the other's residual. */
const muchBetter = 0.5;
/** A smaller offset is within the resolution of the published temperatures, 0.1 K. */
const leastDifferenceK = 0.1;

/**
 * The robust ratio of two meters: the median of the days' ratios, each day with its own weight of one; days beyond 3.5
 * modified z-scores are left out. Its range follows from the order of the ratios (sign test). null with less than 14
 * days of at least 3 kWh.
 */
export function fitMeters(pairs: readonly MeterPair[]): MeterFit | null {
  const ratios = pairs
    .filter(({ ownWh, otherWh }) => ownWh >= leastWh && otherWh > 0)
    .map(({ ownWh, otherWh }) => otherWh / ownWh);
  const centre = median(ratios);
  const spread = centre === null ? null : medianDeviation(ratios, centre);
  if (centre === null || spread === null) return null;
  const limit = Math.max(outlierScore * spread, 1e-6);
  const kept = ratios.filter((ratio) => Math.abs(ratio - centre) <= limit).sort((a, b) => a - b);
  const ratio = median(kept);
  if (ratio === null || kept.length < leastDays) return null;
  // Of n values in order the median lies between these with 95 % (binomial, normal approximation).
  const steps = Math.ceil((coverageFactor / 2) * Math.sqrt(kept.length));
  const middle = (kept.length - 1) / 2;
  return {
    ratio,
    low: kept[Math.max(0, Math.floor(middle - steps))] as number,
    high: kept[Math.min(kept.length - 1, Math.ceil(middle + steps))] as number,
    days: kept.length,
    outliers: ratios.length - kept.length,
  };
}

/**
 * Compares, over weeks of complete days, our heat with the controller's totals, and the heat pump's counter with the
 * external meter, and names what is systematically off. Heat that is off in proportion is the flow sensor's (or glycol);
 * heat that is off with the water that went round is a temperature sensor's.
 */
export function meterFindings(days: readonly DayEnergy[]): readonly MeterFinding[] {
  const complete = days.filter((day) => day.complete);
  return [heatFinding(complete), counterFinding(complete)].flatMap((finding) => finding ?? []);
}

type HeatPair = MeterPair & { readonly waterWhPerK: number };

/** Our heat and cold without what defrosts took back, which the controller does not deduct either. */
function heatPairs(days: readonly DayEnergy[]): HeatPair[] {
  return days.flatMap(({ date, heatWh, coolingWh, parts, controller, waterWhPerK }) => {
    if (heatWh === null || controller?.heatingHeatWh == null || controller.hotWaterHeatWh === null) return [];
    const ownWh = heatWh - (parts.defrost.heatWh ?? 0) + (coolingWh ?? 0);
    const otherWh = controller.heatingHeatWh + controller.hotWaterHeatWh + (controller.coolingHeatWh ?? 0);
    return [{ date, ownWh, otherWh, waterWhPerK }];
  });
}

function heatFinding(days: readonly DayEnergy[]): MeterFinding | null {
  const pairs = heatPairs(days).filter(({ ownWh }) => ownWh >= leastWh);
  const fit = fitMeters(pairs);
  if (fit === null || isFair(fit, usualHeatRatio, leastHeatShare)) return null;
  const factor = fit.ratio / usualHeatRatio;
  const differencesK = pairs.map(({ ownWh, otherWh, waterWhPerK }) => (otherWh / usualHeatRatio - ownWh) / waterWhPerK);
  const differenceK = median(differencesK.filter(Number.isFinite)) ?? 0;
  const restOf = (expected: (pair: HeatPair) => number) =>
    median(pairs.map((pair) => Math.abs(pair.otherWh / usualHeatRatio - expected(pair)))) ?? 0;
  const byFactor = restOf(({ ownWh }) => ownWh * factor);
  const byDifference = restOf(({ ownWh, waterWhPerK }) => ownWh + waterWhPerK * differenceK);
  if (byDifference < muchBetter * byFactor && Math.abs(differenceK) >= leastDifferenceK) {
    const rounded = Math.round(differenceK * 100) / 100;
    return {
      ...fit,
      kind: "temperature",
      correction: { differenceK: rounded },
    };
  }
  const isFlow = byFactor < muchBetter * byDifference;
  return {
    ...fit,
    kind: isFlow ? "flow" : "heat",
    correction: { factor: Math.round(factor * 1000) / 1000 },
  };
}

/** Whether the external meter measures all that the counter counts: pumps too, and the immersion heater if it ran. */
function seesAll({ copBoundary, withImmersion, consumers }: DayEnergy): boolean {
  const isHeaterBeside = withImmersion !== null && consumers?.immersion_heater === 0;
  return (withImmersion?.boundary ?? copBoundary) !== "H3" && !isHeaterBeside;
}

/** The heat pump's own counter against the external meter. */
function counterFinding(days: readonly DayEnergy[]): MeterFinding | null {
  const pairs = days.filter(seesAll).flatMap(({ date, sources: { electricity } }) => {
    const counter = electricity?.others.find(({ source }) => source === "counter");
    if (electricity?.source !== "meter" || counter === undefined) return [];
    return [{ date, ownWh: counter.wh, otherWh: electricity.wh }];
  });
  const fit = fitMeters(pairs);
  if (fit === null || isFair(fit, 1, leastShare)) return null;
  const factor = Math.round(fit.ratio * 1000) / 1000;
  return {
    ...fit,
    kind: "counter",
    correction: { factor },
  };
}

/** Whether a ratio is as near to the usual one as meters may be, or cannot be distinguished from it. */
function isFair({ ratio, low, high }: MeterFit, usual: number, share: number): boolean {
  return Math.abs(ratio / usual - 1) < share || (low <= usual && high >= usual);
}
