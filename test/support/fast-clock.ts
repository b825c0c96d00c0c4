import type { Clock, Stop } from "@heatloop/core/time/clock";

/** Time that was `startAt` when the machine's clock was at `anchorMs`, and passes `speed` times as fast. */
export type FastTime = { readonly startAt: number; readonly anchorMs: number; readonly speed: number };

/** A clock of fast time: the same in every process that is given the same. */
export function fastClock({ startAt, anchorMs, speed }: FastTime): Clock {
  const now = () => startAt + (Date.now() - anchorMs) * speed;

  function after(ms: number, work: () => void): Stop {
    const dueAt = now() + ms;
    let timer: NodeJS.Timeout;
    const wait = () => {
      timer = setTimeout(() => (now() < dueAt ? wait() : work()), Math.max(1, (dueAt - now()) / speed));
    };
    wait();
    return () => clearTimeout(timer);
  }

  return {
    now,
    after,
    every(ms, work) {
      const timer = setInterval(work, Math.max(1, ms / speed));
      return () => clearInterval(timer);
    },
  };
}
