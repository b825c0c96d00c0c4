import { isDigit } from "./plain-cells.ts";

const zero = 0x30;
const colon = 0x3a;
const letterT = 0x54;
const minus = 0x2d;
const plus = 0x2b;

/** Length of a time such as `2026-01-31T12:34:56+01:00`, bytes. */
export const timeLength = 25;
/** Where its minute begins. */
const minuteAt = 14;

/** The time read last, and the hour that it was in: nearly every line is in the hour of the line before. */
export type PlainTimes = {
  timeMs: number;
  offsetMinutes: number;
  /** Where the line begins that the hour was read of; -1 where none was yet. */
  hourLine: number;
  /** `timeMs` of that line without its minutes. */
  hourMs: number;
};

export function plainTimes(): PlainTimes {
  return { timeMs: 0, offsetMinutes: 0, hourLine: -1, hourMs: 0 };
}

/** Reads the plain time of `timeLength` bytes at a place, ms since the epoch; undefined where there is none. */
export function placedTimeReader(): (bytes: Uint8Array, from: number) => number | undefined {
  const times = plainTimes();
  let read: Uint8Array | undefined;
  return (bytes, from) => {
    if (bytes !== read) forgetHour(times);
    read = bytes;
    return readTime(times, bytes, from) === 0 ? undefined : times.timeMs;
  };
}

/** Begins another reading: the bytes may be those of another file. */
export function forgetHour(times: PlainTimes): void {
  times.hourLine = -1;
}

/** Reads the time that a line begins with. Returns where it ends, or 0 and `timeMs` 0 where it is not plain. */
export function readTime(times: PlainTimes, bytes: Uint8Array, line: number): number {
  if (times.hourLine >= 0 && isSameHour(bytes, line, times.hourLine)) {
    times.timeMs = times.hourMs + twoDigits(bytes, line + minuteAt) * 60_000;
    return line + timeLength;
  }
  if (!readWholeTime(times, bytes, line)) {
    times.timeMs = 0;
    return 0;
  }
  times.hourLine = line;
  times.hourMs = times.timeMs - twoDigits(bytes, line + minuteAt) * 60_000;
  return line + timeLength;
}

/** Whether two lines begin with the same time but for the minute. */
function isSameHour(bytes: Uint8Array, line: number, other: number): boolean {
  for (let i = 0; i < timeLength; i += 1) {
    if (i !== minuteAt && i !== minuteAt + 1 && bytes[line + i] !== bytes[other + i]) return false;
  }
  return twoDigits(bytes, line + minuteAt) < 60;
}

function readWholeTime(times: PlainTimes, bytes: Uint8Array, at: number): boolean {
  if (bytes[at + 4] !== minus || bytes[at + 7] !== minus || bytes[at + 10] !== letterT) return false;
  if (bytes[at + 13] !== colon || bytes[at + 16] !== colon || bytes[at + 22] !== colon) return false;
  const sign = bytes[at + 19];
  if (sign !== minus && sign !== plus) return false;
  const two = (place: number) => twoDigits(bytes, at + place);
  const [year, month, day] = [two(0) * 100 + two(2), two(5), two(8)];
  const [hour, minute, second] = [two(11), two(minuteAt), two(17)];
  const [offsetHour, offsetMinute] = [two(20), two(23)];
  if (year < 1970 || year > 2999 || month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return false;
  if (hour > 23 || minute > 59 || second > 59 || offsetHour > 23 || offsetMinute > 59) return false;
  times.offsetMinutes = (offsetHour * 60 + offsetMinute) * (sign === minus ? -1 : 1);
  times.timeMs = Date.UTC(year, month - 1, day, hour, minute - times.offsetMinutes, second);
  return true;
}

/** Two digits; far too many where they are none. */
function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = bytes[at] as number;
  const ones = bytes[at + 1] as number;
  return isDigit(tens) && isDigit(ones) ? (tens - zero) * 10 + ones - zero : 10_000;
}

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
