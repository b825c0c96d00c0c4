import type { Log } from "./log.ts";

/** A log that calls `counted` at each error beside writing it. */
export function countedErrors<L extends Log>(log: L, counted: () => void): L {
  return {
    ...log,
    error(message, fields) {
      counted();
      log.error(message, fields);
    },
  };
}
