import { ownText } from "@heatloop/core/catalogue/own-texts";
import { numberOfCell, splitRow, timeOfCell } from "@heatloop/core/minute/csv-cells";
import type { CellLimits } from "@heatloop/core/minute/plausible-row";
import { lineText, type RowLayout } from "./layout.ts";
import { type Lines, linesAtOnce } from "./line-scanner.ts";
import { type LineProblem, type Scan, uncertain } from "./scan.ts";

const lineFeed = 0x0a;

/** Which numbers of a row are not plausible. */
export type PlausibleColumns = {
  /** Within these a number of a column is plausible whatever else its row holds. */
  readonly usual: (name: string) => CellLimits;
  /** Those columns of one row whose values cannot be right. */
  readonly implausibleColumns: (names: readonly string[], values: readonly (number | null)[]) => readonly string[];
};

type OddReader = Pick<RowLayout, "header" | "positions" | "timeColumn"> & {
  readonly bytes: Uint8Array;
  readonly names: readonly string[];
  readonly plausibility: PlausibleColumns;
  /** Number of the first line. */
  readonly line: number;
};

/** All lines of a file as odd ones, as many as are read in one go. */
export function oddLines(bytes: Uint8Array, from: number, to: number): Lines {
  const odd: { row: number; from: number }[] = [];
  let next = from;
  for (; next < to && odd.length < linesAtOnce; next = bytes.indexOf(lineFeed, next) + 1) {
    odd.push({ row: odd.length, from: next });
  }
  const rows = odd.length;
  return { rows, times: new Float64Array(rows), offsets: new Int16Array(rows), columns: [], odd, ...uncertain, next };
}

/** Reads odd lines the slow way, and drops those that are no rows. */
export function withOdd(part: Scan, { odd }: Lines, reader: OddReader): Scan {
  const problems: LineProblem[] = [];
  const times = part.times.slice();
  const offsets = part.offsets.slice();
  const columns = part.columns.map((column) => column.slice());
  const dropped = new Set<number>();
  for (const { row, from } of odd) {
    const text = lineText(reader.bytes.subarray(from, reader.bytes.indexOf(lineFeed, from)));
    const read = readOdd(text, reader);
    for (const problem of read.problems) problems.push({ line: reader.line + row, problem: ownText(problem) });
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
  if (dropped.size === 0) return { rows: part.rows, times, offsets, columns, problems, ...uncertain, leftOut: [] };
  const kept = (_: number, row: number) => !dropped.has(row);
  return {
    rows: part.rows - dropped.size,
    times: times.filter(kept),
    offsets: offsets.filter(kept),
    columns: columns.map((column) => column.filter(kept)),
    problems,
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
