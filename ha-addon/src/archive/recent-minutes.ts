import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import { previousDate, type Zone } from "@heatloop/core/time/local-day";

/** The newest minutes of a device in memory, and which minutes have their row in the archive. */
export type RecentMinutes = {
  /**
   * Whether a minute has no row yet. A date that is not known (the clock was set to where the archive has rows) counts
   * as written until it was read, which this call begins.
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

/** `kept`: the minutes in memory by when they began; `dates`: the local dates of which all rows are among them. */
type KnownMinutes = {
  readonly kept: Map<number, Minute>;
  dates: Set<string>;
  newestAt: number;
};

/** `minutes`: the rows of today and yesterday; `newestAt`: the newest row of the archive, which may be of another date. */
export function recentMinutes(parts: {
  readonly minutes: readonly Minute[];
  readonly newestAt: number | undefined;
  readonly today: string;
  readonly zone: () => Zone;
  readonly read: (date: string) => Promise<readonly Minute[]>;
}): RecentMinutes {
  const { zone } = parts;
  const known: KnownMinutes = {
    kept: new Map(parts.minutes.map((minute) => [minute.at, minute])),
    dates: new Set([previousDate(parts.today), parts.today]),
    newestAt: parts.newestAt ?? 0,
  };
  const read = oncePerDate(async (date) => addDate(known, date, await parts.read(date)));

  const isKnown = (at: number) => at > known.newestAt || known.dates.has(zone().dateOf(at));

  function isFree(at: number): boolean {
    if (isKnown(at)) return !known.kept.has(at);
    // A day that cannot be read now is read again at the next call.
    read(zone().dateOf(at)).catch(() => undefined);
    return false;
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
    add: (minute) => addNew(known, minute, zone()),
    of(date) {
      const from = zone().startOf(date);
      const to = zone().endOf(date);
      return [...known.kept.values()].filter(({ at }) => at >= from && at < to).sort((a, b) => a.at - b.at);
    },
  };
}

/** Whoever requests a date that is being read waits for the same reading. */
function oncePerDate(read: (date: string) => Promise<void>): (date: string) => Promise<void> {
  const reading = new Map<string, Promise<void>>();
  return (date) => {
    const begun = reading.get(date) ?? read(date).finally(() => reading.delete(date));
    reading.set(date, begun);
    return begun;
  };
}

function addDate({ kept, dates }: KnownMinutes, date: string, minutes: readonly Minute[]): void {
  for (const minute of minutes) if (!kept.has(minute.at)) kept.set(minute.at, minute);
  dates.add(date);
}

function addNew(known: KnownMinutes, minute: Minute, zone: Zone): void {
  const date = zone.dateOf(minute.at);
  // A date that begins after the newest row has no rows but those that are added here.
  if (minute.at > known.newestAt && zone.startOf(date) > known.newestAt) known.dates.add(date);
  known.newestAt = Math.max(known.newestAt, minute.at);
  known.kept.set(minute.at, minute);
  if (known.kept.size > mostKept) forgetBefore(known, previousDate(date), zone);
}

/** A program that runs for years keeps two days; older ones are read again if the clock is ever set back there. */
function forgetBefore(known: KnownMinutes, first: string, zone: Zone): void {
  const from = zone.startOf(first);
  for (const at of known.kept.keys()) if (at < from) known.kept.delete(at);
  known.dates = new Set([...known.dates].filter((date) => date >= first));
}
