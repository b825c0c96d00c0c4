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
 * Looks up which of `dates` are stored. `inMemory`: all days are in memory from then on; else those that are stored stay
 * on the disk while many are made.
 */
export function requestedDays<T>(of: {
  readonly cache: DayCache<T> | undefined;
  readonly range: DayCacheRange;
  readonly device: string;
  readonly dates: readonly string[];
  /** The first date that is not finished. */
  readonly firstOpenDate: string;
  readonly inMemory: boolean;
}): RequestedDays<T> {
  const { cache, range, device, dates, firstOpenDate } = of;
  const stored = cache?.open(range);
  const days = new Map<string, T>();
  const missing = new Set<string>();
  for (const date of dates) {
    const day = stored?.get(device, date);
    if (day === undefined) missing.add(date);
    else days.set(date, day);
  }
  const inMemory = of.inMemory || missing.size <= fewDays;
  if (!inMemory) days.clear();
  const writer = missing.size === 0 ? undefined : (inMemory ? stored : cache?.open(range))?.writer(device);
  return {
    missing,
    get: (date) => days.get(date),
    add(date, day) {
      const isStored = writer !== undefined && date < firstOpenDate;
      if (isStored) writer.add(date, day);
      if (inMemory || !isStored) days.set(date, day);
    },
    end() {
      for (const [date, day] of writer?.end() ?? []) days.set(date, day);
    },
    all(isWanted = () => true) {
      const again = inMemory ? undefined : cache?.open(range);
      const known = dates.filter(isWanted).map((date) => [date, days.get(date) ?? again?.get(device, date)] as const);
      return new Map(known.filter((each): each is readonly [string, T & {}] => each[1] !== undefined));
    },
  };
}
