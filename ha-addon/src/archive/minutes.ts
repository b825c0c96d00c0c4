import type { PointId } from "@heatloop/core/catalogue/points";
import { plausibleMinute } from "@heatloop/core/energy/plausible-rows";
import type { Minute } from "@heatloop/core/minute/minute";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { CsvReading } from "./csv/csv-reading.ts";
import { type FileOfRows, rowsByDate } from "./rows-by-date.ts";

/** The minutes of an archive, each once and in order of time, whatever the files hold. */
export type ArchiveMinutes = {
  /** The minutes of a local date. */
  minutesOf(device: string, date: string): Promise<Minute[]>;
  /** Those of a local date that began at `since` or later, and how many rows it has before. */
  minutesSince(
    device: string,
    date: string,
    since: number,
  ): Promise<{ readonly before: number; readonly minutes: readonly Minute[] }>;
  /** Those that began in a span of time, ms since the epoch; made one by one, so that a slow consumer holds the text of two days. */
  minutes(device: string, from: number, to: number): AsyncIterable<Minute>;
  /** Those of the local dates of a range, both included, date by date; with some points only, where they are named. */
  minutesByDate(
    device: string,
    from: string,
    to: string,
    points?: readonly PointId[],
  ): AsyncIterable<{ readonly date: string; readonly minutes: readonly Minute[] }>;
  /** The dates of the files that may hold rows of a range: after a change of the time zone also those beside it. */
  datesIn(device: string, from: string, to: string): Promise<string[]>;
};

/** The place of a row in its file: a day's text takes a fifth of the memory of its minutes, and none of the heap. */
type RowPlace = { readonly at: number; readonly file: FileOfRows; readonly from: number; readonly to: number };

/** The minutes of rows; a row that is none after all, although its time could be read, is left out. */
function minutesOf(rows: readonly RowPlace[]): Minute[] {
  return rows.flatMap(({ file, from, to }) => {
    const minute = file.read(file, from, to);
    return minute === undefined ? [] : [plausibleMinute(minute)];
  });
}

function placeOfRow(at: number, file: FileOfRows, from: number, to: number): RowPlace {
  return { at, file, from, to };
}

/** Reads the minutes of the archive by local dates of `zone`. */
export function archiveMinutes(files: Pick<CsvReading, "dates" | "readFiles">, zone: () => Zone): ArchiveMinutes {
  async function datesIn(device: string, from: string, to: string): Promise<string[]> {
    return (await files.dates(device)).filter((date) => date >= previousDate(from) && date <= nextDate(to));
  }

  /** The local dates of a range that have minutes, in order. */
  async function* placesByDate(device: string, from: string, to: string, points?: readonly PointId[]) {
    const rows = rowsByDate(zone(), (date) => date >= from && date <= to, placeOfRow, points);
    for (const file of [...(await datesIn(device, from, to)), undefined]) {
      // A date is complete once the file of the date after it is read.
      for (const date of rows.dates()) {
        if (file !== undefined && date >= previousDate(file)) continue;
        const ofDate = rows.of(date) ?? [];
        rows.forget(date);
        yield { date, rows: ofDate };
      }
      if (file === undefined) return;
      for await (const text of files.readFiles(device, file, "minutes")) rows.take(file, text);
    }
  }

  async function* minutesByDate(...range: Parameters<ArchiveMinutes["minutesByDate"]>) {
    for await (const { date, rows } of placesByDate(...range)) yield { date, minutes: minutesOf(rows) };
  }

  return {
    async minutesOf(device, date) {
      for await (const { minutes } of minutesByDate(device, date, date)) return minutes;
      return [];
    },
    async minutesSince(device, date, since) {
      for await (const { rows } of placesByDate(device, date, date)) {
        const later = rows.filter(({ at }) => at >= since);
        return { before: rows.length - later.length, minutes: minutesOf(later) };
      }
      return { before: 0, minutes: [] };
    },
    async *minutes(device, from, to) {
      for await (const { rows } of placesByDate(device, zone().dateOf(from), zone().dateOf(to))) {
        for (const row of rows) if (row.at >= from && row.at < to) yield* minutesOf([row]);
      }
    },
    minutesByDate,
    datesIn,
  };
}
