import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { newQueue } from "../base/queue.ts";
import type { Settings } from "../settings/settings.ts";
import { compressFile, deviceFiles, removeLeftovers, type YearFile } from "./compress-days.ts";
import { namesIn, statsOf } from "./csv/csv-disk.ts";
import { csvName, isDeviceId } from "./csv/csv-name.ts";
import { csvRefusalOf } from "./csv/csv-refusal.ts";

/** Compressing and removing old days; `close` ends it and waits for the file that is being compressed. */
export type ArchiveMaintenance = { close(): Promise<void> };

type MaintenanceParts = {
  readonly folder: string;
  /** Folders with what is cached of days, a file a month: `<device>/<month>.json`. */
  readonly cacheFolders?: readonly string[];
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly settings: () => Settings["archive"];
};

const everyMs = 6 * hourMs;
/** The start of the program has better things to do. */
const firstAfterMs = 10 * minuteMs;

/**
 * Compresses and removes old days as the settings say, by default neither: at first after ten minutes, then each six
 * hours. What cannot be done is logged once and tried again.
 */
export function maintainArchive(parts: MaintenanceParts): ArchiveMaintenance {
  const { clock, log } = parts;
  const runs = newQueue();
  const warnOnce = warnsOnce(log);
  let closed = false;
  const run = inBackground(log, "archive maintenance", () => maintainOnce(parts, { warnOnce, isClosed: () => closed }));
  const begin = () => void runs.add(run);
  const stopFirst = clock.after(firstAfterMs, begin);
  const stopLater = clock.every(everyMs, begin);
  return {
    async close() {
      closed = true;
      stopFirst();
      stopLater();
      await runs.onIdle();
    },
  };
}

type WarnOnce = (message: string, file: string) => void;

/** Warns of each file once. */
function warnsOnce(log: Log): WarnOnce {
  const warned = new Set<string>();
  return (message, file) => {
    if (warned.has(file)) return;
    warned.add(file);
    log.warn(message, { file });
  };
}

async function maintainOnce(
  { folder, cacheFolders = [], clock, log, zone, settings }: MaintenanceParts,
  { warnOnce, isClosed }: { readonly warnOnce: WarnOnce; readonly isClosed: () => boolean },
): Promise<void> {
  const { compress_after_days: compressAfter, keep_days: keepDays } = settings();
  if (compressAfter === null && keepDays === null) return;
  const now = clock.now();
  const dateBefore = (days: number | null) => (days === null ? "" : zone().dateOf(now - days * dayMs));
  const due = { removedBefore: dateBefore(keepDays), compressedBefore: dateBefore(compressAfter) };
  const done = { compressed: 0, removed: 0 };
  const attempt = (path: string, work: () => void) => {
    try {
      work();
    } catch (error) {
      warnOnce(`an old day stays as it is: ${csvRefusalOf(error, folder).reason}`, path);
    }
  };
  for (const device of foldersIn(folder)) {
    const deviceFolder = join(folder, device);
    attempt(deviceFolder, () => removeLeftovers(deviceFolder));
    for (const file of deviceFiles(deviceFolder)) {
      if (isClosed()) return;
      const work = workFor(file, due);
      if (work === undefined) continue;
      attempt(pathOf(file), () => {
        if (work(file, warnOnce)) done[work === remove ? "removed" : "compressed"] += 1;
      });
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  for (const path of cacheFolders.flatMap((each) => monthsBefore(each, due.removedBefore))) {
    attempt(path, () => rmSync(path, { force: true }));
  }
  if (done.compressed + done.removed > 0) log.info("old days were compressed or removed", done);
}

/** The files of a cache whose month is over before a date; none before "". */
function monthsBefore(cacheFolder: string, date: string): string[] {
  return namesIn(cacheFolder)
    .map((device) => join(cacheFolder, device))
    .flatMap((folder) => namesIn(folder).map((name) => ({ folder, month: /^(\d{4}-\d\d)\.json$/.exec(name)?.[1] })))
    .filter(({ month }) => month !== undefined && month < date.slice(0, 7))
    .map(({ folder, month }) => join(folder, `${month}.json`));
}

/** What is to be done with a day's file; undefined: nothing. Dates compare as text; "" is before all of them. */
function workFor(
  { name: { date, packing } }: YearFile,
  due: { readonly removedBefore: string; readonly compressedBefore: string },
) {
  if (date < due.removedBefore) return remove;
  return packing === undefined && date < due.compressedBefore ? compress : undefined;
}

function remove(file: YearFile): boolean {
  rmSync(pathOf(file));
  rmSync(`${pathOf(file)}.torn`, { force: true });
  return true;
}

function compress(file: YearFile, warnOnce: WarnOnce): boolean {
  const result = compressFile(file);
  if (result === "torn") warnOnce("an old day is not compressed: its end is torn", pathOf(file));
  if (result === "too long") warnOnce("an old day is not compressed: it is far longer than a day", pathOf(file));
  return result === "compressed";
}

function pathOf({ folder, name }: YearFile): string {
  return join(folder, csvName(name));
}

function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => isDeviceId(name) && statsOf(join(folder, name))?.isDirectory() === true);
}
