import type { CellLimits } from "@heatloop/core/minute/plausible-row";
import { type LinePlan, linesAtOnce } from "./line-scanner.ts";

// Here, not in a file of their own: V8 loads an imported constant anew for each byte, which costs a fifth of the time.
const comma = 0x2c;
const carriageReturn = 0x0d;
const quote = 0x22;
const space = 0x20;
const zero = 0x30;
const dot = 0x2e;
const minus = 0x2d;
export const lineFeed = 0x0a;

const mostDigits = 15;
const powers = Array.from({ length: mostDigits + 1 }, (_, i) => 10 ** i);

/** Where the numbers of cells go, and what the last one read leaves behind. */
export type PlainCells = {
  /** Column by column, each with space for `linesAtOnce` rows; unknown is NaN. */
  values: Float64Array;
  /** Where the number read last ends; 0 where the cell is not a plain number. */
  numberEnd: number;
};

export function plainCells(): PlainCells {
  return { values: new Float64Array(0), numberEnd: 0 };
}

/** Makes space for the rows of so many columns; what was in it may be lost. */
export function fitColumns(cells: PlainCells, columns: number): void {
  const size = columns * linesAtOnce;
  if (cells.values.length < size) cells.values = new Float64Array(size);
}

/**
 * Reads the planned cells of a line into `row`, from the end of its time on. Returns where the next line begins, or 0
 * where the line is odd.
 */
export function readCells(cells: PlainCells, bytes: Uint8Array, from: number, plan: LinePlan, row: number): number {
  const { gaps, rest, limits } = plan;
  const { values } = cells;
  const columnLength = linesAtOnce;
  let pos = from;
  for (let i = 0; i < gaps.length; i += 1) {
    const gap = gaps[i] as number;
    if (bytes[pos] !== comma) return 0;
    if (gap > 0) pos = skipCells(bytes, pos, gap);
    if (pos === 0) return 0;
    pos += 1;
    const first = bytes[pos] as number;
    const at = i * columnLength + row;
    if (first === comma || first === lineFeed || first === carriageReturn) values[at] = Number.NaN;
    else {
      const value = readNumber(cells, bytes, pos, first);
      const { low, high } = limits[i] as CellLimits;
      if (cells.numberEnd === 0 || value < low || value > high) return 0;
      values[at] = value;
      pos = cells.numberEnd;
    }
  }
  return finishLine(bytes, pos, rest);
}

/** From a comma over so many cells to the comma behind them; 0 where the line ends before, or a quote comes. */
function skipCells(bytes: Uint8Array, from: number, count: number): number {
  let pos = from;
  for (let left = count; left > 0; left -= 1) {
    pos += 1;
    for (let byte = bytes[pos] as number; byte !== comma; byte = bytes[pos] as number) {
      if (isStop(byte)) return 0;
      pos += 1;
    }
  }
  return pos;
}

/** From the end of a cell over exactly so many cells to the begin of the next line; 0 where there are more or fewer. */
function finishLine(bytes: Uint8Array, from: number, count: number): number {
  let pos = from;
  let left = count;
  let byte = bytes[pos] as number;
  while (!isStop(byte)) {
    if (byte === comma) left -= 1;
    pos += 1;
    byte = bytes[pos] as number;
  }
  if (left !== 0) return 0;
  if (byte === lineFeed) return pos + 1;
  return byte === carriageReturn && bytes[pos + 1] === lineFeed ? pos + 2 : 0;
}

/** The decimal number that begins with the byte `first` at `from`; sets `numberEnd`. */
export function readNumber(cells: PlainCells, bytes: Uint8Array, from: number, first: number): number {
  let pos = from;
  let next = first;
  const negative = first === minus;
  if (negative) {
    pos += 1;
    next = bytes[pos] as number;
  }
  let digits = 0;
  const start = pos;
  while (isDigit(next)) {
    digits = digits * 10 + next - zero;
    pos += 1;
    next = bytes[pos] as number;
  }
  let count = pos - start;
  let decimals = 0;
  cells.numberEnd = 0;
  if (count === 0) return Number.NaN;
  if (next === dot) {
    pos += 1;
    const point = pos;
    next = bytes[pos] as number;
    while (isDigit(next)) {
      digits = digits * 10 + next - zero;
      pos += 1;
      next = bytes[pos] as number;
    }
    decimals = pos - point;
    if (decimals === 0) return Number.NaN;
    count += decimals;
  }
  if (count > mostDigits) return Number.NaN;
  if (next !== comma && next !== lineFeed && next !== carriageReturn) return Number.NaN;
  cells.numberEnd = pos;
  // Digits below 2^53 and a power of ten below 10^22 are exact, so their quotient is the nearest double.
  const value = digits / (powers[decimals] as number);
  return negative ? -value : value;
}

/** A byte that ends a line or may not occur in a plain one. */
function isStop(byte: number): boolean {
  return byte < space || byte === quote;
}

export function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}
