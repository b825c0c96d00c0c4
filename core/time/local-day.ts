const minuteMs = 60_000;
const quarterMs = 15 * minuteMs;
const dayMs = 24 * 60 * minuteMs;
/** Six hours: too short for an offset to change and change back. */
const blockQuarters = 24;
const blocksKept = 10_000;
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
 * in (its TZ), which the plain clock knows too; that spares the 9 MB that formatting of dates takes.
 */
export function zoneOf(name: string, isMachines = false): Zone | undefined {
  const offsetAtTime = isMachines ? machineOffset : offsetByFormat(name);
  if (offsetAtTime === undefined) return undefined;
  let quarterNow = Number.NaN;
  let offsetNow = 0;
  let dayNow = Number.NaN;
  let dateNow = "";
  /** Offsets at the starts of blocks of quarters. */
  const offsets = new Map<number, number>();
  const starts = new Map<string, number>();

  const offsetAt = (quarter: number) => offsetAtTime(quarter * quarterMs);

  function offsetAtBlock(block: number): number {
    const known = offsets.get(block);
    if (known !== undefined) return known;
    if (offsets.size >= blocksKept) offsets.clear();
    const offset = offsetAt(block * blockQuarters);
    offsets.set(block, offset);
    return offset;
  }

  // Since 2012 offsets change at quarter hours only (but for Antarctica/Casey, a minute late), and never twice a day.
  function offsetMinutes(at: number): number {
    const quarter = Math.floor(at / quarterMs);
    if (quarter === quarterNow) return offsetNow;
    const block = Math.floor(quarter / blockQuarters);
    const offset = offsetAtBlock(block);
    offsetNow = offset === offsetAtBlock(block + 1) ? offset : offsetAt(quarter);
    quarterNow = quarter;
    return offsetNow;
  }

  function dateOf(at: number): string {
    const local = at + offsetMinutes(at) * minuteMs;
    const day = Math.floor(local / dayMs);
    if (day !== dayNow) {
      dateNow = new Date(local).toISOString().slice(0, 10);
      dayNow = day;
    }
    return dateNow;
  }

  function startOf(date: string): number {
    const known = starts.get(date);
    if (known !== undefined) return known;
    if (starts.size >= startsKept) starts.clear();
    const start = findStartOf(date);
    starts.set(date, start);
    return start;
  }

  function findStartOf(date: string): number {
    const utc = Date.parse(`${date}T00:00:00Z`);
    const usual = utc - offsetMinutes(utc) * minuteMs;
    if (offsetMinutes(usual) === offsetMinutes(utc) && offsetMinutes(usual - 1) === offsetMinutes(utc)) return usual;
    let before = Math.floor((utc - dayMs) / quarterMs);
    let after = Math.floor((utc + dayMs) / quarterMs);
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (dateOf(middle * quarterMs) >= date) after = middle;
      else before = middle;
    }
    return after * quarterMs;
  }

  return {
    name,
    offsetMinutes,
    dateOf,
    startOf,
    endOf: (date) => startOf(nextDate(date)),
    isoOf(at) {
      const offset = offsetMinutes(at);
      const size = Math.abs(offset);
      const hours = String(Math.floor(size / 60)).padStart(2, "0");
      const minutes = String(size % 60).padStart(2, "0");
      const local = new Date(at + offset * minuteMs).toISOString().slice(0, 19);
      return `${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
    },
  };
}

function machineOffset(at: number): number {
  return 0 - new Date(at).getTimezoneOffset();
}

function offsetByFormat(name: string): ((at: number) => number) | undefined {
  try {
    const format = new Intl.DateTimeFormat("en-US", { timeZone: name, timeZoneName: "longOffset" });
    return (at) => readOffset(format.format(at));
  } catch {
    return undefined;
  }
}

function readOffset(text: string): number {
  const match = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(text);
  if (match?.[1] === undefined) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === "-" ? -minutes : minutes;
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
