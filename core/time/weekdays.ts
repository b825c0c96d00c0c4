import { weekdayNumberOf } from "./calendar.ts";

/** The days of the week in the order of ISO 8601, as settings name them. */
export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof weekdays)[number];

/** The day of the week of a date. */
export function weekdayOf(date: string): Weekday {
  return weekdays[weekdayNumberOf(date) - 1] as Weekday;
}
