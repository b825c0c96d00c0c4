import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { HeatFormula } from "@heatloop/core/heat/heat-formula";
import { nextDate, previousDate, type Zone } from "@heatloop/core/time/local-day";
import type { Chunk, FileProblem } from "./chunk.ts";
import type { MinuteFile, MinuteReading } from "./csv/csv-minute-files.ts";
import { copyOut, scanChunks } from "./file-chunks.ts";
import { mergeChunks } from "./merge-chunks.ts";
import type { Scanners } from "./scan/open-scanners.ts";
import type { CsvScanner } from "./scan/scan-csv.ts";

/** A local date with its minutes, and those of the date after. They are valid until the next day is requested. */
export type ReadDay = {
  readonly date: string;
  readonly columns: DayColumns;
  readonly nextDay: DayColumns | undefined;
};

type DaysParts = {
  /** In order of dates and parts. */
  readonly files: readonly MinuteFile[];
  readonly load: MinuteReading["load"];
  readonly zone: Zone;
  readonly scanners: Scanners;
  readonly formula: HeatFormula;
  /** Takes a fault in a file, with the date of the file. */
  readonly report: (date: string, problem: FileProblem) => void;
  /** Takes the bytes of each file as they were read; they are valid until it returns. */
  readonly onFile?: ((file: MinuteFile, bytes: Uint8Array) => void) | undefined;
};

/** What was read and not yet yielded, by local date. */
type OpenDays = {
  readonly chunks: Map<string, Chunk[]>;
  /** Days that were merged from several chunks. */
  readonly merged: Map<string, DayColumns>;
};

/** So many files are read before other work gets its turn; chosen: some 10 ms. What else takes them may take longer. */
const filesAtOnce = 8;

/** As many scanners as `readDays` needs to copy nothing where each date has one file. */
export const scannersNeeded = 3;

/**
 * The local dates that the files have rows of, in order, each minute once and in order of time: where a minute is there
 * more than once the first counts. A file may hold rows of the dates beside its own (the time zone was another); others
 * are left out. All heat is by one `formula`, whatever it was logged by.
 */
export async function* readDays(parts: DaysParts): AsyncGenerator<ReadDay> {
  const open: OpenDays = { chunks: new Map(), merged: new Map() };
  const { scanners } = parts.scanners;
  const atOnce = parts.onFile === undefined ? filesAtOnce : 1;
  for (const [i, file] of parts.files.entries()) {
    if (i > 0 && i % atOnce === 0) await new Promise((resolve) => setImmediate(resolve));
    yield* finished(open, previousDate(file.date), parts);
    readFile(open, file, scanners[i % scanners.length] as CsvScanner, parts);
  }
  yield* finished(open, "9999-99-99", parts);
}

/** Reads a file by one of the scanners, whose former rows are copied first. */
function readFile({ chunks }: OpenDays, file: MinuteFile, scanner: CsvScanner, parts: DaysParts): void {
  for (const chunk of [...chunks.values()].flat()) if (chunk.scanner === scanner) copyOut(chunk);
  const report = (line: number | null, problem: string) => parts.report(file.date, { file: file.path, line, problem });
  let bytes: Uint8Array = new Uint8Array(0);
  const length = parts.load(file, (count) => {
    bytes = scanner.buffer(count);
    return bytes;
  });
  if (typeof length === "string") {
    report(null, length);
    return;
  }
  parts.onFile?.(file, bytes.subarray(0, length));
  for (const { date, chunk } of scanChunks(file, length, scanner, parts.zone, report)) {
    chunks.set(date, [...(chunks.get(date) ?? []), chunk]);
  }
}

/** The days that no file from the date `before` on can add to, the earliest first. */
function* finished(open: OpenDays, before: string, parts: DaysParts): Generator<ReadDay> {
  const dates = [...open.chunks.keys()].filter((date) => nextDate(date) < before).sort();
  for (const date of dates) {
    const nextDay = open.chunks.has(nextDate(date)) ? dayOf(open, nextDate(date), parts) : undefined;
    const columns = dayOf(open, date, parts);
    parts.scanners.passesOf(columns).bringToFormula(columns.rows, columns.columns, parts.formula);
    yield { date, columns, nextDay };
    open.chunks.delete(date);
    open.merged.delete(date);
  }
}

function dayOf({ chunks, merged }: OpenDays, date: string, { report }: DaysParts): DayColumns {
  const known = merged.get(date);
  if (known !== undefined) return known;
  const day = mergeChunks(chunks.get(date) ?? [], (problem) => report(date, problem));
  if (day.merged) merged.set(date, day.columns);
  return day.columns;
}
