import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, passed } from "@heatloop/core/time/durations";

/** More than a home that is well has in a day; what flips all the time is in the log of transitions. */
const mostInAnHour = 30;

/**
 * Whether something may be told once more within its hour. `left` is how many were left out since the last that was told,
 * undefined where this one is left out too.
 */
export function toldSeldom(clock: Pick<Clock, "now">): (what: string) => { readonly left: number } | undefined {
  const hours = new Map<string, { readonly since: number; told: number; left: number }>();
  return (what) => {
    const now = clock.now();
    const known = hours.get(what);
    const isNew = known === undefined || passed(known.since, now, hourMs);
    const hour = isNew ? { since: now, told: 0, left: known?.left ?? 0 } : known;
    hours.set(what, hour);
    if (hour.told >= mostInAnHour) {
      hour.left += 1;
      return undefined;
    }
    const { left } = hour;
    hour.told += 1;
    hour.left = 0;
    return { left };
  };
}
