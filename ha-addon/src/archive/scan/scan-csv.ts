import { type RowLayout, readHeader } from "./layout.ts";
import type { LineScanner, Lines } from "./line-scanner.ts";
import { oddLines, type PlausibleColumns, withOdd } from "./odd-lines.ts";
import { copied, emptyScan, joined, type LineProblem, type Scan } from "./scan.ts";

const lineFeed = 0x0a;
/** Behind so many lines that are no rows a file is not read any further: more than a day has seconds. */
const mostLeftOut = 100_000;

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
  const layoutOf = layoutReader(names, plausibility);
  const wantedOf = columnPicker(lines);

  function scan(length: number): Scan {
    const bytes = lines.buffer(length);
    const to = bytes.lastIndexOf(lineFeed) + 1;
    if (to === 0) return emptyScan(names, length === 0 ? [] : [{ line: 1, problem: "the file has no whole line" }]);
    const headerEnd = bytes.indexOf(lineFeed);
    const layout = layoutOf(bytes.subarray(0, headerEnd));
    const { timeColumn, positions } = layout;
    if (timeColumn < 0 || positions.every((position) => position < 0)) {
      return emptyScan(names, [{ line: 1, problem: "the first line is not the header of a minute log" }]);
    }
    const parts: Scan[] = [];
    let line = 2;
    let leftOut = 0;
    for (let from = headerEnd + 1; from < to && leftOut <= mostLeftOut; ) {
      // Only behind a time that comes first are the cells where the plan has them.
      const read = timeColumn === 0 ? lines.scan(from, to, layout.plan) : oddLines(bytes, from, to);
      const plain = { ...read, columns: wantedOf(read, layout), problems: [], leftOut: [] };
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
    return end === undefined ? whole : { ...whole, problems: [...whole.problems, end] };
  }

  return { buffer: lines.buffer, scan };
}

/** The fault, if any, with which the reading of a file ended at a line. */
function endOf(at: {
  readonly line: number;
  readonly leftOut: number;
  readonly isTorn: boolean;
}): LineProblem | undefined {
  const { line, leftOut, isTorn } = at;
  if (leftOut > mostLeftOut) {
    return { line, problem: "the rest is left out: more lines before it are no rows than a day has seconds" };
  }
  return isTorn ? { line, problem: "the last line has no end: it was torn off" } : undefined;
}

/** Most files have the same header as the one before. */
function layoutReader(names: readonly string[], { usual }: PlausibleColumns): (header: Uint8Array) => RowLayout {
  let last: RowLayout | undefined;
  return (header) => {
    if (last === undefined || Buffer.compare(last.line, header) !== 0) last = readHeader(header.slice(), names, usual);
    return last;
  };
}

/** Picks the wanted columns; a line scanner returns the same arrays for most files as for the one before. */
function columnPicker(lines: LineScanner): (read: Lines, layout: RowLayout) => Scan["columns"] {
  let last:
    | { readonly of: Lines["columns"]; readonly layout: RowLayout; readonly columns: Scan["columns"] }
    | undefined;
  return ({ columns: of, rows }, layout) => {
    if (last === undefined || last.of !== of || last.layout !== layout) {
      const columns = layout.planned.map((planned) => of[planned] ?? lines.unknown(rows));
      last = { of, layout, columns };
    }
    return last.columns;
  };
}
