import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";

/** The newest minutes of a device in memory, and which minutes have their row in the archive. */
export type RecentMinutes = {
  /**
   * Whether a minute has no row yet. A date that is not known (the clock was set to where the archive has rows) counts
   * as written until it was read, which begins with the question.
   */
  isFree(at: number): boolean;
  /** The first minute from `at` on that has no row. */
  firstFree(at: number): Promise<number>;
  add(minute: Minute): void;
  /** The minutes of a local date, in order of time. */
  of(date: string): readonly Minute[];
};

/** More than today and yesterday can have. */
const mostKept = 3_200;

/** `minutes`: the rows of today and yesterday; `newestAt`: the newest row of the archive, which may be of another date. */
export function recentMinutes(parts: {
  readonly minutes: readonly Minute[];
  readonly newestAt: number | undefined;
  readonly today: string;
  readonly zone: () => Zone;
  readonly read: (date: string) => Promise<readonly Minute[]>;
}): RecentMinutes {
  const { zone } = parts;
  const kept = new Map<number, Minute>();
  const reading = new Map<string, Promise<void>>();
  let known = new Set([previousDate(parts.today), parts.today]);
  let newestAt = parts.newestAt ?? 0;
  for (const minute of parts.minutes) kept.set(minute.at, minute);

  function read(date: string): Promise<void> {
    const begun = reading.get(date);
    if (begun !== undefined) return begun;
    const done = parts
      .read(date)
      .then((minutes) => {
        for (const minute of minutes) if (!kept.has(minute.at)) kept.set(minute.at, minute);
        known.add(date);
      })
      .finally(() => reading.delete(date));
    reading.set(date, done);
    return done;
  }

  function isKnown(at: number): boolean {
    return at > newestAt || known.has(zone().dateOf(at));
  }

  function isFree(at: number): boolean {
    if (isKnown(at)) return !kept.has(at);
    // A day that cannot be read now is read again at the next look.
    read(zone().dateOf(at)).catch(() => undefined);
    return false;
  }

  /** A program that runs for years keeps two days; what it forgets is read again if the clock is ever set back there. */
  function forgetOld(today: string): void {
    const from = zone().startOf(previousDate(today));
    for (const at of kept.keys()) if (at < from) kept.delete(at);
    known = new Set([...known].filter((date) => date >= previousDate(today)));
  }

  return {
    isFree,
    async firstFree(at) {
      let free = at;
      while (!isFree(free)) {
        const date = zone().dateOf(free);
        if (isKnown(free)) free += minuteMs;
        else await read(date);
      }
      return free;
    },
    add(minute) {
      const date = zone().dateOf(minute.at);
      // A date that begins after the newest row has no rows but those that are added here.
      if (minute.at > newestAt && zone().startOf(date) > newestAt) known.add(date);
      newestAt = Math.max(newestAt, minute.at);
      kept.set(minute.at, minute);
      if (kept.size > mostKept) forgetOld(date);
    },
    of(date) {
      const from = zone().startOf(date);
      const to = zone().endOf(date);
      return [...kept.values()].filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
    },
  };
}
