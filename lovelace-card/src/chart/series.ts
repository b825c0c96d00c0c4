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

/** A series of points that are in order already. The arrays are taken, not copied. */
export function seriesOf(at: Float64Array, values: Float32Array, length = at.length): GrowingSeries {
  let size = length;
  let times = at;
  let points = values;
  let lows = new Float32Array(Math.ceil(at.length / blockLength));
  let highs = new Float32Array(lows.length);
  let sums = new Float64Array(lows.length);
  let counts = new Uint8Array(lows.length);
  closeBlocks({ values: points, lows, highs, sums, counts }, 0, Math.floor(size / blockLength));

  function grow(): void {
    const room = Math.max(blockLength, times.length * 2);
    times = copied(times, new Float64Array(room));
    points = copied(points, new Float32Array(room));
    lows = copied(lows, new Float32Array(Math.ceil(room / blockLength)));
    highs = copied(highs, new Float32Array(lows.length));
    sums = copied(sums, new Float64Array(lows.length));
    counts = copied(counts, new Uint8Array(lows.length));
  }

  return {
    get length() {
      return size;
    },
    get at() {
      return times;
    },
    get values() {
      return points;
    },
    get lows() {
      return lows;
    },
    get highs() {
      return highs;
    },
    get sums() {
      return sums;
    },
    get counts() {
      return counts;
    },
    append(time, value) {
      const last = size === 0 ? Number.NEGATIVE_INFINITY : (times[size - 1] as number);
      if (!(time >= last)) return;
      if (time > last) size += 1;
      if (size > times.length) grow();
      times[size - 1] = time;
      points[size - 1] = value;
      const blocks = size / blockLength;
      if (Number.isInteger(blocks)) closeBlocks({ values: points, lows, highs, sums, counts }, blocks - 1, blocks);
    },
    dropBefore(time) {
      const first = firstAt({ at: times, length: size }, time) - 1;
      const dropped = Math.floor(first / blockLength) * blockLength;
      if (dropped < blockLength || dropped < size / 2) return;
      times.copyWithin(0, dropped, size);
      points.copyWithin(0, dropped, size);
      for (const each of [lows, highs, sums, counts]) each.copyWithin(0, dropped / blockLength);
      size -= dropped;
    },
  };
}

/** Notes what the points of whole blocks come to; in one loop over all, which a browser makes fast soonest. */
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
export function emptySeries(room = blockLength): GrowingSeries {
  return seriesOf(new Float64Array(room), new Float32Array(room), 0);
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
