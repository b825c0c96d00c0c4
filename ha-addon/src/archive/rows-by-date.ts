import type { PointId } from "@heatloop/core/catalogue/points";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { minuteTimeReader } from "@heatloop/core/minute/csv-reader";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import { type CsvText, lineBetween, placesOf, plainCellCount } from "./csv/csv-text.ts";
import { type PlacedRowReader, placedRowReader } from "./placed-rows.ts";
import { placedTimeReader, timeLength } from "./scan/plain-times.ts";

/** A file with what reads its rows by their places. */
export type FileOfRows = CsvText & { readonly read: PlacedRowReader };

/** The rows of files by local date, each minute once: the first that was taken counts. */
export type RowsByDate<Row> = {
  /** Takes the rows of a date's file that are of that date or one beside it. */
  take(fileDate: string, text: CsvText): void;
  /** The dates that have rows, in order. */
  dates(): string[];
  /** The rows of a date in order of time; undefined where it has none. */
  of(date: string): readonly Row[] | undefined;
  forget(date: string): void;
};

/**
 * Collects the rows of those dates that are wanted, with some points only where they are named; `rowOf` is what is held of
 * a row, undefined where it is none after all.
 */
export function rowsByDate<Row extends { readonly at: number }>(
  zone: Zone,
  isWanted: (date: string) => boolean,
  rowOf: (at: number, file: FileOfRows, from: number, to: number) => Row | undefined,
  points?: readonly PointId[],
): RowsByDate<Row> {
  const readersOf = headerReaders(points);
  const dayOf = dayReader(zone);
  const days = new Map<string, DayRows<Row>>();
  return {
    take(fileDate, text) {
      const { timeOf, read } = readersOf(text.header);
      const file = { ...text, read };
      const dates = new Set([previousDate(fileDate), fileDate, nextDate(fileDate)].filter(isWanted));
      for (const { from, to } of placesOf(text)) {
        const at = timeOf(text, from, to);
        const date = at === undefined ? "" : dayOf(at);
        if (at === undefined || !dates.has(date)) continue;
        const row = rowOf(at, file, from, to);
        if (row === undefined) continue;
        const day = days.get(date);
        if (day === undefined) days.set(date, { rows: [row], byTime: undefined });
        else addRow(day, row);
      }
    },
    dates: () => [...days.keys()].sort(),
    of(date) {
      const day = days.get(date);
      return day?.byTime === undefined ? day?.rows : [...day.byTime.values()].sort((a, b) => a.at - b.at);
    },
    forget: (date) => days.delete(date),
  };
}

/** In order of time, as nearly all are; once one was not, all are by their time. */
type DayRows<Row> = { readonly rows: Row[]; byTime: Map<number, Row> | undefined };

function addRow<Row extends { readonly at: number }>(day: DayRows<Row>, row: Row): void {
  const { rows } = day;
  if (day.byTime === undefined && row.at > (rows.at(-1) as Row).at) rows.push(row);
  else {
    day.byTime ??= new Map(rows.map((each) => [each.at, each]));
    if (!day.byTime.has(row.at)) day.byTime.set(row.at, row);
  }
}

/** The time of a line; undefined where it is no row of the header. */
type TimeOf = (text: CsvText, from: number, to: number) => number | undefined;
type HeaderReaders = { readonly timeOf: TimeOf; readonly read: PlacedRowReader };

/** What reads the rows under a header; one file after the other has the same. */
function headerReaders(points: readonly PointId[] | undefined): (header: string) => HeaderReaders {
  let last: (HeaderReaders & { readonly header: string }) | undefined;
  return (header) => {
    if (last?.header !== header) {
      last = { header, timeOf: timeReader(header), read: placedRowReader(header, points) };
    }
    return last;
  };
}

const comma = 0x2c;

/** Most lines are read as far as their time only: the rest of their bytes are counted, and not made a text of. */
function timeReader(header: string): TimeOf {
  const columns = splitRow(header);
  const isTimeFirst = columns[0] === "time" && columns.length > 1;
  const timeOfText = minuteTimeReader(header);
  const timeAt = placedTimeReader();
  return (text, from, to) => {
    const at = isTimeFirst ? timeAt(text.bytes, from) : undefined;
    const cells = at === undefined ? undefined : plainCellCount(text, from, to);
    if (at === undefined || cells === undefined) {
      const row = lineBetween(text, from, to);
      return row.includes("\0") ? undefined : timeOfText(row);
    }
    return cells === columns.length && text.bytes[from + timeLength] === comma ? at : undefined;
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
