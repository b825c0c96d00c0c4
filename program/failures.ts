import { secondMs } from "@heatloop/core/time/durations";

/** How many failures are free, how long one counts, and the longest wait after more of them. */
export type Allowance = { readonly free: number; readonly forgivenAfterMs: number; readonly longestWaitMs: number };

/** Failures that count, and when the last one was, or was forgiven; ms since the epoch. */
export type Failures = { count: number; since: number };

/**
 * How long from now on no try may be made, ms: after the free ones 1 s, then twice as long each time. Forgives what is long
 * enough ago.
 */
export function waitAfter(
  failures: Failures,
  { free, forgivenAfterMs, longestWaitMs }: Allowance,
  now: number,
): number {
  // A clock that was set back says nothing about how long ago it was.
  if (now < failures.since) failures.since = now;
  const waited = now - failures.since;
  const over = failures.count - free;
  if (over >= 0) {
    const waitMs = Math.min(secondMs * 2 ** over, longestWaitMs);
    if (waited < waitMs) return waitMs - waited;
  }
  const forgiven = Math.min(failures.count, Math.floor(waited / forgivenAfterMs));
  failures.count -= forgiven;
  failures.since += forgiven * forgivenAfterMs;
  return 0;
}
