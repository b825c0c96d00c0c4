import { readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { replaceFileAtOnce } from "../base/durable-file.ts";
import { namesIn, realDisk, syncFolder } from "./csv/csv-disk.ts";
import { type CsvName, csvName, isYearFolder, nameInYear } from "./csv/csv-name.ts";
import { mostFileBytes, packed, unpacked } from "./csv/csv-packing.ts";
import { wholeLength } from "./csv/csv-repair.ts";

/** How the compressing of a file ended. */
type Compressed = "compressed" | "torn" | "too long" | "changed meanwhile";

/** A file of a year's folder. */
export type YearFile = { readonly folder: string; readonly name: CsvName };

/** The archive's files of a device. */
export function deviceFiles(deviceFolder: string): YearFile[] {
  const files: YearFile[] = [];
  for (const { year, folder, entry } of yearEntries(deviceFolder)) {
    const name = nameInYear(entry, year);
    if (name !== undefined) files.push({ folder, name });
  }
  return files;
}

/**
 * Takes away what a program that ended in the middle of compressing left behind. Throws the disk's error once all of it
 * was tried.
 */
export function removeLeftovers(deviceFolder: string): void {
  const errors: unknown[] = [];
  for (const { folder, entry } of yearEntries(deviceFolder)) {
    if (!/\.csv\.zst\.new$/.test(entry)) continue;
    try {
      rmSync(join(folder, entry), { force: true });
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

function* yearEntries(deviceFolder: string) {
  for (const year of namesIn(deviceFolder).filter(isYearFolder)) {
    const folder = join(deviceFolder, year);
    for (const entry of namesIn(folder)) yield { year, folder, entry };
  }
}

/**
 * Puts `<name>.zst` in the place of a CSV file. Whenever the program ends, the rows are there whole: the compressed file
 * is written under another name, read back, synced and renamed before the CSV file goes; while both are there the CSV
 * file counts. A file with a torn end, or too long for a day, is left as it is. Throws the disk's error; then the CSV file is as it was.
 */
export function compressFile({ folder, name }: YearFile): Compressed {
  const path = join(folder, csvName(name));
  const target = join(folder, csvName({ ...name, packing: "zst" }));
  const before = statSync(path);
  if (before.size > mostFileBytes) return "too long";
  const bytes = readFileSync(path);
  if (wholeLength(bytes) !== bytes.length) return "torn";
  const isReplaced = replaceFileAtOnce(target, packed(bytes), (fresh) => {
    if (!unpacked(readFileSync(fresh), "zst").equals(bytes)) throw new Error(`${fresh} did not come back as written`);
    const now = statSync(path);
    return now.size === before.size && now.mtimeMs === before.mtimeMs && now.ino === before.ino;
  });
  if (!isReplaced) return "changed meanwhile";
  rmSync(path);
  syncFolder(realDisk, folder);
  return "compressed";
}
