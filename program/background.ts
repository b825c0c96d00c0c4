import type { Clock } from "@heatloop/core/time/clock";
import { type Log, stackOf } from "./log.ts";

/**
 * Work that goes on beside the measuring (archive maintenance, prices, reports ...) as a function that neither throws nor rejects: an
 * error that nobody expected is logged as one of `what`, and the next call tries again.
 */
export function inBackground<A extends readonly unknown[]>(
  log: Log,
  what: string,
  work: (...args: A) => Promise<void> | void,
): (...args: A) => Promise<void> {
  return async (...args) => {
    try {
      await work(...args);
    } catch (error) {
      log.error(`${what}: an error that Heatloop did not expect; it is tried again. Please report it`, {
        error: stackOf(error),
      });
    }
  };
}

/** A clock whose timers do their work in the background. */
export function backgroundClock(clock: Clock, log: Log, what: string): Clock {
  const guarded = (work: () => void) => {
    const run = inBackground(log, what, work);
    return () => void run();
  };
  return {
    now: clock.now,
    after: (ms, work) => clock.after(ms, guarded(work)),
    every: (ms, work) => clock.every(ms, guarded(work)),
  };
}
