import type { PointId } from "@heatloop/core/catalogue/points";
import { plausibleMinute } from "@heatloop/core/energy/plausible-rows";
import { splitRow, timeOfCell } from "@heatloop/core/minute/csv-cells";
import { minuteReader, minuteTimeReader, type RowReader } from "@heatloop/core/minute/csv-reader";
import type { Minute } from "@heatloop/core/minute/minute";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { CsvReading } from "./csv/csv-reading.ts";
import { type CsvText, lineBetween, placesOf, plainCellCount } from "./csv/csv-text.ts";

/** The minutes of an archive, each once and in order of time, whatever the files hold. */
export type ArchiveMinutes = {
  /** The minutes of a local date. */
  minutesOf(device: string, date: string): Promise<Minute[]>;
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
type Row = { readonly at: number; readonly file: FileOfRows; readonly from: number; readonly to: number };
type FileOfRows = CsvText & { readonly read: RowReader<Minute> };

/** The rows of files by local date, each minute once: the first that was taken counts. */
export type MinuteRows = {
  /** Takes the rows of a date's file that are of that date or one beside it. */
  take(fileDate: string, text: CsvText): void;
  /** The dates that have rows, in order. */
  dates(): string[];
  /** The rows of a date in order of time; undefined where it has none. */
  of(date: string): readonly Row[] | undefined;
  forget(date: string): void;
};

/** Collects the rows of those dates that are wanted, with some points only where they are named. */
export function minuteRows(zone: Zone, isWanted: (date: string) => boolean, points?: readonly PointId[]): MinuteRows {
  const readersOf = headerReaders(points);
  const dayOf = dayReader(zone);
  const days = new Map<string, Map<number, Row>>();
  return {
    take(fileDate, text) {
      const { timeOf, read } = readersOf(text.header);
      const file = { ...text, read };
      const dates = new Set([previousDate(fileDate), fileDate, nextDate(fileDate)].filter(isWanted));
      for (const { from, to } of placesOf(text)) {
        const at = timeOf(text, from, to);
        const date = at === undefined ? "" : dayOf(at);
        if (at === undefined || !dates.has(date)) continue;
        const day = days.get(date) ?? new Map<number, Row>();
        days.set(date, day);
        if (!day.has(at)) day.set(at, { at, file, from, to });
      }
    },
    dates: () => [...days.keys()].sort(),
    of: (date) => (days.has(date) ? [...(days.get(date)?.values() ?? [])].sort((a, b) => a.at - b.at) : undefined),
    forget: (date) => days.delete(date),
  };
}

/** The minutes of rows; a row that is none after all, although its time could be read, is left out. */
export function minutesOf(rows: readonly Row[]): Minute[] {
  return rows.flatMap(({ file, from, to }) => {
    const minute = file.read(lineBetween(file, from, to));
    return minute === undefined ? [] : [plausibleMinute(minute)];
  });
}

/** Reads the minutes of the archive by local dates of `zone`. */
export function archiveMinutes(files: Pick<CsvReading, "dates" | "readFiles">, zone: () => Zone): ArchiveMinutes {
  async function datesIn(device: string, from: string, to: string): Promise<string[]> {
    return (await files.dates(device)).filter((date) => date >= previousDate(from) && date <= nextDate(to));
  }

  /** The local dates of a range that have minutes, in order. */
  async function* rowsByDate(device: string, from: string, to: string, points?: readonly PointId[]) {
    const rows = minuteRows(zone(), (date) => date >= from && date <= to, points);
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
    for await (const { date, rows } of rowsByDate(...range)) yield { date, minutes: minutesOf(rows) };
  }

  return {
    async minutesOf(device, date) {
      for await (const { minutes } of minutesByDate(device, date, date)) return minutes;
      return [];
    },
    async *minutes(device, from, to) {
      for await (const { rows } of rowsByDate(device, zone().dateOf(from), zone().dateOf(to))) {
        for (const row of rows) if (row.at >= from && row.at < to) yield* minutesOf([row]);
      }
    },
    minutesByDate,
    datesIn,
  };
}

/** The time of a line; undefined where it is no row of the header. */
type TimeOf = (text: CsvText, from: number, to: number) => number | undefined;
type HeaderReaders = { readonly timeOf: TimeOf; readonly read: RowReader<Minute> };

/** What reads the rows under a header; one file after the other has the same. */
function headerReaders(points: readonly PointId[] | undefined): (header: string) => HeaderReaders {
  let last: (HeaderReaders & { readonly header: string }) | undefined;
  return (header) => {
    if (last?.header !== header) {
      last = { header, timeOf: timeReader(header), read: minuteReader(header, points) };
    }
    return last;
  };
}

const timeLength = "2026-01-31T12:34:00+01:00".length;

/** Most lines are read as far as their time only: the rest of their bytes are counted, and not made a text of. */
function timeReader(header: string): TimeOf {
  const columns = splitRow(header);
  const isTimeFirst = columns[0] === "time" && columns.length > 1;
  const timeOfText = minuteTimeReader(header);
  return (text, from, to) => {
    const cells = isTimeFirst ? plainCellCount(text, from, to) : undefined;
    if (cells === undefined) {
      const row = lineBetween(text, from, to);
      return row.includes("\0") ? undefined : timeOfText(row);
    }
    const [time, next] = text.bytes.toString("latin1", from, Math.min(to, from + timeLength + 1)).split(",");
    return cells === columns.length && next === "" ? timeOfCell(time) : undefined;
  };
}

/** The local date of times of which one mostly lies on the date of the one before. */
function dayReader(zone: Zone): (at: number) => string {
  let date = "";
  let [startAt, endAt] = [0, 0];
  return (at) => {
    if (at >= startAt && at < endAt) return date;
    date = zone.dateOf(at);
    [startAt, endAt] = [zone.startOf(date), zone.endOf(date)];
    return date;
  };
}
