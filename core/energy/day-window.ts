import { minuteMs } from "../time/durations.ts";
import type { Zone } from "../time/local-day.ts";
import type { DayColumns } from "./day-columns.ts";

/** A local day and the one after; times in ms since the epoch. */
export type DayWindow = {
  readonly day: DayColumns;
  readonly next: DayColumns | undefined;
  readonly startAt: number;
  readonly endAt: number;
  /** The end of the day, or now where that comes first; never before the start. */
  readonly passedAt: number;
  /** When the day begins on a clock that knows no daylight saving time, such as the controller's. */
  readonly standardStartAt: number;
};

/** The window of a local date; `now` bounds a running day, `next` are the rows of the day after. */
export function dayWindow(parts: {
  readonly date: string;
  readonly zone: Zone;
  readonly now: number;
  readonly day: DayColumns;
  readonly next: DayColumns | undefined;
}): DayWindow {
  const { date, zone, day, next } = parts;
  const startAt = zone.startOf(date);
  const endAt = zone.endOf(date);
  const year = Number(date.slice(0, 4));
  const offsets = [0, 6].map((month) => zone.offsetMinutes(Date.UTC(year, month, 15)));
  const savedMinutes = zone.offsetMinutes(startAt) - Math.min(...offsets);
  return {
    day,
    next,
    startAt,
    endAt,
    passedAt: Math.max(startAt, Math.min(parts.now, endAt)),
    standardStartAt: startAt + Math.max(0, savedMinutes) * minuteMs,
  };
}
