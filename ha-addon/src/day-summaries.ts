import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { energyColumns } from "@heatloop/core/day-columns";
import { type DayEnergy, dayEnergyOfColumns } from "@heatloop/core/day-energy";
import type { ElectricityFacts } from "@heatloop/core/electricity-facts";
import { nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import type { FileFinding } from "./archive-columns.ts";
import type { MinuteFile } from "./csv-minute-files.ts";
import type { Log } from "./log.ts";
import { sampleDay } from "./sample-day.ts";

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

type Entry = readonly [files: string, day: DayEnergy | null, findings: readonly FileFinding[]];
type YearFile = { readonly made: string; readonly days: Record<string, Entry> };

/** Summaries in `<folder>/<device>/<year>.json`; nothing is kept in memory between two questions. */
export function daySummaries(parts: {
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
}): DaySummaries {
  let formula: string | undefined;
  let said = false;

  function open({ zone, electricity }: SummaryBasis): OpenSummaries {
    formula ??= formulaOf(parts.version);
    const made = `${formula} ${zone.name} ${process.versions.tz} ${JSON.stringify(electricity)}`;
    const years = new Map<string, Record<string, Entry>>();

    const fileOf = (device: string, year: string) => join(parts.folder, device, `${year}.json`);

    function daysOf(device: string, year: string): Record<string, Entry> {
      const key = `${device}/${year}`;
      const known = years.get(key);
      if (known !== undefined) return known;
      const read = readYear(fileOf(device, year));
      const days = read?.made === made ? read.days : {};
      years.set(key, days);
      return days;
    }

    function write(device: string, year: string): void {
      const file = fileOf(device, year);
      const text = JSON.stringify({ made, days: daysOf(device, year) } satisfies YearFile);
      try {
        mkdirSync(join(parts.folder, device), { recursive: true });
        writeFileSync(`${file}.new`, text);
        renameSync(`${file}.new`, file);
      } catch (error) {
        if (!said)
          parts.log.warn("day summaries cannot be kept, days are read again each time", { file, error: String(error) });
        said = true;
      }
    }

    return {
      get(device, date, files) {
        const entry = daysOf(device, date.slice(0, 4))[date];
        return entry?.[0] === files ? { day: entry[1], findings: entry[2] } : undefined;
      },
      keep(device, entries) {
        const changed = new Set<string>();
        for (const [date, { files, day, findings }] of entries) {
          const year = date.slice(0, 4);
          daysOf(device, year)[date] = [files, day, findings];
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
  const states = dates.flatMap((each) => (files.get(each) ?? []).map(({ path, state }) => `${path} ${state}`));
  return createHash("sha1").update(states.join("\n")).digest("base64url").slice(0, 16);
}

function readYear(file: string): YearFile | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as YearFile;
  } catch {
    return undefined;
  }
}

/** Tells one formula from another by what comes out for a made-up day, so that nobody has to count versions. */
function formulaOf(version: string): string {
  const sample = JSON.stringify(dayEnergyOfColumns(sampleDay()));
  return createHash("sha1").update(`${version}\n${energyColumns.join()}\n${sample}`).digest("base64url").slice(0, 16);
}
