import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The days of a month, and the state of all files that they follow from, by date; empty where there were none. */
export type Month<T> = { readonly files: Record<string, string>; readonly days: Record<string, T> };

/** Empty where the file is missing, has another first line (it was made on another basis), or is damaged. */
export function readMonth<T>(file: string, firstLine: string): Month<T> {
  try {
    const text = readFileSync(file, "utf8");
    if (text.startsWith(firstLine)) return JSON.parse(text.slice(firstLine.length)) as Month<T>;
  } catch {
    // It is derived: made anew.
  }
  return { files: {}, days: {} };
}

/** Replaces a month's file, which need not last over a power cut as it can be made anew; returns why it cannot be written, undefined where it is. */
export function writeMonth(file: string, firstLine: string, month: Month<unknown>): string | undefined {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, firstLine + JSON.stringify(month));
    renameSync(`${file}.new`, file);
    return undefined;
  } catch (error) {
    return String(error);
  }
}
