import type { Log } from "@heatloop/program/log";

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
