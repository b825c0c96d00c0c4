import type { CellLimits } from "@heatloop/core/minute/plausible-row";
import { type LinePlan, type LineScanner, type Lines, linesAtOnce } from "./line-scanner.ts";

const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const quote = 0x22;
const zero = 0x30;
const dot = 0x2e;
const minus = 0x2d;
const timeLength = 25;
const mostDigits = 15;
const powers = Array.from({ length: mostDigits + 1 }, (_, i) => 10 ** i);

/** The line scanner in JavaScript, for machines whose WebAssembly has no SIMD; reads exactly what that one reads. */
export function plainLineScanner(): LineScanner {
  let bytes = new Uint8Array(0);
  let times = new Float64Array(0);
  let offsets = new Int16Array(0);
  let values = new Float64Array(0);
  /** Where the number that was read ends; 0 where the cell is not a plain number. */
  let numberEnd = 0;
  let timeMs = 0;
  let offsetMinutes = 0;

  /** The begin of the next line, or 0 for an odd one. */
  function readCells(from: number, { gaps, rest, limits }: LinePlan, row: number): number {
    let pos = from;
    for (let i = 0; i < gaps.length; i += 1) {
      const gap = gaps[i] as number;
      if (bytes[pos] !== comma) return 0;
      if (gap > 0) pos = skipCells(pos, gap);
      if (pos === 0) return 0;
      pos += 1;
      const first = bytes[pos] as number;
      const at = i * linesAtOnce + row;
      if (first === comma || first === lineFeed || first === carriageReturn) values[at] = Number.NaN;
      else {
        const value = readNumber(pos, first);
        const { low, high } = limits[i] as CellLimits;
        if (numberEnd === 0 || value < low || value > high) return 0;
        values[at] = value;
        pos = numberEnd;
      }
    }
    return finishLine(pos, rest);
  }

  /** From a comma over so many cells to the comma behind them; 0 where the line ends before, or a quote comes. */
  function skipCells(from: number, cells: number): number {
    let pos = from;
    for (let left = cells; left > 0; left -= 1) {
      pos += 1;
      for (let byte = bytes[pos] as number; byte !== comma; byte = bytes[pos] as number) {
        if (isStop(byte)) return 0;
        pos += 1;
      }
    }
    return pos;
  }

  function finishLine(from: number, cells: number): number {
    let pos = from;
    let left = cells;
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

  function readNumber(from: number, first: number): number {
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
    numberEnd = 0;
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
    numberEnd = pos;
    // Digits below 2^53 and a power of ten below 10^22 are exact, so their quotient is the nearest double.
    const value = digits / (powers[decimals] as number);
    return negative ? -value : value;
  }

  function sameHour(line: number, other: number): boolean {
    for (let i = 0; i < timeLength; i += 1) {
      if (i !== 14 && i !== 15 && bytes[line + i] !== bytes[other + i]) return false;
    }
    return two(line + 14) < 60;
  }

  /** Two digits; far too many where they are none. */
  function two(at: number): number {
    const tens = bytes[at] as number;
    const ones = bytes[at + 1] as number;
    return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + ones - zero : 10_000;
  }

  function readTime(at: number): boolean {
    if (bytes[at + 4] !== minus || bytes[at + 7] !== minus || bytes[at + 10] !== 0x54) return false;
    if (bytes[at + 13] !== 0x3a || bytes[at + 16] !== 0x3a || bytes[at + 22] !== 0x3a) return false;
    const sign = bytes[at + 19];
    if (sign !== minus && sign !== 0x2b) return false;
    const [year, month, day] = [two(at) * 100 + two(at + 2), two(at + 5), two(at + 8)];
    const [hour, minute, second] = [two(at + 11), two(at + 14), two(at + 17)];
    const [offsetHour, offsetMinute] = [two(at + 20), two(at + 23)];
    if (year < 1970 || year > 2999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
    if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return false;
    offsetMinutes = (offsetHour * 60 + offsetMinute) * (sign === minus ? -1 : 1);
    timeMs = Date.UTC(year, month - 1, day, hour, minute - offsetMinutes, second);
    return true;
  }

  function scan(from: number, to: number, plan: LinePlan): Lines {
    const odd: { row: number; from: number }[] = [];
    const size = plan.gaps.length * linesAtOnce;
    if (times.length === 0) [times, offsets] = [new Float64Array(linesAtOnce), new Int16Array(linesAtOnce)];
    if (values.length < size) values = new Float64Array(size);
    let row = 0;
    let line = from;
    let hourLine = -1;
    let hourMs = 0;
    let before = Number.NEGATIVE_INFINITY;
    let isAscending = true;
    let firstOffset = 0;
    let hasOneOffset = true;
    while (line < to && row < linesAtOnce) {
      let end = 0;
      let at = 0;
      if (hourLine >= 0 && sameHour(line, hourLine)) {
        at = hourMs + two(line + 14) * 60_000;
        end = line + timeLength;
      } else if (readTime(line)) {
        at = timeMs;
        end = line + timeLength;
        hourLine = line;
        hourMs = at - two(line + 14) * 60_000;
      }
      if (end !== 0) end = readCells(end, plan, row);
      if (end === 0) {
        odd.push({ row, from: line });
        end = bytes.indexOf(lineFeed, line) + 1;
      }
      if (at <= before) isAscending = false;
      before = at;
      if (row === 0) firstOffset = offsetMinutes;
      else if (offsetMinutes !== firstOffset) hasOneOffset = false;
      times[row] = at;
      offsets[row] = offsetMinutes;
      row += 1;
      line = end;
    }
    const column = (i: number) => values.subarray(i * linesAtOnce, i * linesAtOnce + row);
    return {
      rows: row,
      times: times.subarray(0, row),
      offsets: offsets.subarray(0, row),
      columns: plan.gaps.map((_, i) => column(i)),
      odd,
      isAscending: isAscending && odd.length === 0,
      hasOneOffset: hasOneOffset && odd.length === 0,
      next: line,
    };
  }

  return {
    buffer(length) {
      if (bytes.length < length) bytes = new Uint8Array(length);
      return bytes.subarray(0, length);
    },
    unknown: (rows) => new Float64Array(rows).fill(Number.NaN),
    scan,
  };
}

/** A byte that ends a line or may not stand in a plain one. */
function isStop(byte: number): boolean {
  return byte < 0x20 || byte === quote;
}

function isDigit(byte: number): boolean {
  return byte >= zero && byte < zero + 10;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
