import type { DayColumns } from "@heatloop/core/energy/day-columns";
import { blankImplausible } from "@heatloop/core/energy/plausible-rows";
import type { HeatFormula } from "@heatloop/core/heat/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Chunk, FileFinding } from "./chunk.ts";
import type { MinuteFile, MinuteReading } from "./csv-minute-files.ts";
import { mergeChunks } from "./merge-chunks.ts";
import type { Scanners } from "./scan/open-scanners.ts";
import { type CsvScanner, lineOfRow, type Scan } from "./scan/scan-csv.ts";

/** A local date with its minutes, and those of the date after. They hold until the next day is asked for. */
export type ReadDay = {
  readonly date: string;
  readonly columns: DayColumns;
  readonly nextDay: DayColumns | undefined;
};

/** So many files are read before others get their turn. */
const filesAtOnce = 8;

/** As many scanners as `readDays` needs to copy nothing where each date has one file. */
export const scannersNeeded = 3;

/**
 * The local dates that files tell of, in their order, each minute once and in order of time: where a minute stands more
 * than once the first counts. A file may hold rows of the dates beside its own (the time zone was another); others are
 * left out. All heat is told by one `formula`, whatever it was logged by. `files` in order of dates and parts; `found` gets
 * the date of the file that a finding is in.
 */
export async function* readDays(parts: {
  readonly files: readonly MinuteFile[];
  readonly load: MinuteReading["load"];
  readonly zone: Zone;
  readonly scanners: Scanners;
  readonly formula: HeatFormula;
  readonly found: (date: string, finding: FileFinding) => void;
}): AsyncGenerator<ReadDay> {
  const { zone, formula, found } = parts;
  const { scanners, passesOf } = parts.scanners;
  const chunks = new Map<string, Chunk[]>();
  const days = new Map<string, DayColumns>();

  function readFile(file: MinuteFile, scanner: CsvScanner): void {
    for (const chunk of [...chunks.values()].flat()) if (chunk.scanner === scanner) copyOut(chunk);
    const say = (line: number | null, problem: string) => found(file.date, { file: file.path, line, problem });
    const length = parts.load(file, scanner.buffer);
    if (typeof length === "string") {
      say(null, length);
      return;
    }
    const scan = scanner.scan(length);
    for (const { line, problem } of scan.findings) say(line, problem);
    blankImplausible(scan);
    checkOffsets(scan, zone, say);
    for (let from = 0; from < scan.rows; ) {
      const date = dateOfRow(scan, from, file.date, zone);
      const to = endOfDate(scan, from, zone.startOf(date), zone.endOf(date));
      if (date < previousDate(file.date) || date > nextDate(file.date)) {
        say(lineOfRow(scan, from), `${to - from} rows of another day (${date}) are left out`);
      } else {
        const first = from;
        const chunk = {
          columns: cut(scan, from, to),
          file: file.path,
          lineOf: (row: number) => lineOfRow(scan, first + row),
          isAscending: scan.isAscending,
          scanner,
        };
        chunks.set(date, [...(chunks.get(date) ?? []), chunk]);
      }
      from = to;
    }
  }

  /** What no further file can add to, from the earliest on. */
  function* finished(before: string): Generator<ReadDay> {
    const dates = [...chunks.keys()].filter((date) => nextDate(date) < before).sort();
    for (const date of dates) {
      const nextDay = chunks.has(nextDate(date)) ? dayOf(nextDate(date)) : undefined;
      const columns = dayOf(date);
      passesOf(columns).bringToFormula(columns.rows, columns.columns, formula);
      yield { date, columns, nextDay };
      chunks.delete(date);
      days.delete(date);
    }
  }

  function dayOf(date: string): DayColumns {
    const known = days.get(date);
    if (known !== undefined) return known;
    const merged = mergeChunks(chunks.get(date) ?? [], (finding) => found(date, finding));
    if (merged.merged) days.set(date, merged.columns);
    return merged.columns;
  }

  for (const [i, file] of parts.files.entries()) {
    if (i > 0 && i % filesAtOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    yield* finished(previousDate(file.date));
    readFile(file, scanners[i % scanners.length] as CsvScanner);
  }
  yield* finished("9999-99-99");
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

function copyOut(chunk: Chunk): void {
  const { rows, times, columns } = chunk.columns;
  chunk.columns = { rows, times: times.slice(), columns: columns.map((column) => column.slice()) };
  chunk.scanner = undefined;
}

function checkOffsets(
  { rows, times, offsets, ...scan }: Scan,
  zone: Zone,
  say: (line: number, problem: string) => void,
) {
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
  if (count > 0) say(lineOfRow(scan, first), `${count} rows were written with another offset than ${zone.name} has`);
}
