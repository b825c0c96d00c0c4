// AssemblyScript (a TypeScript of WebAssembly's types): compiled by scripts/build-scanner.ts, never run as TypeScript.
// The plain twin is src/scan/plain-lines.ts: what one takes, the other takes, and both leave the same lines as odd.

const comma: u8 = 0x2c;
const lineFeed: u8 = 0x0a;
const carriageReturn: u8 = 0x0d;
const quote: u8 = 0x22;
const zero: u8 = 0x30;
const dot: u8 = 0x2e;
const minus: u8 = 0x2d;
const timeLength: usize = 25;
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
 * comma behind it (u64), which of the eight bytes these are (u64), its value (f64) and its length (u32).
 */
let above: usize = 0;
const aboveBytes: usize = 32;
const longestAbove: usize = 7;

/** The time that was read, ms since the epoch, and its minutes east of UTC. */
let timeMs: f64 = 0;
let offsetMinutes: i32 = 0;

/** Once before the rest: `aboveAt` is room of 32 bytes for each of `most` wanted columns. */
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
  // No cell has these bytes, of which none count.
  for (let i: usize = 0; i < <usize>most; i += 1) store<u64>(above + i * aboveBytes, 1);
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
 * digits with at most one point and a minus.
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

/** Whether two times differ at most in their minute, and that of the first is one. */
function sameHour(line: usize, other: usize): bool {
  const front = i8x16.bitmask(i8x16.eq(v128.load(line), v128.load(other)));
  const back = i8x16.bitmask(i8x16.eq(v128.load(line, 9), v128.load(other, 9)));
  return (
    (front & 0x3fff) === 0x3fff &&
    (back & 0xff9f) === 0xff9f &&
    load<u8>(line, 14) - zero < 6 &&
    load<u8>(line, 15) - zero < 10
  );
}

/** Two digits; far too many where they are none. */
function two(at: usize): u32 {
  const tens: u8 = load<u8>(at) - zero;
  const ones: u8 = load<u8>(at, 1) - zero;
  return tens < 10 && ones < 10 ? <u32>tens * 10 + <u32>ones : 10000;
}

/** Reads `2026-01-31T12:34:56+01:00` of the years 1970 to 2999 into `timeMs`. */
function readTime(at: usize): bool {
  if (load<u8>(at, 4) !== minus || load<u8>(at, 7) !== minus || load<u8>(at, 10) !== 0x54) return false;
  if (load<u8>(at, 13) !== 0x3a || load<u8>(at, 16) !== 0x3a || load<u8>(at, 22) !== 0x3a) return false;
  const sign = load<u8>(at, 19);
  if (sign !== minus && sign !== 0x2b) return false;
  const year = two(at) * 100 + two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  const offsetHour = two(at + 20);
  const offsetMinute = two(at + 23);
  if (year < 1970 || year > 2999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  offsetMinutes = (<i32>offsetHour * 60 + <i32>offsetMinute) * (sign === minus ? -1 : 1);
  const seconds = <i32>hour * 3600 + (<i32>minute - offsetMinutes) * 60 + <i32>second;
  timeMs = (<f64>dayNumber(<i32>year, <i32>month, <i32>day) * 86400 + <f64>seconds) * 1000;
  return true;
}

function daysIn(year: u32, month: u32): u32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Days from 1970-01-01 in the Gregorian calendar; a year counts from March, so that a leap day is its last. */
function dayNumber(year: i32, month: i32, day: i32): i32 {
  const y = month > 2 ? year : year - 1;
  const m = month > 2 ? month - 3 : month + 9;
  return y * 365 + y / 4 - y / 100 + y / 400 + (m * 153 + 2) / 5 + day - 719469;
}

function endOfLine(from: usize): usize {
  let pos = from;
  while (load<u8>(pos) !== lineFeed) pos += 1;
  return pos + 1;
}
