import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Log } from "./log.ts";

/**
 * Plain data of finished days, in `<folder>/<device>/<year>-<month>.txt`: it follows from the archive, and counts only
 * for files in the same state and on the same basis.
 */
export type KeptDays<T> = {
  get(device: string, date: string, state: string): T | undefined;
  /** What cannot be kept is made again. */
  keep(device: string, days: ReadonlyMap<string, { readonly state: string; readonly value: T }>): void;
};

/** `basis`: whatever the data follow from beside the files; nothing is kept in memory between two questions. */
export function keptDays<T>(parts: {
  readonly folder: string;
  readonly basis: string;
  readonly log: Log;
}): KeptDays<T> {
  const { folder, basis, log } = parts;
  const months = new Map<string, Map<string, string>>();
  const fileOf = (device: string, month: string) => join(folder, device, `${month}.txt`);

  /** `<date> <state> <JSON>` by date: only what is asked for is parsed. */
  function linesOf(device: string, month: string): Map<string, string> {
    const file = fileOf(device, month);
    const known = months.get(file);
    if (known !== undefined) return known;
    const [head, ...lines] = textOf(file).split("\n");
    const read = new Map(head === basis ? lines.map((line) => [line.slice(0, 10), line]) : []);
    months.set(file, read);
    return read;
  }

  function write(device: string, month: string): void {
    const file = fileOf(device, month);
    const lines = [...linesOf(device, month).values()].filter((line) => line !== "").sort();
    try {
      mkdirSync(join(folder, device), { recursive: true });
      writeFileSync(`${file}.new`, [basis, ...lines].join("\n"));
      renameSync(`${file}.new`, file);
    } catch (error) {
      log.warn("what happened on finished days cannot be kept, it is read again each time", {
        file,
        error: String(error),
      });
    }
  }

  return {
    get(device, date, state) {
      const line = linesOf(device, date.slice(0, 7)).get(date);
      const begin = `${date} ${state} `;
      return line?.startsWith(begin) ? parsed<T>(line.slice(begin.length)) : undefined;
    },
    keep(device, days) {
      for (const [date, { state, value }] of days) {
        linesOf(device, date.slice(0, 7)).set(date, `${date} ${state} ${JSON.stringify(value)}`);
      }
      for (const month of new Set([...days.keys()].map((date) => date.slice(0, 7)))) write(device, month);
    },
  };
}

function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function parsed<T>(json: string): T | undefined {
  try {
    return JSON.parse(json) as T;
  } catch {
    return undefined;
  }
}
