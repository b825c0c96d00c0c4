import type { Clock, Stop } from "@heatloop/core/time/clock";

/** Timers by key, at most one for each. */
export type KeyedTimers = {
  /** Runs `work` in `ms`, in place of what waits under the same key; never after `stop`. */
  after(key: string, ms: number, work: () => void): void;
  cancel(key: string): void;
  isWaiting(key: string): boolean;
  isStopped(): boolean;
  /** Cancels all of them, for good. */
  stop(): void;
};

export function keyedTimers(clock: Clock): KeyedTimers {
  const waiting = new Map<string, Stop>();
  let stopped = false;

  function cancel(key: string): void {
    waiting.get(key)?.();
    waiting.delete(key);
  }

  return {
    after(key, ms, work) {
      if (stopped) return;
      cancel(key);
      waiting.set(
        key,
        clock.after(ms, () => {
          waiting.delete(key);
          work();
        }),
      );
    },
    cancel,
    isWaiting: (key) => waiting.has(key),
    isStopped: () => stopped,
    stop() {
      stopped = true;
      for (const key of [...waiting.keys()]) cancel(key);
    },
  };
}
