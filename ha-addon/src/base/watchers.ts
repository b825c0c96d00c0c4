import type { Stop } from "@heatloop/core/time/clock";
import { type Log, stackOf } from "@heatloop/program/log";

/** Functions that are called when something changes. */
export type Watchers<A extends readonly unknown[]> = {
  add(watch: (...args: A) => void): Stop;
  /** Calls all of them in the order in which they were added. Never throws. */
  notify(...args: A): void;
};

/** Calls each with a value; what one of them throws is thrown once all were called. */
export function callEach<T>(watchers: Iterable<(value: T) => void>, value: T): void {
  let failure: { readonly error: unknown } | undefined;
  for (const watch of watchers) {
    try {
      watch(value);
    } catch (error) {
      failure ??= { error };
    }
  }
  if (failure !== undefined) throw failure.error;
}

/** Watchers of `what`, for the log: one that throws is named there, and the others are called all the same. */
export function watchersOf<A extends readonly unknown[]>(log: Log, what: string): Watchers<A> {
  const watchers = new Set<(...args: A) => void>();
  return {
    add(watch) {
      const own = (...args: A) => watch(...args);
      watchers.add(own);
      return () => watchers.delete(own);
    },
    notify(...args) {
      for (const watch of watchers) {
        try {
          watch(...args);
        } catch (error) {
          log.error(`${what} could not be followed everywhere; please report it`, { error: stackOf(error) });
        }
      }
    },
  };
}
