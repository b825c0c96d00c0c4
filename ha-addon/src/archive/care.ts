import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
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
const firstAfterMs = 10 * minuteMs;

type CareParts = {
  readonly folder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly zone: () => Zone;
  readonly settings: () => Settings["archive"];
};

/**
 * Compresses and removes old days as the settings say, by default neither: at first after ten minutes, then each six
 * hours. What cannot be done is logged once and tried again.
 */
export function careForArchive(parts: CareParts): ArchiveCare {
  const { clock, log } = parts;
  let closed = false;
  let running: Promise<void> = Promise.resolve();
  const attempt = loggedOnce(parts);
  const careInBackground = inBackground(log, "the care for old days", async () => {
    const done = await putAway(parts, attempt, () => closed);
    if (done.compressed + done.removed > 0) log.info("old days were put away", done);
  });
  const begin = () => {
    running = running.then(careInBackground);
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

/** Does work on a file or folder that says why it leaves it as it is, or throws; why is logged once for each. */
type Attempt = (path: string, work: () => string | undefined) => void;

function loggedOnce({ folder, log }: CareParts): Attempt {
  const logged = new Set<string>();
  return (path, work) => {
    let problem: string | undefined;
    try {
      problem = work();
    } catch (error) {
      problem = `an old day stays as it is: ${csvRefusalOf(error, folder).reason}`;
    }
    if (problem === undefined || logged.has(path)) return;
    logged.add(path);
    log.warn(problem, { file: path });
  };
}

/** Goes once through all days; other work gets its turn after each file that is put away. */
async function putAway(parts: CareParts, attempt: Attempt, isClosed: () => boolean) {
  const done = { compressed: 0, removed: 0 };
  const { compress_after_days: compressAfter, keep_days: keepDays } = parts.settings();
  if (compressAfter === null && keepDays === null) return done;
  const now = parts.clock.now();
  const isOlder = (date: string, days: number | null) =>
    days !== null && date < parts.zone().dateOf(now - days * 24 * hourMs);
  for (const device of foldersIn(parts.folder)) {
    const home = join(parts.folder, device);
    attempt(home, () => {
      removeLeftovers(home);
      return undefined;
    });
    for (const file of deviceFiles(home)) {
      if (isClosed()) return done;
      const { date, packing } = file.name;
      const path = join(file.folder, csvName(file.name));
      if (isOlder(date, keepDays)) {
        attempt(path, () => {
          rmSync(path);
          rmSync(`${path}.torn`, { force: true });
          done.removed += 1;
          return undefined;
        });
      } else if (packing === undefined && isOlder(date, compressAfter)) {
        attempt(path, () => {
          const became = compressFile(file);
          if (became === "compressed") done.compressed += 1;
          return became === "torn" || became === "too long" ? uncompressed[became] : undefined;
        });
      } else continue;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  return done;
}

const uncompressed = {
  torn: "an old day is not compressed: its end is torn",
  "too long": "an old day is not compressed: it is far longer than a day",
};

function foldersIn(folder: string): string[] {
  return namesIn(folder).filter((name) => isDeviceId(name) && statsOf(join(folder, name))?.isDirectory() === true);
}
