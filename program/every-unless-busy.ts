import type { Clock } from "@heatloop/core/time/clock";

/** Does `work`, which is never rejected, each time, unless it is still at it; `stop` resolves when what goes on is over. */
export function everyUnlessBusy(
  clock: Pick<Clock, "every">,
  eachMs: number,
  work: () => Promise<void>,
): { stop(): Promise<void> } {
  let running: Promise<void> | undefined;
  const stopTimer = clock.every(eachMs, () => {
    running ??= work().finally(() => {
      running = undefined;
    });
  });
  return {
    async stop() {
      stopTimer();
      await running;
    },
  };
}
