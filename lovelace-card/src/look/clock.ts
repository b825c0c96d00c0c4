import type { Clock } from "@heatloop/core/time/clock";

/** The browser's clock. */
export const browserClock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = setTimeout(work, ms);
    return () => clearTimeout(timer);
  },
  every(ms, work) {
    const timer = setInterval(work, ms);
    return () => clearInterval(timer);
  },
};

/** A clock that is so far ahead of another, whose timers it uses: the browser's own may be wrong. */
export function aheadClock(clock: Clock, aheadMs: () => number): Clock {
  return { ...clock, now: () => clock.now() + aheadMs() };
}
