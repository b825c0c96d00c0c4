import { minuteReader, minuteTimeReader, type RowReader } from "@heatloop/core/csv";
import { nextDate, previousDate, type Zone } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import type { PointId } from "@heatloop/core/points";
import type { CsvLine, CsvReading } from "./csv-reading.ts";

/** The minutes of an archive, each once and in order of time, whatever the files hold. */
export type ArchiveMinutes = {
  /** The minutes of a local date. */
  minutesOf(device: string, date: string): Promise<Minute[]>;
  /** Those that began in a span of time, ms since the epoch; made one by one, so that a slow taker holds two days' text. */
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

/** A row as it stands in its file, a tenth of the memory of the minute that `read` makes of it. */
type Row = { readonly at: number; readonly text: string; readonly read: RowReader<Minute> };

export function archiveMinutes(files: Pick<CsvReading, "dates" | "readFiles">, zone: () => Zone): ArchiveMinutes {
  async function datesIn(device: string, from: string, to: string): Promise<string[]> {
    return (await files.dates(device)).filter((date) => date >= previousDate(from) && date <= nextDate(to));
  }

  /** The local dates of a range that have minutes, in order. */
  async function* rowsByDate(device: string, from: string, to: string, points?: readonly PointId[]) {
    const rowOf = rowReader(points);
    const dateOf = dateReader(zone());
    const days = new Map<string, Map<number, Row>>();

    function take(file: string, lines: Iterable<CsvLine>): void {
      for (const line of lines) {
        const row = rowOf(line);
        if (row === undefined) continue;
        const date = dateOf(row.at);
        if (date < from || date > to || date < previousDate(file) || date > nextDate(file)) continue;
        const day = days.get(date) ?? new Map<number, Row>();
        days.set(date, day);
        if (!day.has(row.at)) day.set(row.at, row);
      }
    }

    for (const file of [...(await datesIn(device, from, to)), undefined]) {
      // What a file tells of the date before it is the last that is told of that.
      for (const date of [...days.keys()].sort()) {
        if (file !== undefined && date >= previousDate(file)) continue;
        const rows = [...(days.get(date)?.values() ?? [])].sort((a, b) => a.at - b.at);
        days.delete(date);
        yield { date, rows };
      }
      if (file === undefined) return;
      for await (const lines of files.readFiles(device, file, "minutes")) take(file, lines);
    }
  }

  async function* minutesByDate(...range: Parameters<ArchiveMinutes["minutesByDate"]>) {
    for await (const { date, rows } of rowsByDate(...range)) yield { date, minutes: rows.flatMap(minuteOf) };
  }

  return {
    async minutesOf(device, date) {
      for await (const { minutes } of minutesByDate(device, date, date)) return minutes;
      return [];
    },
    async *minutes(device, from, to) {
      for await (const { rows } of rowsByDate(device, zone().dateOf(from), zone().dateOf(to))) {
        for (const row of rows) if (row.at >= from && row.at < to) yield* minuteOf(row);
      }
    },
    minutesByDate,
    datesIn,
  };
}

/** None where it is no row after all, which its reader of times has seen before. */
function minuteOf({ text, read }: Row): Minute[] {
  const minute = read(text);
  return minute === undefined ? [] : [minute];
}

/** One file after the other has the same header. */
function rowReader(points: readonly PointId[] | undefined): (line: CsvLine) => Row | undefined {
  let header: string | undefined;
  let timeOf: RowReader<number> = () => undefined;
  let read: RowReader<Minute> = () => undefined;
  return (line) => {
    if (line.header !== header) {
      header = line.header;
      timeOf = minuteTimeReader(header);
      read = minuteReader(header, points);
    }
    const at = timeOf(line.row);
    return at === undefined ? undefined : { at, text: line.row, read };
  };
}

/** The local date of times of which one mostly lies on the date of the one before. */
function dateReader(zone: Zone): (at: number) => string {
  let date = "";
  let [startAt, endAt] = [0, 0];
  return (at) => {
    if (at >= startAt && at < endAt) return date;
    date = zone.dateOf(at);
    [startAt, endAt] = [zone.startOf(date), zone.endOf(date)];
    return date;
  };
}
