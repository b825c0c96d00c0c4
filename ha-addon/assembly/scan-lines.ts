// AssemblyScript (a TypeScript of WebAssembly's types): compiled by scripts/making/build-scanner.ts, never run as TypeScript.
// The plain twin is src/archive/scan/plain-lines.ts: what one takes, the other takes, and both leave the same lines as odd.

import { offsetMinutes, readTime, sameHour, timeLength, timeMs, two } from "./scan-time.ts";

const comma: u8 = 0x2c;
const lineFeed: u8 = 0x0a;
const carriageReturn: u8 = 0x0d;
const quote: u8 = 0x22;
const zero: u8 = 0x30;
const dot: u8 = 0x2e;
const minus: u8 = 0x2d;
const mostDigits: usize = 15;

// What `prepare` writes to the first 256 bytes. Powers of ten up to 10^15 (f64):
const powers: usize = 0;
/** For each length of a cell, which of eight bytes are the cell's and its comma's (u64). */
const masks: usize = 128;
/** 16 commas, 16 quotes: what is loaded stays in its register, a constant would be made anew in each round of a loop. */
const commaBlocks: usize = 192;
const quoteBlocks: usize = 208;
/**
 * For each wanted column the cell that was read last, as most cells are what the one above them is: its bytes with the
 * comma behind it (u64), which of the eight bytes these are (u64), its value (f64) and its length (u64); behind them the
 * least and the most that a plain line has there (f64).
 */
let above: usize = 0;
const aboveBytes: usize = 48;
const longestAbove: usize = 7;

/** Once before the rest: `aboveAt` is space of 48 bytes for each of `most` wanted columns. */
export function prepare(aboveAt: usize, most: u32): void {
  let power: f64 = 1;
  for (let i: usize = 0; i <= mostDigits; i += 1) {
    store<f64>(powers + (i << 3), power);
    power *= 10;
  }
  v128.store(commaBlocks, i8x16.splat(comma));
  v128.store(quoteBlocks, i8x16.splat(quote));
  for (let i: usize = 0; i <= longestAbove; i += 1) {
    store<u64>(masks + (i << 3), u64.MAX_VALUE >> ((<u64>(longestAbove - i)) << 3));
  }
  above = aboveAt;
  for (let i: u32 = 0; i < most; i += 1) limit(i, -Infinity, Infinity);
}

/** Before other columns are read: what the numbers of one of them may be in a plain line. */
export function limit(column: u32, low: f64, high: f64): void {
  const at = above + <usize>column * aboveBytes;
  // No cell has these bytes, of which none count: what was read of another column is forgotten.
  store<u64>(at, 1);
  store<u64>(at, 0, 8);
  store<f64>(at, low, 32);
  store<f64>(at, high, 40);
}

/**
 * Reads at most `most` lines in [from, to); the last byte is a line feed, and 32 bytes behind it may be read. `runs`:
 * for each run of wanted columns two u32, how many cells lie between it and the run before (or the time), and how many
 * columns it has; behind them how many cells lie behind the last. Values go to `values` (f64, column by column, `most`
 * rows apart), times to `times` (f64, ms), their offsets to `offsets` (i16, minutes); what is unknown is NaN. A line that
 * is not plain gets a row too, and its address and row as a pair of u32 behind `odd` + 16. Returns the rows; at `odd`
 * stand the number of odd lines, the address of the line that comes next, and 1 where each time is later than the one
 * before, 1 where all have one offset.
 */
export function scanLines(
  from: usize,
  to: usize,
  runs: usize,
  wanted: u32,
  times: usize,
  offsets: usize,
  values: usize,
  most: u32,
  odd: usize,
): u32 {
  let row: u32 = 0;
  let oddAt = odd + 16;
  let before: f64 = -Infinity;
  let isAscending: u32 = 1;
  let firstOffset: i32 = 0;
  let hasOneOffset: u32 = 1;
  let line = from;
  // The hour of the row before: the same 14 characters and the same end mean the same hour.
  let hourLine: usize = 0;
  let hourMs: f64 = 0;
  const columnBytes = (<usize>most) << 3;

  while (line < to && row < most) {
    let end: usize = 0;
    let at: f64 = 0;
    if (hourLine !== 0 && sameHour(line, hourLine)) {
      at = hourMs + <f64>two(line + 14) * 60000;
      end = line + timeLength;
    } else if (readTime(line)) {
      at = timeMs;
      end = line + timeLength;
      hourLine = line;
      hourMs = at - <f64>two(line + 14) * 60000;
    }
    if (end !== 0) end = readCells(end, runs, wanted, values + ((<usize>row) << 3), columnBytes);
    if (end === 0) {
      store<u32>(oddAt, <u32>line);
      store<u32>(oddAt, row, 4);
      oddAt += 8;
      end = endOfLine(line);
    }
    if (at <= before) isAscending = 0;
    before = at;
    if (row === 0) firstOffset = offsetMinutes;
    else if (offsetMinutes !== firstOffset) hasOneOffset = 0;
    store<f64>(times + ((<usize>row) << 3), at);
    store<i16>(offsets + ((<usize>row) << 1), <i16>offsetMinutes);
    row += 1;
    line = end;
  }
  store<u32>(odd, <u32>((oddAt - odd - 16) >> 3));
  store<u32>(odd, <u32>line, 4);
  store<u32>(odd, isAscending, 8);
  store<u32>(odd, hasOneOffset, 12);
  return row;
}

/** Reads the wanted cells of a line from the comma behind its time on; the begin of the next line, or 0 for an odd one. */
export function readCells(from: usize, runs: usize, wanted: u32, values: usize, columnBytes: usize): usize {
  // Behind the comma of the cell before.
  let pos = from + 1;
  let value = values;
  let last = above;
  if (load<u8>(from) !== comma) return 0;
  let left = wanted;
  let run = runs;
  while (left > 0) {
    const gap = load<u32>(run);
    if (gap > 0) {
      pos = skipCells(pos - 1, gap) + 1;
      if (pos === 1) return 0;
    }
    const cells = load<u32>(run, 4);
    run += 8;
    left -= cells;
    const end = last + <usize>cells * aboveBytes;
    while (last < end) {
      const bytes = load<u64>(pos);
      if ((bytes & load<u64>(last, 8)) === load<u64>(last)) {
        store<f64>(value, load<f64>(last, 16));
        pos += <usize>load<u32>(last, 24);
      } else {
        pos = readCell(pos, bytes, value, last);
        if (pos === 0) return 0;
        // Only the last cell of a line may end with it.
        if (load<u8>(pos) !== comma && (last + aboveBytes !== end || left !== 0)) return 0;
        pos += 1;
      }
      value += columnBytes;
      last += aboveBytes;
    }
  }
  return finishLine(pos - 1, load<u32>(run));
}

/**
 * Reads a cell that is not the one above it, and remembers it for the next; its end, or 0 where it is neither empty nor
 * digits with at most one point and a minus, or beyond its limits.
 */
function readCell(from: usize, bytes: u64, value: usize, last: usize): usize {
  let pos = from;
  let next = load<u8>(pos);
  let number: f64 = NaN;
  const negative = next === minus;
  if (negative) {
    pos += 1;
    next = load<u8>(pos);
  }
  if (next - zero < 10) {
    const start = pos;
    let digits: u64 = 0;
    do {
      digits = digits * 10 + <u64>(next - zero);
      pos += 1;
      next = load<u8>(pos);
    } while (next - zero < 10);
    let count = pos - start;
    let decimals: usize = 0;
    if (next === dot) {
      const point = pos;
      pos += 1;
      next = load<u8>(pos);
      while (next - zero < 10) {
        digits = digits * 10 + <u64>(next - zero);
        pos += 1;
        next = load<u8>(pos);
      }
      decimals = pos - point - 1;
      if (decimals === 0) return 0;
      count += decimals;
    }
    if (count > mostDigits) return 0;
    // At most 15 digits: as a signed number it is converted in one step.
    number = <f64>(<i64>digits);
    if (decimals !== 0) number /= load<f64>(powers + (decimals << 3));
    if (negative) number = -number;
    if (number < load<f64>(last, 32) || number > load<f64>(last, 40)) return 0;
  } else if (negative) return 0;
  store<f64>(value, number);
  if (next !== comma) return next === lineFeed || next === carriageReturn ? pos : 0;
  const length = pos - from;
  if (length <= longestAbove) {
    const counting = load<u64>(masks + (length << 3));
    store<u64>(last, bytes & counting);
    store<u64>(last, counting, 8);
    store<f64>(last, number, 16);
    store<u32>(last, <u32>length + 1, 24);
  }
  return pos;
}

/** From a comma over so many cells to the comma behind them; 0 where the line ends before, or a quote comes. */
function skipCells(from: usize, cells: u32): usize {
  const commaBlock = v128.load(commaBlocks);
  const quoteBlock = v128.load(quoteBlocks);
  let pos = from + 1;
  let left = cells;
  while (true) {
    const block = v128.load(pos);
    let commas = i8x16.bitmask(i8x16.eq(block, commaBlock));
    const stops = i8x16.bitmask(i8x16.le_u(block, quoteBlock)) === 0 ? 0 : stopsIn(block);
    if (stops !== 0) commas &= (stops & -stops) - 1;
    const count = <u32>popcnt(commas);
    if (count >= left) {
      for (; left > 1; left -= 1) commas &= commas - 1;
      return pos + <usize>ctz(commas);
    }
    if (stops !== 0) return 0;
    left -= count;
    pos += 16;
  }
}

/** From behind the last wanted cell to the begin of the next line, if exactly so many cells lie between. */
function finishLine(from: usize, cells: u32): usize {
  const commaBlock = v128.load(commaBlocks);
  const quoteBlock = v128.load(quoteBlocks);
  let pos = from;
  let left = cells;
  while (true) {
    const block = v128.load(pos);
    let commas = i8x16.bitmask(i8x16.eq(block, commaBlock));
    const stops = i8x16.bitmask(i8x16.le_u(block, quoteBlock)) === 0 ? 0 : stopsIn(block);
    if (stops === 0) {
      left -= <u32>popcnt(commas);
      pos += 16;
      continue;
    }
    commas &= (stops & -stops) - 1;
    if (left !== <u32>popcnt(commas)) return 0;
    pos += <usize>ctz(stops);
    const stop = load<u8>(pos);
    if (stop === lineFeed) return pos + 1;
    return stop === carriageReturn && load<u8>(pos, 1) === lineFeed ? pos + 2 : 0;
  }
}

/** A bit for each byte that ends a line or may not stand in a plain one: control characters and quotes. */
function stopsIn(block: v128): i32 {
  return i8x16.bitmask(v128.or(i8x16.lt_u(block, i8x16.splat(0x20)), i8x16.eq(block, i8x16.splat(quote))));
}

function endOfLine(from: usize): usize {
  let pos = from;
  while (load<u8>(pos) !== lineFeed) pos += 1;
  return pos + 1;
}
