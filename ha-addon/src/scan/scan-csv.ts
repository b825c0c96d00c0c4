import { numberOfCell, splitRow, timeOfCell } from "@heatloop/core/csv";
import type { LinePlan, LineScanner, Lines } from "./line-scanner.ts";

/** Something in a file that is not as it should be; `line` counts from 1, the header being the first. */
export type LineFinding = { readonly line: number; readonly problem: string };

/** The rows of a CSV file, column by column. The arrays hold until the scanner reads again. */
export type Scan = {
  readonly rows: number;
  /** Each row's time, ms since the epoch, in the order of the file. */
  readonly times: Float64Array;
  /** Minutes east of UTC that each row's time was written with. */
  readonly offsets: Int16Array;
  /** The columns that were asked for, in that order; unknown is NaN, also where the file has no such column. */
  readonly columns: readonly Float64Array[];
  /** Lines that are no rows and so were left out, and cells of the columns that are no numbers. */
  readonly findings: readonly LineFinding[];
};

const lineFeed = 0x0a;
const utf8 = new TextDecoder("utf-8");

/**
 * Reads number columns of the CSV file that lies in the scanner's room of `length` bytes, by the rules of
 * `minuteReader` (core/csv.ts): columns may stand in any order, a line that is no row of its header is left out, and so
 * is a last line without an end. Never throws for what is in the file.
 */
export function scanCsv(scanner: LineScanner, length: number, names: readonly string[]): Scan {
  const bytes = scanner.room(length);
  const to = bytes.lastIndexOf(lineFeed) + 1;
  const headerEnd = bytes.indexOf(lineFeed);
  if (to === 0) return noRows(names, length === 0 ? [] : [{ line: 1, problem: "the file has no whole line" }]);
  const header = splitRow(withoutReturn(utf8.decode(bytes.subarray(0, headerEnd))));
  const timeColumn = header.indexOf("time");
  const positions = names.map((name) => header.indexOf(name));
  if (timeColumn < 0 || positions.every((position) => position < 0)) {
    return noRows(names, [{ line: 1, problem: "the first line is not the header of a minute log" }]);
  }
  const reader: OddReader = { bytes, header, names, positions, timeColumn };
  const found = [...new Set(positions.filter((position) => position > 0))].sort((a, b) => a - b);
  const parts: Scan[] = [];
  for (let from = headerEnd + 1; from < to; ) {
    // Only behind a time that comes first are the cells where the plan has them.
    const lines = timeColumn === 0 ? scanner.scan(from, to, planOf(found, header.length)) : oddLines(bytes, from, to);
    const column = (position: number) => lines.columns[found.indexOf(position)] ?? unknown(lines.rows);
    const plain = { ...lines, columns: positions.map(column), findings: [] };
    const part = lines.odd.length === 0 ? plain : withOdd(plain, lines, reader);
    // What the scanner reads next overwrites what it has read.
    parts.push(parts.length === 0 && lines.next === to ? part : copied(part));
    from = lines.next;
  }
  const whole = joined(parts, names);
  if (to === length) return whole;
  const line = lineAt(bytes, to);
  return { ...whole, findings: [...whole.findings, { line, problem: "the last line has no end: it was torn off" }] };
}

type OddReader = {
  readonly bytes: Uint8Array;
  readonly header: readonly string[];
  readonly names: readonly string[];
  readonly positions: readonly number[];
  readonly timeColumn: number;
};

function planOf(found: readonly number[], cells: number): LinePlan {
  return {
    gaps: found.map((position, i) => position - (found[i - 1] ?? 0) - 1),
    rest: cells - 1 - (found.at(-1) ?? 0),
  };
}

/** All lines of a file as odd ones. */
function oddLines(bytes: Uint8Array, from: number, to: number): Lines {
  const odd: { row: number; from: number }[] = [];
  for (let line = from; line < to; line = bytes.indexOf(lineFeed, line) + 1) odd.push({ row: odd.length, from: line });
  const rows = odd.length;
  return { rows, times: new Float64Array(rows), offsets: new Int16Array(rows), columns: [], odd, next: to };
}

/** Reads what is odd slowly, and closes up over what is no row. */
function withOdd(part: Scan, { odd }: Lines, reader: OddReader): Scan {
  const findings: LineFinding[] = [];
  const times = part.times.slice();
  const offsets = part.offsets.slice();
  const columns = part.columns.map((column) => column.slice());
  const dropped = new Set<number>();
  for (const { row, from } of odd) {
    const text = utf8.decode(reader.bytes.subarray(from, reader.bytes.indexOf(lineFeed, from)));
    const read = readOdd(withoutReturn(text), reader);
    for (const problem of read.problems) findings.push({ line: lineAt(reader.bytes, from), problem });
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
  if (dropped.size === 0) return { rows: part.rows, times, offsets, columns, findings };
  const kept = (_: number, row: number) => !dropped.has(row);
  return {
    rows: part.rows - dropped.size,
    times: times.filter(kept),
    offsets: offsets.filter(kept),
    columns: columns.map((column) => column.filter(kept)),
    findings,
  };
}

type OddRow = {
  readonly at: number | undefined;
  readonly offset: number;
  readonly values: readonly (number | null)[];
  readonly problems: readonly string[];
};

function readOdd(text: string, { header, names, positions, timeColumn }: OddReader): OddRow {
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
  return { at, offset: offsetOf(time), values, problems };
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
  };
  let from = 0;
  for (const part of parts) {
    whole.times.set(part.times, from);
    whole.offsets.set(part.offsets, from);
    for (const [i, column] of whole.columns.entries()) column.set(part.columns[i] ?? [], from);
    from += part.rows;
  }
  return whole;
}

function copied(part: Scan): Scan {
  const { rows, times, offsets, columns, findings } = part;
  return {
    rows,
    times: times.slice(),
    offsets: offsets.slice(),
    columns: columns.map((column) => column.slice()),
    findings,
  };
}

function noRows(names: readonly string[], findings: readonly LineFinding[]): Scan {
  const columns = names.map(() => new Float64Array(0));
  return { rows: 0, times: new Float64Array(0), offsets: new Int16Array(0), columns, findings };
}

function unknown(rows: number): Float64Array {
  return new Float64Array(rows).fill(Number.NaN);
}

function withoutReturn(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function lineAt(bytes: Uint8Array, at: number): number {
  let line = 1;
  for (let end = bytes.indexOf(lineFeed); end >= 0 && end < at; end = bytes.indexOf(lineFeed, end + 1)) line += 1;
  return line;
}
