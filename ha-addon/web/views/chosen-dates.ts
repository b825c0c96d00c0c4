import { heatingSeasonOf } from "@heatloop/core/time/heating-season";
import { dateAfter, isDate } from "@heatloop/core/time/local-day";
import type { Api } from "../api/api.ts";

/** Local dates, both included. */
export type Dates = { readonly from: string; readonly to: string };

/** Ranges that a person chooses by name, which move on with the days. */
export const namedRanges = [
  "yesterday",
  "last_7_days",
  "this_month",
  "last_month",
  "heating_season",
  "this_year",
] as const;
export type NamedRange = (typeof namedRanges)[number];

/** What a person chose: a range by its name, or dates as they stand in the fields. */
export type DatesChoice = NamedRange | Dates;

// The views of a page show the same range: what is read is what is downloaded.
const choices = new WeakMap<Api, DatesChoice>();

/** What was chosen last in the page that has this API; the last 7 days at first. */
export function chosenDates(api: Api): DatesChoice {
  return choices.get(api) ?? "last_7_days";
}

export function rememberDates(api: Api, choice: DatesChoice): void {
  choices.set(api, choice);
}

/** The dates of a choice; those of a range with a name end today at the latest. */
export function datesOfChoice(choice: DatesChoice, today: string): Dates {
  const monthStart = `${today.slice(0, 7)}-01`;
  const monthEnd = dateAfter(monthStart, -1);
  switch (choice) {
    case "yesterday":
      return { from: dateAfter(today, -1), to: dateAfter(today, -1) };
    case "last_7_days":
      return { from: dateAfter(today, -6), to: today };
    case "this_month":
      return { from: monthStart, to: today };
    case "last_month":
      return { from: `${monthEnd.slice(0, 7)}-01`, to: monthEnd };
    case "heating_season":
      return { from: heatingSeasonOf(today).from, to: today };
    case "this_year":
      return { from: `${today.slice(0, 4)}-01-01`, to: today };
    default:
      return choice;
  }
}

/** What is wrong with dates, by the text that says so; undefined where nothing is. */
export function mistakeOfDates(
  { from, to }: Dates,
  today: string,
): "range_empty" | "range_wrong" | "range_ahead" | undefined {
  if (!isDate(from) || !isDate(to)) return "range_empty";
  if (from > to) return "range_wrong";
  return to > today ? "range_ahead" : undefined;
}
