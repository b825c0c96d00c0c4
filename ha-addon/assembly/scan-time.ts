// The times of the scanner's lines, in AssemblyScript as scan-lines.ts.

const zero: u8 = 0x30;
const minus: u8 = 0x2d;
export const timeLength: usize = 25;

/** The time that was read, ms since the epoch, and its minutes east of UTC. */
export let timeMs: f64 = 0;
export let offsetMinutes: i32 = 0;

/** Whether two times differ at most in their minute, and that of the first is one. */
export function sameHour(line: usize, other: usize): bool {
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
export function two(at: usize): u32 {
  const tens: u8 = load<u8>(at) - zero;
  const ones: u8 = load<u8>(at, 1) - zero;
  return tens < 10 && ones < 10 ? <u32>tens * 10 + <u32>ones : 10000;
}

/** Reads `2026-01-31T12:34:56+01:00` of the years 1970 to 2999 into `timeMs`. */
export function readTime(at: usize): bool {
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
