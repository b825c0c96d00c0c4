import type { Clock, Stop } from "@heatloop/core/time/clock";

/** What setTimeout takes at most; anything above would run at once. */
const longestTimeoutMs = 2 ** 31 - 1;

/**
 * The machine's clock. `now` follows the wall clock and its corrections; timers count elapsed time, so a clock that
 * is set neither delays nor hastens them. `every` keeps its rhythm and leaves out what it was too busy for.
 * Timers keep the process alive until they are stopped.
 */
export function systemClock(): Clock {
  function after(ms: number, work: () => void): Stop {
    let timer: NodeJS.Timeout;
    function wait(restMs: number): void {
      const stepMs = Math.min(restMs, longestTimeoutMs);
      timer = setTimeout(() => (restMs > stepMs ? wait(restMs - stepMs) : work()), stepMs);
    }
    wait(Math.max(0, Math.ceil(ms)));
    return () => clearTimeout(timer);
  }

  function every(ms: number, work: () => void): Stop {
    if (!(ms > 0)) throw new RangeError(`a timer needs an interval above 0 ms, not ${ms}`);
    const startedAt = performance.now();
    let tick = 0;
    let stop: Stop;
    function next(): void {
      const elapsedMs = performance.now() - startedAt;
      // A timer may fire a fraction of a ms early: the same tick must not come twice.
      tick = Math.max(tick, Math.floor(elapsedMs / ms)) + 1;
      stop = after(tick * ms - elapsedMs, () => {
        next();
        work();
      });
    }
    next();
    return () => stop();
  }

  return { now: () => Date.now(), after, every };
}
