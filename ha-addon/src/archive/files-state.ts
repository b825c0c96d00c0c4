import { createHash } from "node:crypto";
import { join } from "node:path";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { namesIn, statsOf } from "./csv/csv-disk.ts";
import { isDeviceId, isYearFolder, nameInYear } from "./csv/csv-name.ts";
import type { DateSpan } from "./dates.ts";

/** The state of the archive's files, without reading any. */
export type FilesStates = {
  /** A text that changes whenever a file of a device and of these dates does, both included; `prices` is a device too. */
  filesState(device: string, from: string, to: string): string;
};

/** States of the files of the archive in `folder`: name, size and times of each. */
export function filesStates(folder: string): FilesStates {
  return {
    filesState(device, from, to) {
      const state = createHash("sha256");
      if (!isDeviceId(device)) return "";
      for (const year of namesIn(join(folder, device))) {
        if (!isYearFolder(year) || year < from.slice(0, 4) || year > to.slice(0, 4)) continue;
        for (const entry of namesIn(join(folder, device, year))) {
          const name = nameInYear(entry, year);
          if (name === undefined || name.date < from || name.date > to) continue;
          const stats = statsOf(join(folder, device, year, entry));
          // Not the time of its last change alone, which a restored file brings along.
          if (stats !== undefined) state.update(`${entry} ${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}\n`);
        }
      }
      return state.digest("base64url");
    },
  };
}

/** The span of dates of whose files the days of a span are made: totals of a day are reported on the day after. */
export function sourceSpan({ from, to }: DateSpan): DateSpan {
  return { from: previousDate(from), to: nextDate(nextDate(to)) };
}

/** Whether all days of a span are finished, so that what is made of them follows from their files and not from the time. */
export function isFinished({ to }: DateSpan, zone: Zone, now: number): boolean {
  return to < previousDate(zone.dateOf(now));
}
