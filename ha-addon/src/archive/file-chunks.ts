import type { DayColumns } from "@heatloop/core/energy/day-columns";
import { blankImplausible } from "@heatloop/core/energy/plausible-rows";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Chunk } from "./chunk.ts";
import type { MinuteFile } from "./csv/csv-minute-files.ts";
import { lineOfRow, type Scan } from "./scan/scan.ts";
import type { CsvScanner } from "./scan/scan-csv.ts";

/** Takes a fault of the file that is being read; `line` null: it is about the whole file. */
type ReportLine = (line: number | null, problem: string) => void;

/**
 * The rows of a file of `length` bytes that lies in the scanner's buffer, cut by local date, in the order of the file.
 * Rows that are not of the file's date or one beside it are left out and reported.
 */
export function scanChunks(
  file: MinuteFile,
  length: number,
  scanner: CsvScanner,
  zone: Zone,
  report: ReportLine,
): { readonly date: string; readonly chunk: Chunk }[] {
  const scan = scanner.scan(length);
  for (const { line, problem } of scan.problems) report(line, problem);
  blankImplausible(scan);
  checkOffsets(scan, zone, report);
  const chunks: { date: string; chunk: Chunk }[] = [];
  let to = 0;
  for (let from = 0; from < scan.rows; from = to) {
    const date = dateOfRow(scan, from, file.date, zone);
    to = endOfDate(scan, from, zone.startOf(date), zone.endOf(date));
    if (date < previousDate(file.date) || date > nextDate(file.date)) {
      report(lineOfRow(scan, from), `${to - from} rows of another day (${date}) are left out`);
    } else chunks.push({ date, chunk: chunkOf(scan, from, to, file.path, scanner) });
  }
  return chunks;
}

/** Copies the arrays of a chunk, as its scanner is about to read again. */
export function copyOut(chunk: Chunk): void {
  const { rows, times, columns } = chunk.columns;
  chunk.columns = { rows, times: times.slice(), columns: columns.map((column) => column.slice()) };
  chunk.scanner = undefined;
}

function chunkOf(scan: Scan, from: number, to: number, file: string, scanner: CsvScanner): Chunk {
  return {
    columns: cut(scan, from, to),
    file,
    lineOf: (row) => lineOfRow(scan, from + row),
    isAscending: scan.isAscending,
    scanner,
  };
}

function dateOfRow({ times }: Scan, row: number, usual: string, zone: Zone): string {
  const at = times[row] as number;
  return at >= zone.startOf(usual) && at < zone.endOf(usual) ? usual : zone.dateOf(at);
}

function endOfDate({ rows, times, isAscending }: Scan, from: number, startAt: number, endAt: number): number {
  if (isAscending && (times[from] as number) >= startAt && (times[rows - 1] as number) < endAt) return rows;
  let row = from;
  while (row < rows && (times[row] as number) >= startAt && (times[row] as number) < endAt) row += 1;
  return row;
}

function cut({ rows, times, columns }: Scan, from: number, to: number): DayColumns {
  if (from === 0 && to === rows) return { rows, times, columns };
  return {
    rows: to - from,
    times: times.subarray(from, to),
    columns: columns.map((column) => column.subarray(from, to)),
  };
}

function checkOffsets({ rows, times, offsets, ...scan }: Scan, zone: Zone, report: ReportLine): void {
  if (rows === 0) return;
  const usual = zone.offsetMinutes(times[0] as number);
  const isUsual = usual === zone.offsetMinutes(times[rows - 1] as number);
  if (scan.hasOneOffset && isUsual && offsets[0] === usual) return;
  let count = 0;
  let first = 0;
  for (let row = 0; row < rows; row += 1) {
    // Only a file over a change of the offset needs the zone's for each row.
    if (offsets[row] === (isUsual ? usual : zone.offsetMinutes(times[row] as number))) continue;
    if (count === 0) first = row;
    count += 1;
  }
  if (count > 0) report(lineOfRow(scan, first), `${count} rows were written with another offset than ${zone.name} has`);
}
