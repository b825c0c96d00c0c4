import { join } from "node:path";
import { nextDate, previousDate } from "@heatloop/core/time/local-day";
import type { Log } from "@heatloop/program/log";
import type { MinuteFile } from "./csv/csv-minute-files.ts";
import { csvName } from "./csv/csv-name.ts";
import { type Month, readMonth, writeMonth } from "./day-cache-files.ts";

/**
 * Finished days as they were computed, so that no file is read twice. They follow from the CSV files and never count
 * against them: they are valid only for files of the same size and times, and on the same basis.
 */
export type DayCache<T> = {
  /** For one request: reads each month's file at most once. */
  open(range: DayCacheRange): StoredDays<T>;
};

/** The dates of a request, and what their days follow from. */
export type DayCacheRange = {
  /** Whatever they follow from beside the files: plain data. */
  readonly basis: readonly unknown[];
  /** All files of the dates `from` to `to`, by date: those that have rows of the requested dates. */
  readonly files: ReadonlyMap<string, readonly MinuteFile[]>;
  readonly from: string;
  readonly to: string;
};

export type StoredDays<T> = {
  /** The day of a date; undefined where it is not stored, or its files have changed since. */
  get(device: string, date: string): T | undefined;
  /** Stores days as they are computed. What cannot be stored is computed again. */
  writer(device: string): DayWriter<T>;
};

/**
 * Days are written a few at once, so that a program that is ended in the middle of years goes on where it was. What was
 * written is not held in memory any further.
 */
export type DayWriter<T> = {
  add(date: string, day: T): void;
  /** Writes the last ones, and returns by date what cannot be stored. */
  end(): ReadonlyMap<string, T>;
};

/** Chosen: half a month of work is lost at most when the program is ended. Each time a month is read and written again. */
const daysWrittenAtOnce = 16;

/**
 * Days in `<folder>/<device>/<month>.json`, as plain data; nothing is kept in memory between two requests. `name`: what
 * they are, for the log.
 */
export function dayCache<T>(parts: {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly log: Log;
}): DayCache<T> {
  let isWarned = false;

  /** Writes a file, and returns whether it is stored. */
  function store(file: string, firstLine: string, month: Month<T>): boolean {
    const error = writeMonth(file, firstLine, month);
    if (error === undefined) return true;
    if (!isWarned) parts.log.warn(`${parts.name} cannot be kept, days are read again each time`, { file, error });
    isWarned = true;
    return false;
  }

  return {
    open(range) {
      const firstLine = `${JSON.stringify([parts.version, process.versions.tz, ...range.basis])}\n`;
      const fileOf = (device: string, month: string) => join(parts.folder, device, `${month}.json`);
      const months = openMonths<T>(range, (device, month) => readMonth<T>(fileOf(device, month), firstLine));
      return {
        get: (device, date) => months.of(device, monthName(date)).days[date],
        writer: (device) =>
          dayWriter(months, device, (month) => store(fileOf(device, month), firstLine, months.of(device, month))),
      };
    },
  };
}

/** The months of a request that were read so far, without days whose files have changed. */
type OpenMonths<T> = {
  of(device: string, month: string): Month<T>;
  /** Adds a day to its month, with the present state of the files that it follows from. */
  add(device: string, date: string, day: T): void;
  close(device: string, month: string): void;
};

function openMonths<T>(
  { files, from, to }: DayCacheRange,
  read: (device: string, month: string) => Month<T>,
): OpenMonths<T> {
  const months = new Map<string, Month<T>>();

  function stateOf(date: string): string {
    const own = files.get(date);
    if (own?.length === 1) return nameAndState(own[0] as MinuteFile);
    return own?.map(nameAndState).join(" ") ?? "";
  }

  function of(device: string, name: string): Month<T> {
    const key = `${device}/${name}`;
    const known = months.get(key);
    if (known !== undefined) return known;
    const month = read(device, name);
    for (const date of Object.keys(month.files)) {
      if (date >= from && date <= to && month.files[date] !== stateOf(date)) forgetDaysFrom(month, date);
    }
    months.set(key, month);
    return month;
  }

  return {
    of,
    add(device, date, day) {
      const month = of(device, monthName(date));
      for (const each of sourceDates(date)) month.files[each] = stateOf(each);
      month.days[date] = day;
    },
    close: (device, name) => months.delete(`${device}/${name}`),
  };
}

/** `write` writes a month, and returns whether it is stored. */
function dayWriter<T>(months: OpenMonths<T>, device: string, write: (month: string) => boolean): DayWriter<T> {
  const unwritten = new Map<string, T>();
  const refused = new Map<string, T>();
  const end = () => {
    for (const [month, ofMonth] of Map.groupBy(unwritten, ([date]) => monthName(date))) {
      if (!write(month)) for (const [date, day] of ofMonth) refused.set(date, day);
      months.close(device, month);
    }
    unwritten.clear();
    return refused;
  };
  return {
    add(date, day) {
      months.add(device, date, day);
      unwritten.set(date, day);
      if (unwritten.size >= daysWrittenAtOnce) end();
    },
    end,
  };
}

function monthName(date: string): string {
  return date.slice(0, 7);
}

function nameAndState(file: MinuteFile): string {
  return `${csvName(file)} ${file.state}`;
}

/** The dates whose files a day follows from: those beside it, and the date after, when its totals are reported. */
function sourceDates(date: string): readonly string[] {
  const after = nextDate(date);
  return [previousDate(date), date, after, nextDate(after)];
}

/** Leaves out the days that follow from the files of a date. */
function forgetDaysFrom({ days }: Month<unknown>, date: string): void {
  for (const day of Object.keys(days)) if (sourceDates(day).includes(date)) delete days[day];
}
