import type { Clock, Stop } from "@heatloop/core/time/clock";

const longestTimerMs = 2 ** 31 - 1;

/**
 * The real time, `speed` times as fast, from `startAt` on (now where absent; ms since the epoch). It goes on evenly
 * whatever happens to the machine's clock.
 */
export function wallClock(options: { readonly speed?: number; readonly startAt?: number } = {}): Clock {
  const { speed = 1, startAt = Date.now() } = options;
  const begunAt = performance.now();
  const now = () => startAt + (performance.now() - begunAt) * speed;
  const realMs = (ms: number) => Math.min(longestTimerMs, Math.max(1, ms / speed));

  function after(ms: number, work: () => void): Stop {
    const dueAt = now() + ms;
    let timer: NodeJS.Timeout;
    // Node's timers hold 24.8 days at most.
    const wait = () => {
      timer = setTimeout(() => (now() < dueAt - 1 ? wait() : work()), realMs(dueAt - now()));
    };
    wait();
    return () => clearTimeout(timer);
  }

  function every(ms: number, work: () => void): Stop {
    const timer = setInterval(work, realMs(ms));
    return () => clearInterval(timer);
  }

  return { now, after, every };
}
