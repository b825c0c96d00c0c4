import { dayMs, minuteMs } from "./durations.ts";
import { offsetByFormat, offsetOfMachine, quarterMs, rememberedOffsets } from "./zone-offset.ts";

/** So many dates are remembered: ten years. */
const startsKept = 4_000;

/** A named time zone: local dates and the borders of their days, which have 23, 24 or 25 hours. */
export type Zone = {
  readonly name: string;
  /** Minutes east of UTC at a time. */
  offsetMinutes(at: number): number;
  /** Local date, `2026-03-29`. */
  dateOf(at: number): string;
  /** First instant of a local date, ms since the epoch. */
  startOf(date: string): number;
  /** First instant after a local date. */
  endOf(date: string): number;
  /** ISO 8601 with offset, to the second: `2026-10-25T02:30:00+01:00`; the repeated hour differs by its offset. */
  isoOf(at: number): string;
};

/**
 * The zone of an IANA name; undefined where there is none of that name. `isMachines`: it is the zone that the process runs
 * in (its TZ), which the plain clock knows too; that saves the 9 MB that formatting of dates takes.
 */
export function zoneOf(name: string, isMachines = false): Zone | undefined {
  const offsetAt = isMachines ? offsetOfMachine : offsetByFormat(name);
  if (offsetAt === undefined) return undefined;
  const offsetMinutes = rememberedOffsets(offsetAt);
  const dateOfLocal = rememberedDate();
  const startOf = rememberedStarts((date) => startOfDate(date, offsetMinutes));
  return {
    name,
    offsetMinutes,
    dateOf: (at) => dateOfLocal(at + offsetMinutes(at) * minuteMs),
    startOf,
    endOf: (date) => startOf(nextDate(date)),
    isoOf: (at) => isoAt(at, offsetMinutes(at)),
  };
}

/** The local date of a time at an offset. */
function dateAt(at: number, offset: number): string {
  return new Date(at + offset * minuteMs).toISOString().slice(0, 10);
}

/** ISO 8601 to the second with an offset in minutes east of UTC. */
export function isoAt(at: number, offset: number): string {
  const size = Math.abs(offset);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const minutes = String(size % 60).padStart(2, "0");
  const local = new Date(at + offset * minuteMs).toISOString().slice(0, 19);
  return `${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

function rememberedStarts(startOf: (date: string) => number): (date: string) => number {
  const starts = new Map<string, number>();
  return (date) => {
    const known = starts.get(date);
    if (known !== undefined) return known;
    if (starts.size >= startsKept) starts.clear();
    const start = startOf(date);
    starts.set(date, start);
    return start;
  };
}

/** The first instant of a local date: midnight, or, where the clock leaps over midnight, the quarter hour after it. */
function startOfDate(date: string, offsetMinutes: Zone["offsetMinutes"]): number {
  const utc = Date.parse(`${date}T00:00:00Z`);
  const usual = utc - offsetMinutes(utc) * minuteMs;
  if (offsetMinutes(usual) === offsetMinutes(utc) && offsetMinutes(usual - 1) === offsetMinutes(utc)) return usual;
  let before = Math.floor((utc - dayMs) / quarterMs);
  let after = Math.floor((utc + dayMs) / quarterMs);
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    const at = middle * quarterMs;
    if (dateAt(at, offsetMinutes(at)) >= date) after = middle;
    else before = middle;
  }
  return after * quarterMs;
}

/** The date of a local time, ms as if it were UTC; times that follow each other mostly have the same. */
function rememberedDate(): (localMs: number) => string {
  let dayNow = Number.NaN;
  let dateNow = "";
  return (localMs) => {
    const day = Math.floor(localMs / dayMs);
    if (day !== dayNow) {
      dateNow = new Date(localMs).toISOString().slice(0, 10);
      dayNow = day;
    }
    return dateNow;
  };
}

/** Whether a text is a date of the calendar, `2026-02-28`, of the years 1900 to 2999: far from where dates end. */
export function isDate(text: string): boolean {
  if (!/^(19|2\d)\d\d-\d\d-\d\d$/.test(text)) return false;
  // Every month has that many days.
  if (/-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])$/.test(text)) return true;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The date that follows. */
export function nextDate(date: string): string {
  // Every month has that many days.
  const day = Number(date.slice(8));
  if (day < 28) return `${date.slice(0, 8)}${day < 9 ? "0" : ""}${day + 1}`;
  return new Date(Date.parse(`${date}T00:00:00Z`) + dayMs).toISOString().slice(0, 10);
}

/** The date before. */
export function previousDate(date: string): string {
  const day = Number(date.slice(8));
  if (day > 1) return `${date.slice(0, 8)}${day < 11 ? "0" : ""}${day - 1}`;
  return new Date(Date.parse(`${date}T00:00:00Z`) - dayMs).toISOString().slice(0, 10);
}

/** The date so many days later; earlier where negative. */
export function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * dayMs).toISOString().slice(0, 10);
}

/** Every date from one to another, both included. */
export function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = nextDate(date)) dates.push(date);
  return dates;
}
