import type { DayCache, DayCacheRange } from "./day-cache.ts";

/** The days of one kind that a request is about: those that are stored, and those that are made for it. */
export type RequestedDays<T> = {
  /** The dates whose day is not stored, in order. */
  readonly missing: ReadonlySet<string>;
  /** A day that is stored or was made; undefined where it is neither, or not in memory. */
  get(date: string): T | undefined;
  /** Takes a day that was made; it is stored where it is finished. */
  add(date: string, day: T): void;
  /** Writes what is not written yet: to be called however the reading ends. */
  end(): void;
  /** The days of the wanted dates, by date and in order; after `end`. */
  all(isWanted?: (date: string) => boolean): Map<string, T>;
};

/** Chosen: a month of days is made within a second, and what is stored may stay in memory meanwhile. */
const fewDays = 31;

/**
 * Looks up which of `dates` are stored. `isHeld`: all days are in memory from then on; else those that are stored stay
 * on the disk while many are made.
 */
export function requestedDays<T>(of: {
  readonly kept: DayCache<T> | undefined;
  readonly range: DayCacheRange;
  readonly device: string;
  readonly dates: readonly string[];
  /** The first date that is not finished. */
  readonly settled: string;
  readonly isHeld: boolean;
}): RequestedDays<T> {
  const { kept, range, device, dates, settled } = of;
  const stored = kept?.open(range);
  const days = new Map<string, T>();
  const missing = new Set<string>();
  for (const date of dates) {
    const day = stored?.get(device, date);
    if (day === undefined) missing.add(date);
    else days.set(date, day);
  }
  const isHeld = of.isHeld || missing.size <= fewDays;
  if (!isHeld) days.clear();
  const writer = missing.size === 0 ? undefined : (isHeld ? stored : kept?.open(range))?.writer(device);
  return {
    missing,
    get: (date) => days.get(date),
    add(date, day) {
      const isStored = writer !== undefined && date < settled;
      if (isStored) writer.add(date, day);
      if (isHeld || !isStored) days.set(date, day);
    },
    end() {
      for (const [date, day] of writer?.end() ?? []) days.set(date, day);
    },
    all(isWanted = () => true) {
      const again = isHeld ? undefined : kept?.open(range);
      const known = dates.filter(isWanted).map((date) => [date, days.get(date) ?? again?.get(device, date)] as const);
      return new Map(known.filter((each): each is readonly [string, T & {}] => each[1] !== undefined));
    },
  };
}
