import type { Span } from "./chart.ts";
import { blockLength, firstAt, type Series } from "./series.ts";

/** Lowest, highest and mean value of each pixel column; NaN within a gap. */
export type Envelope = { readonly lows: Float64Array; readonly highs: Float64Array; readonly means: Float64Array };

/**
 * What a line of very many points comes to in so many pixel columns. Only a point with NaN begins a gap: in a column
 * without a point the last value still holds. `meanOver`: the mean is that of so many columns around each, as a mean of
 * hours beats with the day.
 */
export function envelopeOf(series: Series, { from, to }: Span, columns: number, meanOver: number): Envelope {
  const { at, values } = series;
  const lows = new Float64Array(columns);
  const highs = new Float64Array(columns);
  const sums = new Float64Array(columns);
  const counts = new Float64Array(columns);
  const found = { low: 0, high: 0, sum: 0, count: 0 };
  let first = Math.max(0, firstAt(series, from) - 1);
  const end = firstAt(series, to);
  for (let column = 0; column < columns; column++) {
    const next = nextFrom(at, first, end, from + ((to - from) * (column + 1)) / columns);
    gather(series, first, next, found);
    const held = next === 0 || next === series.length ? Number.NaN : (values[next - 1] as number);
    const none = found.count === 0;
    lows[column] = none ? held : found.low;
    highs[column] = none ? held : found.high;
    sums[column] = none ? held : found.sum;
    counts[column] = none ? 1 : found.count;
    first = next;
  }
  return { lows, highs, means: meansOf(sums, counts, meanOver) };
}

function meansOf(sums: Float64Array, counts: Float64Array, over: number): Float64Array {
  const half = Math.floor(over / 2);
  return sums.map((own, column) => {
    if (Number.isNaN(own)) return own;
    let [sum, count] = [0, 0];
    for (let each = Math.max(0, column - half); each <= Math.min(sums.length - 1, column + half); each++) {
      if (Number.isNaN(sums[each])) continue;
      sum += sums[each] as number;
      count += counts[each] as number;
    }
    return sum / count;
  });
}

/** What the points [from, to) come to, by whole blocks where it can be. */
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
