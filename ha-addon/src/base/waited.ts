import type { Clock } from "@heatloop/core/time/clock";

/** Resolved after so many ms, or once `ended` is aborted. */
export function waited(clock: Pick<Clock, "after">, ms: number, ended: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (ended.aborted) return resolve();
    const finish = () => {
      stop();
      ended.removeEventListener("abort", finish);
      resolve();
    };
    const stop = clock.after(ms, finish);
    ended.addEventListener("abort", finish);
  });
}
