import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { Settings } from "../settings/settings.ts";
import { compressFile, deviceFiles, removeLeftovers } from "./compress-days.ts";
import { namesIn, statsOf } from "./csv-disk.ts";
import { csvName, isDeviceId } from "./csv-name.ts";
import { csvRefusalOf } from "./csv-refusal.ts";

/** What is done with old days; `close` ends it and waits for the file that is being compressed. */
export type ArchiveCare = { close(): Promise<void> };

const everyMs = 6 * hourMs;
/** The start of the program has better things to do. */
const firstAfterMs = 10 * 60_000;

/**
 * Compresses and removes old days as the settings say, by default neither: at first after ten minutes, then each six
 * hours. What cannot be done is said once in the log and tried again.
 */
export function careForArchive(parts: {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly settings: () => Settings["archive"];
}): ArchiveCare {
  const { clock, log } = parts;
  const said = new Set<string>();
  let closed = false;
  let running: Promise<void> = Promise.resolve();

  function sayOnce(message: string, file: string): void {
    if (said.has(file)) return;
    said.add(file);
    log.warn(message, { file });
  }

  function attempt(path: string, work: () => void): void {
    try {
      work();
    } catch (error) {
      sayOnce(`an old day stays as it is: ${csvRefusalOf(error, parts.folder).reason}`, path);
    }
  }

  async function run(): Promise<void> {
    const { compress_after_days: compressAfter, keep_days: keepDays } = parts.settings();
    if (compressAfter === null && keepDays === null) return;
    const now = clock.now();
    const dateBefore = (days: number) => parts.zone().dateOf(now - days * 24 * hourMs);
    const done = { compressed: 0, removed: 0 };
    for (const device of foldersIn(parts.folder)) {
      const home = join(parts.folder, device);
      attempt(home, () => removeLeftovers(home));
      for (const file of deviceFiles(home)) {
        if (closed) return;
        const { date, packing } = file.name;
        const path = join(file.folder, csvName(file.name));
        if (keepDays !== null && date < dateBefore(keepDays)) {
          attempt(path, () => {
            rmSync(path);
            rmSync(`${path}.torn`, { force: true });
            done.removed += 1;
          });
        } else if (compressAfter !== null && packing === undefined && date < dateBefore(compressAfter)) {
          attempt(path, () => {
            const became = compressFile(file);
            if (became === "compressed") done.compressed += 1;
            const why = { torn: "its end is torn", "too long": "it is far longer than a day" };
            if (became === "torn" || became === "too long") {
              sayOnce(`an old day is not compressed: ${why[became]}`, path);
            }
          });
        } else continue;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
    if (done.compressed + done.removed > 0) log.info("old days were put away", done);
  }

  const runInBackground = inBackground(log, "the care for old days", run);
  const begin = () => {
    running = running.then(runInBackground);
  };
  const stopFirst = clock.after(firstAfterMs, begin);
  const stopLater = clock.every(everyMs, begin);
  return {
    async close() {
      closed = true;
      stopFirst();
      stopLater();
      await running;
    },
  };
}

function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => isDeviceId(name) && statsOf(join(folder, name))?.isDirectory() === true);
}
