import { blockLength, firstAt, type Series } from "./series.ts";

/** Lowest, highest and mean value of each part of a span; NaN within a gap. */
export type Envelope = { readonly lows: Float64Array; readonly highs: Float64Array; readonly means: Float64Array };

/**
 * Summary of a dense line between time borders. Only a point with NaN begins a gap: where there is no point between two
 * borders the last value still holds.
 */
export function envelopeOf(series: Series, borders: ArrayLike<number>): Envelope {
  const { at, values } = series;
  const parts = borders.length - 1;
  const lows = new Float64Array(parts);
  const highs = new Float64Array(parts);
  const means = new Float64Array(parts);
  const summary = { low: 0, high: 0, sum: 0, count: 0 };
  let first = firstAt(series, borders[0] as number);
  const end = firstAt(series, borders[parts] as number);
  for (let part = 0; part < parts; part++) {
    const next = nextFrom(at, first, end, borders[part + 1] as number);
    gather(series, first, next, summary);
    const held = next === 0 || next === series.length ? Number.NaN : (values[next - 1] as number);
    const none = summary.count === 0;
    lows[part] = none ? held : summary.low;
    highs[part] = none ? held : summary.high;
    means[part] = none ? held : summary.sum / summary.count;
    first = next;
  }
  return { lows, highs, means };
}

/** More points than that to a day or a pixel column would be a solid band. */
const denseFrom = 4;

/**
 * Whether a line has more points than can be told apart in the parts of a span, where it has any: a week of minutes in a year
 * is dense too.
 */
export function isDense(series: Series, borders: ArrayLike<number>): boolean {
  const parts = borders.length - 1;
  let next = firstAt(series, borders[0] as number);
  const end = firstAt(series, borders[parts] as number);
  const most = (end - next) / denseFrom;
  if (most > parts) return true;
  let withPoints = 0;
  for (let part = 0; part < parts && next < end && withPoints < most; part++) {
    const first = next;
    next = nextFrom(series.at, first, end, borders[part + 1] as number);
    if (next > first) withPoints++;
  }
  return withPoints < most;
}

/** Sums up the points [from, to), by whole blocks where it can be. */
function gather(
  { values, lows, highs, sums, counts }: Series,
  from: number,
  to: number,
  into: { low: number; high: number; sum: number; count: number },
): void {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  let sum = 0;
  let count = 0;
  for (let index = from; index < to; ) {
    if (index % blockLength === 0 && index + blockLength <= to) {
      const block = index / blockLength;
      if ((lows[block] as number) < low) low = lows[block] as number;
      if ((highs[block] as number) > high) high = highs[block] as number;
      sum += sums[block] as number;
      count += counts[block] as number;
      index += blockLength;
      continue;
    }
    const value = values[index++] as number;
    if (value < low) low = value;
    if (value > high) high = value;
    // Not so for NaN.
    if (value >= low) {
      sum += value;
      count++;
    }
  }
  into.low = low;
  into.high = high;
  into.sum = sum;
  into.count = count;
}

/** The first index from `start` on whose time is not before `limit`; `end` where there is none. */
function nextFrom(at: Float64Array, start: number, end: number, limit: number): number {
  // Columns have about as many points each, so the next border is near: double the step, then halve it.
  let step = 16;
  let low = start;
  while (low + step < end && (at[low + step] as number) < limit) {
    low += step;
    step *= 2;
  }
  let high = Math.min(end, low + step);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
