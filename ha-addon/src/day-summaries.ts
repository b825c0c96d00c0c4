import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { energyColumns } from "@heatloop/core/day-columns";
import type { DayEnergy } from "@heatloop/core/day-energy";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import { nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import type { FileFinding } from "./archive-columns.ts";
import type { MinuteFile } from "./csv-minute-files.ts";
import { csvName } from "./csv-name.ts";
import { dayFormula } from "./day-formula.ts";
import type { Log } from "./log.ts";

/** What a date's files came to: its energy, null where no minute is of that date, and what was found in them. */
export type DaySummary = { readonly day: DayEnergy | null; readonly findings: readonly FileFinding[] };

/**
 * Finished days, so that no file is read twice. They follow from the CSV files and are never believed against them: a
 * summary counts only for files of the same size and times, the same zone and the same formula.
 */
export type DaySummaries = {
  /** For one question: reads each month's file at most once. */
  open(basis: SummaryBasis): OpenSummaries;
};

/** What days follow from. */
export type SummaryBasis = {
  readonly zone: Zone;
  readonly electricity: ElectricityFacts | undefined;
  /** All files of the dates `from` to `to`, by date: those that tell of the dates that are asked for. */
  readonly files: ReadonlyMap<string, readonly MinuteFile[]>;
  readonly from: string;
  readonly to: string;
};

export type OpenSummaries = {
  /** The summary of a date, if there is one that the files still bear out. */
  get(device: string, date: string): DaySummary | undefined;
  /** Keeps summaries by date. What cannot be kept is made again. */
  keep(device: string, entries: ReadonlyMap<string, DaySummary>): void;
};

/** A month of summaries, and the state of all files that they follow from, by date; empty where there was none. */
type Month = { readonly files: Record<string, string>; readonly days: Record<string, DaySummary> };

/** Summaries in `<folder>/<device>/<month>.json`; nothing is kept in memory between two questions. */
export function daySummaries(parts: {
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
}): DaySummaries {
  let said = false;

  function open({ zone, electricity, files, from, to }: SummaryBasis): OpenSummaries {
    const facts = [parts.version, dayFormula, zone.name, process.versions.tz, electricity, energyColumns];
    const made = `${JSON.stringify(facts)}\n`;
    const months = new Map<string, Month>();

    const fileOf = (device: string, month: string) => join(parts.folder, device, `${month}.json`);
    function stateOf(date: string): string {
      const own = files.get(date);
      if (own?.length === 1) return nameAndState(own[0] as MinuteFile);
      return own?.map(nameAndState).join(" ") ?? "";
    }

    function monthOf(device: string, month: string): Month {
      const key = `${device}/${month}`;
      const known = months.get(key);
      if (known !== undefined) return known;
      const read = readMonth(fileOf(device, month), made);
      for (const date of Object.keys(read.files)) {
        if (date >= from && date <= to && read.files[date] !== stateOf(date)) forget(read, date);
      }
      months.set(key, read);
      return read;
    }

    function write(device: string, month: string): void {
      const file = fileOf(device, month);
      try {
        mkdirSync(join(parts.folder, device), { recursive: true });
        writeFileSync(`${file}.new`, made + JSON.stringify(monthOf(device, month)));
        renameSync(`${file}.new`, file);
      } catch (error) {
        const why = { file, error: String(error) };
        if (!said) parts.log.warn("day summaries cannot be kept, days are read again each time", why);
        said = true;
      }
    }

    return {
      get: (device, date) => monthOf(device, date.slice(0, 7)).days[date],
      keep(device, entries) {
        const changed = new Set<string>();
        for (const [date, { day, findings }] of entries) {
          const month = monthOf(device, date.slice(0, 7));
          for (const each of tellingOf(date)) month.files[each] = stateOf(each);
          month.days[date] = { day, findings };
          changed.add(date.slice(0, 7));
        }
        for (const month of changed) write(device, month);
      },
    };
  }

  return { open };
}

/** The state of all files that can tell of a date, by `tellingOf`. */
export function stateOfFiles(files: ReadonlyMap<string, readonly MinuteFile[]>, date: string): string {
  return tellingOf(date)
    .flatMap((each) => (files.get(each) ?? []).map(nameAndState))
    .join(" ");
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
function forget({ days }: Month, date: string): void {
  for (const day of Object.keys(days)) if (tellingOf(day).includes(date)) delete days[day];
}

/** Nothing where the file is not there, was made otherwise, or is spoilt. */
function readMonth(file: string, made: string): Month {
  try {
    const text = readFileSync(file, "utf8");
    if (text.startsWith(made)) return JSON.parse(text.slice(made.length)) as Month;
  } catch {
    // It is derived: made anew.
  }
  return { files: {}, days: {} };
}
