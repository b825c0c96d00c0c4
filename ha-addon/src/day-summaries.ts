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
  /** For one question: reads each year's file at most once. */
  open(basis: SummaryBasis): OpenSummaries;
};

/** What days follow from, beside the files. */
export type SummaryBasis = { readonly zone: Zone; readonly electricity: ElectricityFacts | undefined };

export type OpenSummaries = {
  /** The summary of a date, if there is one that the files still bear out. */
  get(device: string, date: string, files: string): DaySummary | undefined;
  /** Keeps summaries by date; `files` tells of which state of the files. What cannot be kept is made again. */
  keep(device: string, entries: ReadonlyMap<string, DaySummary & { readonly files: string }>): void;
};

/** Summaries in `<folder>/<device>/<year>.txt`; nothing is kept in memory between two questions. */
export function daySummaries(parts: {
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
}): DaySummaries {
  let said = false;

  function open({ zone, electricity }: SummaryBasis): OpenSummaries {
    const facts = [parts.version, dayFormula, zone.name, process.versions.tz, electricity, energyColumns];
    const made = JSON.stringify(facts);
    const years = new Map<string, Map<string, string>>();

    const fileOf = (device: string, year: string) => join(parts.folder, device, `${year}.txt`);

    /** `<date> <state of the files> <JSON>` by date: only what is asked for is parsed. */
    function linesOf(device: string, year: string): Map<string, string> {
      const key = `${device}/${year}`;
      const known = years.get(key);
      if (known !== undefined) return known;
      const [head, ...lines] = textOf(fileOf(device, year)).split("\n");
      const read = new Map(head === made ? lines.map((line) => [line.slice(0, 10), line]) : []);
      years.set(key, read);
      return read;
    }

    function write(device: string, year: string): void {
      const file = fileOf(device, year);
      const lines = [...linesOf(device, year).values()].filter((line) => line !== "").sort();
      try {
        mkdirSync(join(parts.folder, device), { recursive: true });
        writeFileSync(`${file}.new`, [made, ...lines].join("\n"));
        renameSync(`${file}.new`, file);
      } catch (error) {
        const why = { file, error: String(error) };
        if (!said) parts.log.warn("day summaries cannot be kept, days are read again each time", why);
        said = true;
      }
    }

    return {
      get(device, date, files) {
        const line = linesOf(device, date.slice(0, 4)).get(date);
        const begin = `${date} ${files} `;
        return line?.startsWith(begin) ? parsed(line.slice(begin.length)) : undefined;
      },
      keep(device, entries) {
        const changed = new Set<string>();
        for (const [date, { files, day, findings }] of entries) {
          const year = date.slice(0, 4);
          linesOf(device, year).set(date, `${date} ${files} ${JSON.stringify({ day, findings })}`);
          changed.add(year);
        }
        for (const year of changed) write(device, year);
      },
    };
  }

  return { open };
}

/** The state of all files that can tell of a date and, as the controller tells its totals then, of the date after. */
export function stateOfFiles(files: ReadonlyMap<string, readonly MinuteFile[]>, date: string): string {
  const after = nextDate(date);
  const dates = [previousDate(date), date, after, nextDate(after)];
  return dates.flatMap((each) => (files.get(each) ?? []).map((file) => `${csvName(file)} ${file.state}`)).join(" ");
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function parsed(json: string): DaySummary | undefined {
  try {
    return JSON.parse(json) as DaySummary;
  } catch {
    return undefined;
  }
}
