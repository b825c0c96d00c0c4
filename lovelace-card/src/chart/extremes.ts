import type { TimeSpan } from "./chart.ts";
import { blockLength, firstAt, type Series } from "./series.ts";

/** Lowest and highest value of a series. */
export type Extremes = { readonly low: number; readonly high: number };

/** Those within a span and at its two neighbours, as the line comes from and goes there; undefined where there is none. */
export function extremesOf(series: Series, { from, to }: TimeSpan): Extremes | undefined {
  const { values, lows, highs } = series;
  const end = Math.min(series.length, firstAt(series, to) + 1);
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let index = Math.max(0, firstAt(series, from) - 1); index < end; ) {
    const whole = index % blockLength === 0 && index + blockLength <= end;
    const place = whole ? index / blockLength : index;
    const lowest = (whole ? lows[place] : values[place]) as number;
    const highest = (whole ? highs[place] : values[place]) as number;
    // NaN is neither lower nor higher.
    if (lowest < low) low = lowest;
    if (highest > high) high = highest;
    index += whole ? blockLength : 1;
  }
  return low > high ? undefined : { low, high };
}
