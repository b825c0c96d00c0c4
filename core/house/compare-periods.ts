import { median, medianDeviation, type Observation, theilSen } from "../math/theil-sen.ts";

/** The figures of a day that can be compared; null where not known or meaningless on that day. */
export const comparedFigures = [
  "heating_w",
  "heating_electricity_w",
  "heating_cop",
  "hot_water_cop",
  "starts",
  "short_runs",
  "run_minutes",
] as const;
export type ComparedFigure = (typeof comparedFigures)[number];

/** A day of a period; means over the day in W, numbers a day, minutes a run. */
export type ComparedDay = {
  readonly outdoorC: number | null;
  readonly figures: Readonly<Record<ComparedFigure, number | null>>;
};

/** A figure before and after, at the same weather: that of the days after. */
export type Change = {
  /** Days of each period that have a similar day in the other. */
  readonly daysBefore: number;
  readonly daysAfter: number;
  /** The expected value of the days after by those before, and the real one; medians. */
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** Half the width of the interval around it; those of all seven figures hold the truth together with about 95 %. */
  readonly uncertainty: number;
  readonly verdict: "no_change" | "more" | "less";
};

export type Comparison =
  | { readonly comparable: true; readonly changes: Readonly<Record<ComparedFigure, Change | null>> }
  /** No days of similar weather, or too few. */
  | {
      readonly comparable: false;
      readonly outdoorBeforeC: OutdoorRange | null;
      readonly outdoorAfterC: OutdoorRange | null;
    };
export type OutdoorRange = { readonly from: number; readonly to: number };

/** Days are similar up to this difference of their mean outdoor temperatures: a house of 150 W/K needs 225 W more then. Chosen. */
const similarK = 1.5;
/** Of each period; with three a single odd day decides the median. Chosen. */
const leastDays = 4;
/** Differences that nobody would notice: a share of the value, and at least an amount. Chosen. */
const unnoticed: Record<ComparedFigure, { readonly share: number; readonly least: number }> = {
  heating_w: { share: 0.08, least: 60 },
  heating_electricity_w: { share: 0.08, least: 20 },
  heating_cop: { share: 0.04, least: 0 },
  hot_water_cop: { share: 0.05, least: 0 },
  starts: { share: 0.15, least: 1.5 },
  short_runs: { share: 0.2, least: 1.5 },
  run_minutes: { share: 0.2, least: 2 },
};

/** Standard error of a median, in those of a mean. */
const medianError = 1.253;
/** Two-sided 5 % shared among seven figures (Bonferroni): quantile of the normal distribution. */
const normalQuantile = 2.69;

/**
 * Compares two periods with the weather taken out: each day after is set against the days before that were as cold
 * (within 1.5 K, moved along the slope that days of either period show among themselves), and the median of the
 * differences is the change. A change is reported only where it is more than its uncertainty and than anyone would notice.
 */
export function comparePeriods(before: readonly ComparedDay[], after: readonly ComparedDay[]): Comparison {
  const changes = comparedFigures.map((figure) => [figure, changeOf(figure, before, after)] as const);
  if (changes.every(([, change]) => change === null)) {
    return { comparable: false, outdoorBeforeC: rangeOf(before), outdoorAfterC: rangeOf(after) };
  }
  return { comparable: true, changes: Object.fromEntries(changes) as Record<ComparedFigure, Change | null> };
}

function changeOf(
  figure: ComparedFigure,
  before: readonly ComparedDay[],
  after: readonly ComparedDay[],
): Change | null {
  const [first, second] = [observations(figure, before), observations(figure, after)];
  const matched = second.filter((day) => first.some((like) => isSimilar(day, like)));
  const used = first.filter((day) => second.some((like) => isSimilar(day, like)));
  if (matched.length < leastDays || used.length < leastDays) return null;
  const slope = slopeWithin(used, matched);
  const differences = matched.map((day) => day.y - likely(day, first, slope));
  const value = median(matched.map(({ y }) => y)) ?? 0;
  // None of the figures can have been below zero before.
  const difference = Math.min(median(differences) ?? 0, Math.max(0, value));
  const spread = Math.max(
    medianDeviation(differences, difference) ?? 0,
    medianDeviation(residuals(used, slope), 0) ?? 0,
  );
  const freedom = Math.min(matched.length, used.length) - 1;
  const uncertainty = studentT(freedom) * medianError * spread * Math.sqrt(1 / matched.length + 1 / used.length);
  const { share, least } = unnoticed[figure];
  const noticed = Math.abs(difference) > Math.max(uncertainty, least, share * Math.abs(value - difference));
  return {
    daysBefore: used.length,
    daysAfter: matched.length,
    before: value - difference,
    after: value,
    difference,
    uncertainty,
    verdict: noticed ? (difference > 0 ? "more" : "less") : "no_change",
  };
}

/** The same quantile of Student's t, by the first term of its expansion. */
function studentT(freedom: number): number {
  return normalQuantile + (normalQuantile ** 3 + normalQuantile) / (4 * freedom);
}

function observations(figure: ComparedFigure, days: readonly ComparedDay[]): Observation[] {
  return days.flatMap(({ outdoorC, figures }) => {
    const y = figures[figure];
    return outdoorC === null || y === null ? [] : [{ x: outdoorC, y }];
  });
}

function isSimilar(a: Observation, b: Observation): boolean {
  return Math.abs(a.x - b.x) <= similarK;
}

/** The value that the days before make likely for a day as cold as this one. */
function likely(day: Observation, before: readonly Observation[], slope: number): number {
  const moved = before.filter((like) => isSimilar(day, like)).map(({ x, y }) => y + slope * (day.x - x));
  return median(moved) ?? Number.NaN;
}

/** Change with the outdoor temperature, in each period by itself, so that a step between them is not taken for it. */
function slopeWithin(first: readonly Observation[], second: readonly Observation[]): number {
  const slopes = [
    { days: first.length, line: theilSen(first) },
    { days: second.length, line: theilSen(second) },
  ].filter(({ line }) => line !== null);
  const days = slopes.reduce((sum, each) => sum + each.days, 0);
  return days === 0 ? 0 : slopes.reduce((sum, each) => sum + ((each.line?.slope ?? 0) * each.days) / days, 0);
}

function residuals(days: readonly Observation[], slope: number): number[] {
  const intercept = median(days.map(({ x, y }) => y - slope * x)) ?? 0;
  return days.map(({ x, y }) => y - slope * x - intercept);
}

function rangeOf(days: readonly ComparedDay[]): OutdoorRange | null {
  const known = days.map(({ outdoorC }) => outdoorC).filter((value) => value !== null);
  return known.length === 0 ? null : { from: Math.min(...known), to: Math.max(...known) };
}
