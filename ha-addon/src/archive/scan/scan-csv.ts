import { ownText } from "@heatloop/core/catalogue/own-texts";
import { numberOfCell, splitRow, timeOfCell } from "@heatloop/core/minute/csv";
import type { CellLimits } from "@heatloop/core/minute/plausible-row";
import { type LinePlan, type LineScanner, type Lines, linesAtOnce } from "./line-scanner.ts";

/** A fault in a file; `line` counts from 1, the header being the first. */
type LineFinding = { readonly line: number; readonly problem: string };

/** The rows of a CSV file, column by column. The arrays are valid until the scanner reads again. */
export type Scan = {
  readonly rows: number;
  /** Each row's time, ms since the epoch, in the order of the file. */
  readonly times: Float64Array;
  /** Minutes east of UTC that each row's time was written with. */
  readonly offsets: Int16Array;
  /** The wanted columns, in that order; unknown is NaN, also where the file has no such column. */
  readonly columns: readonly Float64Array[];
  /** Whether it is known that each row begins after the one before, and that all were written with one offset. */
  readonly isAscending: boolean;
  readonly hasOneOffset: boolean;
  /** Lines that are no rows and so were left out, and cells of the columns that are no numbers. */
  readonly findings: readonly LineFinding[];
  /** Which lines behind the header were left out, the first being 0; in their order. */
  readonly leftOut: readonly number[];
};

/** The line of a row in its file; the header is line 1. */
export function lineOfRow({ leftOut }: Pick<Scan, "leftOut">, row: number): number {
  let line = row;
  for (const out of leftOut) if (out <= line) line += 1;
  return line + 2;
}

const lineFeed = 0x0a;
/** Behind so many lines that are no rows a file is not read any further: more than a day has seconds. */
const mostLeftOut = 100_000;
const utf8 = new TextDecoder("utf-8");

/** Which numbers of a row are not plausible. */
type PlausibleColumns = {
  /** Within these a number of a column is plausible whatever else its row holds. */
  readonly usual: (name: string) => CellLimits;
  /** Those columns of one row whose values cannot be right. */
  readonly implausibleColumns: (names: readonly string[], values: readonly (number | null)[]) => readonly string[];
};

const everyNumber: PlausibleColumns = {
  usual: () => ({ low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY }),
  implausibleColumns: () => [],
};

/** Reads the same columns of one file after the other. */
export type CsvScanner = {
  /** A buffer for so many bytes of a file, valid until the next call. */
  buffer(length: number): Uint8Array;
  /** Reads the file of `length` bytes in the buffer. Never throws for what is in it. */
  scan(length: number): Scan;
};

/**
 * Reads number columns of CSV files by the rules of `minuteReader` (core/minute/csv.ts): columns may be in any order, a line
 * that is no row of its header is left out, and so is a last line without an end.
 */
export function csvScanner(
  lines: LineScanner,
  names: readonly string[],
  plausibility: PlausibleColumns = everyNumber,
): CsvScanner {
  let last: Layout | undefined;
  let lastWanted:
    | { readonly of: Lines["columns"]; readonly layout: Layout; readonly columns: Scan["columns"] }
    | undefined;

  /** One file after the other has the same header. */
  function layoutOf(line: Uint8Array): Layout {
    if (last === undefined || Buffer.compare(last.line, line) !== 0)
      last = readHeader(line.slice(), names, plausibility);
    return last;
  }

  /** The wanted columns; a scanner returns the same arrays for one file after the other. */
  function wantedOf({ columns: of, rows }: Lines, layout: Layout): Scan["columns"] {
    if (lastWanted === undefined || lastWanted.of !== of || lastWanted.layout !== layout) {
      const columns = layout.planned.map((planned) => of[planned] ?? lines.unknown(rows));
      lastWanted = { of, layout, columns };
    }
    return lastWanted.columns;
  }

  function scan(length: number): Scan {
    const bytes = lines.buffer(length);
    const to = bytes.lastIndexOf(lineFeed) + 1;
    if (to === 0) return noRows(names, length === 0 ? [] : [{ line: 1, problem: "the file has no whole line" }]);
    const headerEnd = bytes.indexOf(lineFeed);
    const layout = layoutOf(bytes.subarray(0, headerEnd));
    const { timeColumn, positions } = layout;
    if (timeColumn < 0 || positions.every((position) => position < 0)) {
      return noRows(names, [{ line: 1, problem: "the first line is not the header of a minute log" }]);
    }
    const parts: Scan[] = [];
    let line = 2;
    let leftOut = 0;
    for (let from = headerEnd + 1; from < to && leftOut <= mostLeftOut; ) {
      // Only behind a time that comes first are the cells where the plan has them.
      const read = timeColumn === 0 ? lines.scan(from, to, layout.plan) : oddLines(bytes, from, to);
      const plain = { ...read, columns: wantedOf(read, layout), findings: [], leftOut: [] };
      const part =
        read.odd.length === 0 ? plain : withOdd(plain, read, { ...layout, bytes, names, plausibility, line });
      // What the scanner reads next overwrites what it has read.
      parts.push(parts.length === 0 && read.next === to ? part : copied(part));
      from = read.next;
      line += read.rows;
      leftOut += part.leftOut.length;
    }
    const whole = joined(parts, names);
    const end = endOf({ line, leftOut, isTorn: to < length });
    return end === undefined ? whole : { ...whole, findings: [...whole.findings, end] };
  }

  return { buffer: lines.buffer, scan };
}

/** The fault, if any, with which the reading of a file ended at a line. */
function endOf(at: { readonly line: number; readonly leftOut: number; readonly isTorn: boolean }) {
  const { line, leftOut, isTorn } = at;
  if (leftOut > mostLeftOut) {
    return { line, problem: "the rest is left out: more lines before it are no rows than a day has seconds" };
  }
  return isTorn ? { line, problem: "the last line has no end: it was torn off" } : undefined;
}

/** The places of the columns in a file. */
type Layout = {
  /** The bytes of the first line. */
  readonly line: Uint8Array;
  readonly header: readonly string[];
  readonly timeColumn: number;
  /** Of each wanted column; -1 where the file has none. */
  readonly positions: readonly number[];
  readonly plan: LinePlan;
  /** Of each wanted column its place in the plan; -1 where it has none. */
  readonly planned: readonly number[];
};

function readHeader(line: Uint8Array, names: readonly string[], { usual }: PlausibleColumns): Layout {
  const header = splitRow(withoutReturn(utf8.decode(line)));
  const positions = names.map((name) => header.indexOf(name));
  const places = [...new Set(positions.filter((position) => position > 0))].sort((a, b) => a - b);
  const plan = {
    gaps: places.map((position, i) => position - (places[i - 1] ?? 0) - 1),
    rest: header.length - 1 - (places.at(-1) ?? 0),
    limits: places.map((position) => usual(header[position] as string)),
  };
  const planned = positions.map((position) => places.indexOf(position));
  return { line, header, timeColumn: header.indexOf("time"), positions, plan, planned };
}

type OddReader = Pick<Layout, "header" | "positions" | "timeColumn"> & {
  readonly bytes: Uint8Array;
  readonly names: readonly string[];
  readonly plausibility: PlausibleColumns;
  /** Number of the first line. */
  readonly line: number;
};

/** Of rows that were not compared with each other. */
const uncertain = { isAscending: false, hasOneOffset: false } as const;

/** All lines of a file as odd ones, as many as are read in one go. */
function oddLines(bytes: Uint8Array, from: number, to: number): Lines {
  const odd: { row: number; from: number }[] = [];
  let next = from;
  for (; next < to && odd.length < linesAtOnce; next = bytes.indexOf(lineFeed, next) + 1) {
    odd.push({ row: odd.length, from: next });
  }
  const rows = odd.length;
  return { rows, times: new Float64Array(rows), offsets: new Int16Array(rows), columns: [], odd, ...uncertain, next };
}

/** Reads odd lines the slow way, and drops those that are no rows. */
function withOdd(part: Scan, { odd }: Lines, reader: OddReader): Scan {
  const findings: LineFinding[] = [];
  const times = part.times.slice();
  const offsets = part.offsets.slice();
  const columns = part.columns.map((column) => column.slice());
  const dropped = new Set<number>();
  for (const { row, from } of odd) {
    const text = utf8.decode(reader.bytes.subarray(from, reader.bytes.indexOf(lineFeed, from)));
    const read = readOdd(withoutReturn(text), reader);
    for (const problem of read.problems) findings.push({ line: reader.line + row, problem: ownText(problem) });
    if (read.at === undefined) {
      dropped.add(row);
      continue;
    }
    times[row] = read.at;
    offsets[row] = read.offset;
    columns.forEach((column, i) => {
      column[row] = read.values[i] ?? Number.NaN;
    });
  }
  if (dropped.size === 0) return { rows: part.rows, times, offsets, columns, findings, ...uncertain, leftOut: [] };
  const kept = (_: number, row: number) => !dropped.has(row);
  return {
    rows: part.rows - dropped.size,
    times: times.filter(kept),
    offsets: offsets.filter(kept),
    columns: columns.map((column) => column.filter(kept)),
    findings,
    ...uncertain,
    leftOut: [...dropped],
  };
}

type OddRow = {
  readonly at: number | undefined;
  readonly offset: number;
  readonly values: readonly (number | null)[];
  readonly problems: readonly string[];
};

function readOdd(text: string, { header, names, positions, timeColumn, plausibility }: OddReader): OddRow {
  const none = (...problems: string[]) => ({ at: undefined, offset: 0, values: [], problems });
  if (text === "") return none();
  if (text.includes("\0")) return none("the line holds zero bytes, as a power cut leaves them");
  const cells = splitRow(text);
  if (cells.length === 0) return none("a quote in the line does not end");
  if (cells.length !== header.length) {
    return none(`the line has ${cells.length} cells, the header has ${header.length}`);
  }
  const time = cells[timeColumn] as string;
  const at = timeOfCell(time);
  if (at === undefined) return none(`the time is not like 2026-01-31T12:34:00+01:00: ${time.slice(0, 40)}`);
  const values = positions.map((position) => numberOfCell(cells[position]));
  const wrong = names.filter((_, i) => values[i] === null && (cells[positions[i] ?? -1] ?? "") !== "");
  const problems = wrong.map((name) => `${name} is no number: ${cells[header.indexOf(name)]?.slice(0, 40)}`);
  const implausibleColumns = new Set(plausibility.implausibleColumns(names, values));
  for (const name of implausibleColumns)
    problems.push(`${name} cannot be ${cells[header.indexOf(name)]?.slice(0, 40)}`);
  const plausible = values.map((value, i) => (implausibleColumns.has(names[i] as string) ? null : value));
  return { at, offset: offsetOf(time), values: plausible, problems };
}

/** Minutes east of UTC of a time that `timeOfCell` has read. */
function offsetOf(time: string): number {
  const minutes = Number(time.slice(20, 22)) * 60 + Number(time.slice(23, 25));
  return time[19] === "-" ? -minutes : minutes;
}

function joined(parts: readonly Scan[], names: readonly string[]): Scan {
  const [first] = parts;
  if (first === undefined) return noRows(names, []);
  if (parts.length === 1) return first;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const whole = {
    rows,
    times: new Float64Array(rows),
    offsets: new Int16Array(rows),
    columns: names.map(() => new Float64Array(rows)),
    findings: parts.flatMap((part) => part.findings),
    ...uncertain,
    leftOut: [] as number[],
  };
  let from = 0;
  for (const part of parts) {
    const lines = from + whole.leftOut.length;
    whole.leftOut.push(...part.leftOut.map((line) => lines + line));
    whole.times.set(part.times, from);
    whole.offsets.set(part.offsets, from);
    for (const [i, column] of whole.columns.entries()) column.set(part.columns[i] ?? [], from);
    from += part.rows;
  }
  return whole;
}

function copied(part: Scan): Scan {
  return {
    ...part,
    times: part.times.slice(),
    offsets: part.offsets.slice(),
    columns: part.columns.map((column) => column.slice()),
  };
}

function noRows(names: readonly string[], findings: readonly LineFinding[]): Scan {
  const columns = names.map(() => new Float64Array(0));
  return {
    rows: 0,
    times: new Float64Array(0),
    offsets: new Int16Array(0),
    columns,
    findings,
    ...uncertain,
    leftOut: [],
  };
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
