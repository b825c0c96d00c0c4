import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";

/** What happened within the last hour, counted by key. */
export type LastHour = {
  add(key: string): void;
  count(key: string): number;
  /** Whether it has counted for an hour. */
  isWhole(): boolean;
};

/** More of one key are not told apart. */
const mostCounted = 1_000;

/** Counts what is added for an hour, by the clock; what seems to come is of before the clock was set back, and counts. */
export function countLastHour(clock: Pick<Clock, "now">): LastHour {
  const startedAt = clock.now();
  const times = new Map<string, readonly number[]>();
  const recent = (key: string) => {
    const now = clock.now();
    return (times.get(key) ?? []).filter((at) => Math.abs(now - at) < hourMs);
  };
  return {
    add: (key) => times.set(key, [...recent(key), clock.now()].slice(-mostCounted)),
    count: (key) => recent(key).length,
    isWhole: () => Math.abs(clock.now() - startedAt) >= hourMs,
  };
}
