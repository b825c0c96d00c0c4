import { DateTime } from "luxon";

/** Dates of the calendar, `2026-01-31`, without a time zone. The card does not reach this file: luxon stays out of it. */

/** A stretch of local dates, both included, that has a name: `2026-01-31`, `2026-W05`, `2026-01`, `2025/2026`, `2026`. */
export type Period = { readonly name: string; readonly from: string; readonly to: string };

/** The week by ISO 8601 that a date lies in: from Monday on, named by the year of its Thursday. */
export function weekOf(date: string): Period {
  const day = calendarDate(date);
  return { name: day.toFormat("kkkk-'W'WW"), ...borders(day, "week") };
}

/** The month that a date lies in. */
export function monthOf(date: string): Period {
  const day = calendarDate(date);
  return { name: day.toFormat("yyyy-MM"), ...borders(day, "month") };
}

/** The day of the week by ISO 8601: 1 is Monday, 7 is Sunday. */
export function weekdayNumberOf(date: string): number {
  return calendarDate(date).weekday;
}

/** How many days the month of a date has: 28 to 31. */
export function daysInMonthOf(date: string): number {
  return calendarDate(date).daysInMonth ?? Number.NaN;
}

/** How many days the year of a date has: 365 or 366. */
export function daysInYearOf(date: string): number {
  return calendarDate(date).daysInYear;
}

/** Whether a text is a day of a year, month before day: `12-25`, and `02-29` too. */
export function isDayOfYear(text: string): boolean {
  return DateTime.fromFormat(`2024-${text}`, "yyyy-MM-dd").isValid;
}

/** An instant, ms since the epoch, as the clocks of a time zone show it: `2026-01-31 14:15:09`. */
export function clockTimeOf(at: number, timeZone: string): string {
  return DateTime.fromMillis(at, { zone: timeZone }).toFormat("yyyy-MM-dd HH:mm:ss");
}

/** An instant, ms since the epoch, as part of a file's name: `20260131T131509Z`. */
export function fileTimeOf(at: number): string {
  return DateTime.fromMillis(at, { zone: "utc" }).toFormat("yyyyMMdd'T'HHmmss'Z'");
}

function calendarDate(date: string): DateTime {
  return DateTime.fromISO(date, { zone: "utc" });
}

function borders(day: DateTime, unit: "week" | "month"): { readonly from: string; readonly to: string } {
  return { from: day.startOf(unit).toISODate() ?? "", to: day.endOf(unit).toISODate() ?? "" };
}
