/** One observation of y at x. */
export type Observation = { readonly x: number; readonly y: number };

/** y = intercept + slope x. */
export type StraightLine = { readonly slope: number; readonly intercept: number };

export type RobustLine = {
  readonly line: StraightLine;
  /** Typical distance of a kept observation from the line: 1.4826 x the median of the absolute residuals. */
  readonly spread: number;
  /** Positions of the observations that were left out. */
  readonly outliers: readonly number[];
};

/** So many pairs are enough; of more, an even selection is taken. */
const mostPairs = 250_000;
/** Makes the median of absolute deviations the standard deviation of a normal distribution. */
const normalScale = 1.4826;
/** Modified z-score of Iglewicz and Hoaglin above which a value is an outlier: 0.6745 x distance / MAD. */
const outlierScore = 3.5;
const largestOutlierShare = 0.2;

/** The middle value; the mean of the two in the middle of an even number; null of none. */
export function median(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const upper = sorted[sorted.length >> 1] as number;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[(sorted.length >> 1) - 1] as number)) / 2;
}

/** Median of the absolute deviations from `centre` (MAD), scaled like a standard deviation; null of none. */
export function medianDeviation(values: readonly number[], centre: number): number | null {
  const deviation = median(values.map((value) => Math.abs(value - centre)));
  return deviation === null ? null : normalScale * deviation;
}

/**
 * Theil-Sen: the median of the slopes of all pairs, through the median of what is left. Up to 29 % of wild
 * observations don't carry it away. null where no two have a different x.
 */
export function theilSen(observations: readonly Observation[]): StraightLine | null {
  const { length } = observations;
  const stride = Math.max(1, Math.ceil((length * (length - 1)) / 2 / mostPairs));
  const slopes: number[] = [];
  for (let distance = 1; distance < length; distance += stride) {
    for (let i = 0; i + distance < length; i += 1) {
      const a = observations[i] as Observation;
      const b = observations[i + distance] as Observation;
      if (a.x !== b.x) slopes.push((b.y - a.y) / (b.x - a.x));
    }
  }
  const slope = median(slopes);
  const intercept = slope === null ? null : median(observations.map(({ x, y }) => y - slope * x));
  return slope === null || intercept === null ? null : { slope, intercept };
}

/**
 * Theil-Sen without outliers: what is further from the line than 3.5 modified z-scores is left out, the furthest
 * first and never more than a fifth of all, and the line is drawn again. null where there is no line.
 */
export function robustLine(observations: readonly Observation[]): RobustLine | null {
  const first = theilSen(observations);
  if (first === null) return null;
  const distances = observations.map((each) => Math.abs(each.y - valueAt(first, each.x)));
  const typical = medianDeviation(distances, 0) ?? 0;
  // Where everything else lies on the line, rounding is no distance.
  const limit = Math.max(outlierScore * typical, 1e-9 * Math.max(...observations.map(({ y }) => Math.abs(y))));
  const outliers = distances
    .map((distance, i) => ({ distance, i }))
    .filter(({ distance }) => distance > limit)
    .sort((a, b) => b.distance - a.distance)
    .slice(0, Math.floor(observations.length * largestOutlierShare))
    .map(({ i }) => i);
  const left = new Set(outliers);
  const kept = observations.filter((_, i) => !left.has(i));
  const line = theilSen(kept) ?? first;
  const residuals = kept.map(({ x, y }) => y - valueAt(line, x));
  return { line, spread: medianDeviation(residuals, 0) ?? 0, outliers: outliers.sort((a, b) => a - b) };
}

/** y of a line at x. */
export function valueAt(line: StraightLine, x: number): number {
  return line.intercept + line.slope * x;
}
