/** Numbers that follow from a seed alone: the same seed gives the same numbers on every run. */
export type Random = {
  /** At least 0, below 1. */
  next(): number;
  between(min: number, max: number): number;
};

/** Numbers that follow from a seed: each is the hash of how many came before. */
export function startRandom(seed: number): Random {
  let index = 0;

  function next(): number {
    index += 1;
    return hashOf(seed, index);
  }

  return { next, between: (min, max) => min + (max - min) * next() };
}

/** The number of an index, at least 0 and below 1 (a 32-bit integer hash). */
export function hashOf(seed: number, index: number): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(index | 0, 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x7feb352d);
  h = Math.imul(h ^ (h >>> 15), 0x846ca68b);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
}

/** Continuous noise from -1 to 1 with a new independent value at each whole number. */
export function smoothNoise(seed: number, x: number): number {
  const whole = Math.floor(x);
  const part = x - whole;
  const from = hashOf(seed, whole);
  const to = hashOf(seed, whole + 1);
  return 2 * (from + (to - from) * part * part * (3 - 2 * part)) - 1;
}
