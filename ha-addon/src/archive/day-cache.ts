import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nextDate, previousDate } from "@heatloop/core/time/local-day";
import type { Log } from "../base/log.ts";
import type { MinuteFile } from "./csv-minute-files.ts";
import { csvName } from "./csv-name.ts";

/**
 * What finished days came to, so that no file is read twice. It follows from the CSV files and is never believed against
 * them: it counts only for files of the same size and times, and on the same basis.
 */
export type FinishedDays<T> = {
  /** For one question: reads each month's file at most once. */
  open(of: FinishedOf): OpenDays<T>;
};

/** What days follow from. */
export type FinishedOf = {
  /** Whatever they follow from beside the files: plain data. */
  readonly basis: readonly unknown[];
  /** All files of the dates `from` to `to`, by date: those that tell of the dates that are asked for. */
  readonly files: ReadonlyMap<string, readonly MinuteFile[]>;
  readonly from: string;
  readonly to: string;
};

export type OpenDays<T> = {
  /** What a date came to, if it is known and the files still bear it out. */
  get(device: string, date: string): T | undefined;
  /** What keeps days as they are made. What cannot be kept is made again. */
  keeping(device: string): KeptAsMade<T>;
};

/**
 * Days are written a few at once, so that a program that is ended in the middle of years goes on where it was. What was
 * written is not held in memory any further.
 */
export type KeptAsMade<T> = {
  add(date: string, day: T): void;
  /** Writes the last ones, and hands back by date what cannot be kept. */
  end(): ReadonlyMap<string, T>;
};

const daysWrittenAtOnce = 7;

/** The days of a month, and the state of all files that they follow from, by date; empty where there were none. */
type Month<T> = { readonly files: Record<string, string>; readonly days: Record<string, T> };

/**
 * Days in `<folder>/<device>/<month>.json`, as plain data; nothing is kept in memory between two questions. `name`: what
 * they are, for the log.
 */
export function finishedDays<T>(parts: {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly log: Log;
}): FinishedDays<T> {
  let said = false;

  function open({ basis, files, from, to }: FinishedOf): OpenDays<T> {
    const made = `${JSON.stringify([parts.version, process.versions.tz, ...basis])}\n`;
    const months = new Map<string, Month<T>>();

    const fileOf = (device: string, month: string) => join(parts.folder, device, `${month}.json`);
    function stateOf(date: string): string {
      const own = files.get(date);
      if (own?.length === 1) return nameAndState(own[0] as MinuteFile);
      return own?.map(nameAndState).join(" ") ?? "";
    }

    function monthOf(device: string, month: string): Month<T> {
      const key = `${device}/${month}`;
      const known = months.get(key);
      if (known !== undefined) return known;
      const read = readMonth<T>(fileOf(device, month), made);
      for (const date of Object.keys(read.files)) {
        if (date >= from && date <= to && read.files[date] !== stateOf(date)) forget(read, date);
      }
      months.set(key, read);
      return read;
    }

    /** Whether it is kept. */
    function write(device: string, month: string): boolean {
      const file = fileOf(device, month);
      try {
        mkdirSync(join(parts.folder, device), { recursive: true });
        writeFileSync(`${file}.new`, made + JSON.stringify(monthOf(device, month)));
        renameSync(`${file}.new`, file);
        return true;
      } catch (error) {
        const why = { file, error: String(error) };
        if (!said) parts.log.warn(`${parts.name} cannot be kept, days are read again each time`, why);
        said = true;
        return false;
      }
    }

    return {
      get: (device, date) => monthOf(device, monthName(date)).days[date],
      keeping(device) {
        const unwritten = new Map<string, T>();
        const refused = new Map<string, T>();
        const end = () => {
          for (const [month, ofMonth] of Map.groupBy(unwritten, ([date]) => monthName(date))) {
            if (!write(device, month)) for (const [date, day] of ofMonth) refused.set(date, day);
            months.delete(`${device}/${month}`);
          }
          unwritten.clear();
          return refused;
        };
        return {
          add(date, day) {
            const month = monthOf(device, monthName(date));
            for (const each of tellingOf(date)) month.files[each] = stateOf(each);
            month.days[date] = day;
            unwritten.set(date, day);
            if (unwritten.size >= daysWrittenAtOnce) end();
          },
          end,
        };
      },
    };
  }

  return { open };
}

function monthName(date: string): string {
  return date.slice(0, 7);
}

function nameAndState(file: MinuteFile): string {
  return `${csvName(file)} ${file.state}`;
}

/** The dates whose files can tell of a date and, as the controller tells its totals then, of the date after. */
function tellingOf(date: string): readonly string[] {
  const after = nextDate(date);
  return [previousDate(date), date, after, nextDate(after)];
}

/** Leaves out the days that the files of a date tell of. */
function forget({ days }: Month<unknown>, date: string): void {
  for (const day of Object.keys(days)) if (tellingOf(day).includes(date)) delete days[day];
}

/** Nothing where the file is not there, was made otherwise, or is spoilt. */
function readMonth<T>(file: string, made: string): Month<T> {
  try {
    const text = readFileSync(file, "utf8");
    if (text.startsWith(made)) return JSON.parse(text.slice(made.length)) as Month<T>;
  } catch {
    // It is derived: made anew.
  }
  return { files: {}, days: {} };
}
