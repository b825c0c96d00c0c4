import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { leastFreeBytes } from "../base/free-bytes.ts";
import { sharedFolders } from "./csv/csv-folders.ts";
import { isYearFolder, readCsvName } from "./csv/csv-name.ts";

/** What an archive takes, and what is free where it lies. */
export type ArchiveSize = {
  readonly bytes: number;
  /** That the program may still write; null where the file system does not tell. */
  readonly freeBytes: number | null;
  /** Local dates of which any minutes are there, of all heat pumps together. */
  readonly days: number;
};

/** Chosen: a minute of a log is 350 bytes, and to look at the files of years takes a while on an SD card. */
const countedEachMs = 15 * minuteMs;
/** The program's start comes first. */
const firstAfterMs = 5 * secondMs;

/** The size of an archive as it was counted last. */
export type WatchedSize = {
  /** null: not counted yet. */
  current(): ArchiveSize | null;
  readonly stop: Stop;
};

/** Counts the archive in the background, soon and then again and again. */
export function watchArchiveSize(parts: {
  readonly size: () => Promise<ArchiveSize>;
  readonly clock: Clock;
  readonly log: Log;
}): WatchedSize {
  let size: ArchiveSize | null = null;
  let counting = false;
  const count = inBackground(parts.log, "the size of the archive", async () => {
    if (counting) return;
    counting = true;
    try {
      size = await parts.size();
    } finally {
      counting = false;
    }
  });
  const stops = [
    parts.clock.after(firstAfterMs, () => void count()),
    parts.clock.every(countedEachMs, () => void count()),
  ];
  return {
    current: () => size,
    stop() {
      for (const stop of stops) stop();
    },
  };
}

/** Counts the archive in `folder`: what is not there, or goes meanwhile, counts nothing. */
export async function archiveSize(folder: string): Promise<ArchiveSize> {
  const dates = new Set<string>();
  let bytes = 0;
  for (const device of await entriesOf(folder)) {
    for (const year of (await entriesOf(join(folder, device))).filter(isYearFolder)) {
      for (const name of await entriesOf(join(folder, device, year))) {
        const stats = await stat(join(folder, device, year, name)).catch(() => undefined);
        if (stats?.isFile() !== true) continue;
        bytes += stats.size;
        const file = readCsvName(name);
        if (file?.kind === "minutes" && !sharedFolders.has(device)) dates.add(file.date);
      }
    }
  }
  return { bytes, freeBytes: await leastFreeBytes([folder]), days: dates.size };
}

async function entriesOf(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
