/** Points in the order of time, in typed arrays. A point with NaN begins a gap: the line ends there. */
export type Series = {
  readonly length: number;
  /** ms since the epoch; only the first `length` are points. */
  readonly at: Float64Array;
  readonly values: Float32Array;
  /** Lowest and highest of each `blockLength` points, NaN where all are; only whole blocks. */
  readonly lows: Float32Array;
  readonly highs: Float32Array;
  /** Sum of each block's points that are not NaN, and how many these are. */
  readonly sums: Float64Array;
  readonly counts: Uint8Array;
};

export type GrowingSeries = Series & {
  /** Adds a point at the end. One that is not after the last is left out, or takes its place if at the same time. */
  append(at: number, value: number): void;
  /** Forgets points that are no longer needed to draw from a time on, once they are most of all. */
  dropBefore(at: number): void;
};

/** A power of two: its extremes are found without looking at the points. */
export const blockLength = 64;

type Points = { -readonly [Name in keyof Series]: Series[Name] };

/** A series of points that are in order already. The arrays are taken, not copied. */
export function seriesOf(at: Float64Array, values: Float32Array, length = at.length): GrowingSeries {
  const blocks = Math.ceil(at.length / blockLength);
  const points: Points & GrowingSeries = {
    length,
    at,
    values,
    lows: new Float32Array(blocks),
    highs: new Float32Array(blocks),
    sums: new Float64Array(blocks),
    counts: new Uint8Array(blocks),
    append: (time, value) => append(points, time, value),
    dropBefore: (time) => dropBefore(points, time),
  };
  closeBlocks(points, 0, Math.floor(length / blockLength));
  return points;
}

function append(points: Points, time: number, value: number): void {
  const last = points.length === 0 ? Number.NEGATIVE_INFINITY : (points.at[points.length - 1] as number);
  if (!(time >= last)) return;
  if (time > last) points.length += 1;
  if (points.length > points.at.length) grow(points);
  points.at[points.length - 1] = time;
  points.values[points.length - 1] = value;
  const blocks = points.length / blockLength;
  if (Number.isInteger(blocks)) closeBlocks(points, blocks - 1, blocks);
}

function grow(points: Points): void {
  const capacity = Math.max(blockLength, points.at.length * 2);
  const blocks = Math.ceil(capacity / blockLength);
  points.at = copied(points.at, new Float64Array(capacity));
  points.values = copied(points.values, new Float32Array(capacity));
  points.lows = copied(points.lows, new Float32Array(blocks));
  points.highs = copied(points.highs, new Float32Array(blocks));
  points.sums = copied(points.sums, new Float64Array(blocks));
  points.counts = copied(points.counts, new Uint8Array(blocks));
}

function dropBefore(points: Points, time: number): void {
  const { at, values, lows, highs, sums, counts, length } = points;
  const first = firstAt(points, time) - 1;
  const dropped = Math.floor(first / blockLength) * blockLength;
  if (dropped < blockLength || dropped < length / 2) return;
  at.copyWithin(0, dropped, length);
  values.copyWithin(0, dropped, length);
  for (const each of [lows, highs, sums, counts]) each.copyWithin(0, dropped / blockLength);
  points.length = length - dropped;
}

/** Fills in what whole blocks hold; in one loop over all, which a browser makes fast soonest. */
function closeBlocks(
  { values, lows, highs, sums, counts }: Omit<Series, "length" | "at">,
  from: number,
  to: number,
): void {
  for (let block = from, index = from * blockLength; block < to; block++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let count = 0;
    for (const end = index + blockLength; index < end; index++) {
      const value = values[index] as number;
      if (value < low) low = value;
      if (value > high) high = value;
      // Not so for NaN.
      if (value >= low) {
        sum += value;
        count++;
      }
    }
    sums[block] = sum;
    counts[block] = count;
    lows[block] = count === 0 ? Number.NaN : low;
    highs[block] = count === 0 ? Number.NaN : high;
  }
}

/** A series without points, to be appended to. */
export function emptySeries(capacity = blockLength): GrowingSeries {
  return seriesOf(new Float64Array(capacity), new Float32Array(capacity), 0);
}

function copied<A extends Float32Array | Float64Array | Uint8Array>(from: A, to: A): A {
  to.set(from);
  return to;
}

/** The index of the first point at or after a time; `length` where there is none. */
export function firstAt({ at, length }: Pick<Series, "at" | "length">, time: number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((at[middle] as number) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
