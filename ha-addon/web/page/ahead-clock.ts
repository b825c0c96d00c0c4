import type { Clock } from "@heatloop/core/time/clock";

/** A clock that is so far ahead of another, whose timers it uses: the browser's own may be wrong. */
export function aheadClock(clock: Clock, aheadMs: () => number): Clock {
  return { ...clock, now: () => clock.now() + aheadMs() };
}
