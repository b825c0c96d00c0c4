import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "./log.ts";

/** One thing that ends: `what` as a person names it, and how long it may take where that is less than all together. */
export type ShutdownStep = {
  readonly what: string;
  readonly withinMs?: number;
  readonly end: () => Promise<void> | void;
};

/**
 * Ends one thing after the other, all of them within `withinMs`. What fails or takes too long is logged and left behind, so
 * that the next one is ended too.
 */
export async function endInOrder(
  endings: readonly ShutdownStep[],
  { clock, log, withinMs }: { readonly clock: Clock; readonly log: Log; readonly withinMs: number },
): Promise<void> {
  const all = deadline(clock, withinMs);
  for (const { what, end, withinMs: stepMs = withinMs } of endings) {
    const step = deadline(clock, stepMs);
    try {
      const ended = Promise.resolve(end()).then(() => true);
      if (!(await Promise.race([ended, step.over, all.over]))) {
        log.warn("something did not end in time and is left behind", { what });
      }
    } catch (error) {
      log.error("something could not end as it should", { what, error: String(error) });
    } finally {
      step.stop();
    }
  }
  all.stop();
}

function deadline(clock: Clock, ms: number) {
  const { promise, resolve } = Promise.withResolvers<false>();
  return { over: promise, stop: clock.after(ms, () => resolve(false)) };
}
