import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { isDate } from "@heatloop/core/time/local-day";
import type { Log } from "../base/log.ts";
import { type MinuteReading, minuteReading } from "./csv-minute-files.ts";
import { type CsvKind, type CsvName, csvName, isDeviceId, readCsvName, withoutDoubles } from "./csv-name.ts";
import { FileTooLong, mostFileBytes, unpacked } from "./csv-packing.ts";
import { type CsvText, csvText, linesOf } from "./csv-text.ts";

/** A row of an archive file under its header, without line ends; `line` counts from 1, the header being the first. */
export type CsvLine = { readonly header: string; readonly row: string; readonly file: string; readonly line: number };

/** What can be read of an archive; whoever writes it may go on meanwhile. */
export type CsvReading = MinuteReading & {
  /** The rows of a local date, file after file; a line that is not whole yet or holds NULs is left out. */
  read(device: string, date: string, kind: CsvKind): AsyncIterable<CsvLine>;
  /** The same, as texts of whole files. */
  readFiles(device: string, date: string, kind: CsvKind): AsyncIterable<CsvText>;
  /** The newest row of the minutes, or undefined where there is none. */
  lastRow(device: string): Promise<CsvLine | undefined>;
  /** The dates that have files, in their order. */
  dates(device: string): Promise<string[]>;
  /** The devices that have a folder with years. */
  devices(): Promise<string[]>;
};

/** Folders of the archive that are of the house and no device's. */
const sharedFolders: ReadonlySet<string> = new Set(["prices", "surplus"]);

/** Reads the archive in `folder`. What cannot be read is left out and named in the log once. */
export function csvReading(folder: string, log: Log): CsvReading {
  const named = new Set<string>();

  /** Undefined where there is nothing (any more), or it cannot be read. */
  async function attempt<T>(path: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || named.has(path)) return undefined;
      named.add(path);
      const reason = code === "EACCES" ? "the program may not read it" : message;
      log.warn("a part of the archive cannot be read", { path, reason });
      return undefined;
    }
  }

  /** The names of a folder's files, or of the folders in it; a link counts as what it leads to. */
  async function namesOf(kind: "isFile" | "isDirectory", path: string): Promise<string[]> {
    const names: string[] = [];
    for (const entry of (await attempt(path, () => readdir(path, { withFileTypes: true }))) ?? []) {
      const target = join(path, entry.name);
      const facts = entry.isSymbolicLink() ? await attempt(target, () => stat(target)) : entry;
      if (facts?.[kind]() === true) names.push(entry.name);
    }
    return names;
  }

  async function years(device: string): Promise<string[]> {
    if (!isDeviceId(device)) return [];
    const found = await namesOf("isDirectory", join(folder, device));
    return found.filter((name) => /^\d{4}$/.test(name));
  }

  async function namesIn(device: string, year: string): Promise<CsvName[]> {
    const found = await namesOf("isFile", join(folder, device, year));
    const names = found.flatMap((entry) => {
      const name = readCsvName(entry);
      return name?.date.startsWith(year) ? [name] : [];
    });
    return withoutDoubles(names);
  }

  async function* read(...place: Parameters<CsvReading["read"]>): AsyncIterable<CsvLine> {
    for await (const text of readFiles(...place)) {
      const { header, file } = text;
      for (const { row, line } of linesOf(text)) yield { header, row, file, line };
    }
  }

  async function* readFiles(device: string, date: string, kind: CsvKind): AsyncIterable<CsvText> {
    if (!isDeviceId(device) || !isDate(date)) return;
    const year = date.slice(0, 4);
    const names = (await namesIn(device, year)).filter((name) => name.date === date && name.kind === kind);
    for (const name of names.sort((a, b) => a.part - b.part)) {
      const file = join(folder, device, year, csvName(name));
      const bytes = await attempt(file, async () => {
        if ((await stat(file)).size > mostFileBytes) throw new FileTooLong(false);
        return unpacked(await readFile(file), name.packing);
      });
      if (bytes !== undefined) yield csvText(bytes, file);
    }
  }

  async function dates(device: string): Promise<string[]> {
    const found = new Set<string>();
    for (const year of await years(device)) {
      for (const { date } of await namesIn(device, year)) found.add(date);
    }
    return [...found].sort();
  }

  return {
    read,
    readFiles,
    dates,
    ...minuteReading(folder),
    async lastRow(device) {
      for (const date of (await dates(device)).reverse()) {
        let last: CsvLine | undefined;
        for await (const line of read(device, date, "minutes")) last = line;
        if (last !== undefined) return last;
      }
      return undefined;
    },
    async devices() {
      const found: string[] = [];
      for (const name of await namesOf("isDirectory", folder)) {
        if (sharedFolders.has(name)) continue;
        if ((await years(name)).length > 0) found.push(name);
      }
      return found.sort();
    },
  };
}
