import type { Clock, Stop } from "@heatloop/core/time/clock";

/**
 * A time that several processes share: it showed `at` (ms since the epoch) when the machine's monotonic clock, which is one
 * for all processes, was at `monotonicMs`, and passes `speed` times as fast. `aheadMs` is how far somebody has set the
 * clock; timers count the time that passes and do not notice.
 */
export type SharedTime = {
  readonly at: number;
  readonly monotonicMs: number;
  readonly speed: number;
  readonly aheadMs: number;
};

/** A clock that follows a shared time, also when its speed changes or it is set. */
export type SharedClock = Clock & { set(time: SharedTime): void; time(): SharedTime };

/** The machine's time since its start, ms: the same in every process, and never set. */
export function monotonicMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What setTimeout takes at most. */
const longestTimerMs = 2 ** 31 - 1;

type Pending = { readonly dueAt: number; readonly work: () => void; timer: NodeJS.Timeout | undefined };

/** A clock of a time. Its timers wait for the time that passes, whatever its speed becomes meanwhile. */
export function sharedClock(start: SharedTime): SharedClock {
  let time = start;
  const pending = new Set<Pending>();
  const passed = () => time.at + (monotonicMs() - time.monotonicMs) * time.speed;

  function arm(one: Pending): void {
    clearTimeout(one.timer);
    const waitMs = Math.max(1, (one.dueAt - passed()) / time.speed);
    one.timer = setTimeout(() => ring(one), Math.min(longestTimerMs, waitMs));
  }

  function ring(one: Pending): void {
    if (passed() < one.dueAt) {
      arm(one);
      return;
    }
    pending.delete(one);
    one.work();
  }

  function at(dueAt: number, work: () => void): Stop {
    const one: Pending = { dueAt, work, timer: undefined };
    pending.add(one);
    arm(one);
    return () => {
      pending.delete(one);
      clearTimeout(one.timer);
    };
  }

  function every(ms: number, work: () => void): Stop {
    const begunAt = passed();
    let stop: Stop;
    const next = (tick: number) => {
      stop = at(begunAt + tick * ms, () => {
        next(Math.max(tick, Math.floor((passed() - begunAt) / ms)) + 1);
        work();
      });
    };
    next(1);
    return () => stop();
  }

  return {
    now: () => passed() + time.aheadMs,
    after: (ms, work) => at(passed() + Math.max(0, ms), work),
    every,
    time: () => time,
    set(changed) {
      time = changed;
      for (const one of pending) arm(one);
    },
  };
}
