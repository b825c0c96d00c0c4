import type { Clock, Stop } from "@heatloop/core/time/clock";

/** A clock that stands still until it is advanced; timers run in their order, at their own time. */
export type SimulatedClock = Clock & {
  /** Goes on to `at`, running what is due on the way. */
  advanceTo(at: number): void;
  /** Sets the time without running anything: a clock that was corrected. */
  jumpTo(at: number): void;
};

type Timer = { at: number; readonly everyMs: number | undefined; readonly work: () => void };

/** A simulated clock that shows `startAt`, ms since the epoch. */
export function simulatedClock(startAt: number): SimulatedClock {
  let now = startAt;
  const timers = new Set<Timer>();

  function start(timer: Timer): Stop {
    timers.add(timer);
    return () => timers.delete(timer);
  }

  function nextUntil(at: number): Timer | undefined {
    let next: Timer | undefined;
    for (const timer of timers) {
      if (timer.at <= at && (next === undefined || timer.at < next.at)) next = timer;
    }
    return next;
  }

  return {
    now: () => now,
    after: (ms, work) => start({ at: now + ms, everyMs: undefined, work }),
    every: (ms, work) => start({ at: now + ms, everyMs: ms, work }),
    advanceTo(at) {
      for (let timer = nextUntil(at); timer !== undefined; timer = nextUntil(at)) {
        now = Math.max(now, timer.at);
        if (timer.everyMs === undefined) timers.delete(timer);
        else timer.at += timer.everyMs;
        timer.work();
      }
      now = Math.max(now, at);
    },
    jumpTo(at) {
      const shift = at - now;
      for (const timer of timers) timer.at += shift;
      now = at;
    },
  };
}
