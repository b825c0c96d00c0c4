/**
 * How long to wait before the next attempt, ms: `firstMs` after no failed attempt before it, twice as long after each
 * one more, at most `longestMs`. Where many clients would try at the same moment the caller shortens it at random.
 */
export function backoffMs(failedBefore: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** failedBefore);
}
