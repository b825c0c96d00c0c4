import { columnOf, type PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { blankRow, isTextPoint, minuteReader, pointReader } from "@heatloop/core/minute/csv-reader";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import { type CellLimits, pointLimits, usualCellLimits } from "@heatloop/core/minute/plausible-row";
import { type CsvText, lineBetween } from "./csv/csv-text.ts";
import { type PlainCells, plainCells, readNumber } from "./scan/plain-cells.ts";
import { placedTimeReader, timeLength } from "./scan/plain-times.ts";

/** Reads the row at a place of a text; undefined where there is none. */
export type PlacedRowReader = (text: CsvText, from: number, to: number) => Minute | undefined;

const comma = 0x2c;
const quote = 0x22;
const carriageReturn = 0x0d;
/** Two cells that begin there have no length between them: there is no row above. */
const nowhere = 0;

/** What reads a cell of a column, and where its value belongs. */
type Cell =
  | { readonly of: "figures"; readonly id: Figure; readonly limits: CellLimits }
  | { readonly of: "points"; readonly id: PointId; readonly limits: CellLimits }
  | { readonly of: "texts"; readonly id: PointId; readonly valueOf: (text: string) => Value };

/** The plain row that was read last, and the one that is being read. */
type Rows = {
  bytes: Uint8Array;
  /** Where each cell of the last row begins, and of the running one; behind the last of them the end, and one more. */
  starts: Int32Array;
  running: Int32Array;
  figures: Minute["figures"];
  points: Minute["points"];
  /** Those of the running row, once one of them is another. */
  newFigures: Record<Figure, number | null> | undefined;
  newPoints: Partial<Record<PointId, Value>> | undefined;
  readonly numbers: PlainCells;
};

/**
 * Reads rows as `minuteReader` does. Most cells are what the one above is: such a cell costs a comparison, and a row shares
 * with the one above what is the same. A row with anything that is no plain cell is left to `minuteReader`.
 */
export function placedRowReader(header: string, wanted: readonly PointId[] = loggedPoints): PlacedRowReader {
  const columns = splitRow(header);
  const cells = cellsOf(columns, wanted);
  const timeAt = placedTimeReader();
  const readLine = minuteReader(header, wanted);
  const rows: Rows = {
    bytes: new Uint8Array(0),
    starts: new Int32Array(cells.length + 1).fill(nowhere),
    running: new Int32Array(cells.length + 1),
    figures: blankRow(figures),
    points: blankRow(wanted),
    newFigures: undefined,
    newPoints: undefined,
    numbers: plainCells(),
  };
  return (text, from, to) => {
    const end = text.bytes[to - 1] === carriageReturn ? to - 1 : to;
    const at = columns[0] === "time" ? timeAt(text.bytes, from) : undefined;
    if (at === undefined || !readCells(rows, text.bytes, from + timeLength, end, cells)) {
      return readLine(lineBetween(text, from, to));
    }
    return { at, figures: rows.figures, points: rows.points };
  };
}

/** By column, as far as the last that is wanted. */
function cellsOf(columns: readonly string[], wanted: readonly PointId[]): readonly (Cell | undefined)[] {
  const named = new Map<string, Cell>([
    ...figures.map((id) => [id, { of: "figures", id, limits: usualCellLimits(id) }] as const),
    ...wanted.map((id): [string, Cell] => [columnOf(id), cellOfPoint(id)]),
  ]);
  const cells = columns.map((name, i) => (columns.indexOf(name) === i ? named.get(name) : undefined));
  return cells.slice(0, cells.findLastIndex((cell) => cell !== undefined) + 1);
}

function cellOfPoint(id: PointId): Cell {
  return isTextPoint(id)
    ? { of: "texts", id, valueOf: pointReader(id) }
    : { of: "points", id, limits: pointLimits(id) };
}

/** Reads the cells from the comma behind the time on, into `rows`; false where one of them is not plain. */
function readCells(
  rows: Rows,
  bytes: Uint8Array,
  from: number,
  to: number,
  cells: readonly (Cell | undefined)[],
): boolean {
  // The memory of a file that was read before may hold this one.
  if (rows.bytes !== bytes) rows.starts.fill(nowhere);
  const { starts, running } = rows;
  rows.newFigures = undefined;
  rows.newPoints = undefined;
  let pos = from;
  for (let column = 1; column < cells.length; column += 1) {
    if (pos >= to || bytes[pos] !== comma) return false;
    pos += 1;
    const above = starts[column] as number;
    const length = (starts[column + 1] as number) - above - 1;
    running[column] = pos;
    if (isSame(bytes, pos, to, above, length)) pos += length;
    else pos = readCell(rows, bytes, pos, to, cells[column]);
    if (pos < 0) return false;
  }
  if (pos < to && bytes[pos] !== comma) return false;
  running[cells.length] = pos + 1;
  rows.bytes = bytes;
  rows.starts = running;
  rows.running = starts;
  rows.figures = rows.newFigures ?? rows.figures;
  rows.points = rows.newPoints ?? rows.points;
  return true;
}

/** Whether a cell has the bytes of the one above, which is so long; less than nothing: there is none. */
function isSame(bytes: Uint8Array, pos: number, to: number, aboveAt: number, length: number): boolean {
  if (length < 0) return false;
  for (let i = 0; i < length; i += 1) if (bytes[pos + i] !== bytes[aboveAt + i]) return false;
  return pos + length === to || bytes[pos + length] === comma;
}

/** Reads a cell that is another than the one above; where it ends, or -1 where it is not plain. */
function readCell(rows: Rows, bytes: Uint8Array, from: number, to: number, cell: Cell | undefined): number {
  if (cell === undefined || cell.of === "texts") {
    const end = endOfText(bytes, from, to);
    if (end < 0 || cell === undefined) return end;
    pointsOf(rows)[cell.id] = cell.valueOf(Buffer.from(bytes.buffer, bytes.byteOffset + from, end - from).toString());
    return end;
  }
  let value: number | null = null;
  let end = from;
  const first = bytes[from] as number;
  if (from < to && first !== comma) {
    const { low, high } = cell.limits;
    value = readNumber(rows.numbers, bytes, from, first);
    end = rows.numbers.numberEnd;
    if (end === 0 || value < low || value > high) return -1;
  }
  if (cell.of === "points") pointsOf(rows)[cell.id] = value;
  else figuresOf(rows)[cell.id] = value;
  return end;
}

function endOfText(bytes: Uint8Array, from: number, to: number): number {
  let pos = from;
  for (; pos < to && bytes[pos] !== comma; pos += 1) if (bytes[pos] === quote) return -1;
  return pos;
}

function figuresOf(rows: Rows): Record<Figure, number | null> {
  rows.newFigures ??= { ...rows.figures };
  return rows.newFigures;
}

function pointsOf(rows: Rows): Partial<Record<PointId, Value>> {
  rows.newPoints ??= { ...rows.points };
  return rows.newPoints;
}
