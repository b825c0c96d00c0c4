import { monthOf, type Period, weekOf } from "./calendar.ts";
import { heatingSeasonOf } from "./heating-season.ts";
import { nextDate } from "./local-day.ts";

/** The units that divide a report. Weeks are those of ISO 8601, a season runs from July to June. */
export const reportUnits = ["day", "week", "month", "season", "year"] as const;
export type ReportUnit = (typeof reportUnits)[number];

/** The longest range of days that is divided so: two months, half a year, five years. Chosen: some 60 rows at most. */
const longestDays = { day: 62, week: 184, month: 1827 } as const;

/** The unit that divides a range of so many days into something a page can show. */
export function unitFor(days: number): ReportUnit {
  if (days <= longestDays.day) return "day";
  if (days <= longestDays.week) return "week";
  return days <= longestDays.month ? "month" : "year";
}

/** The whole period of a unit that a date lies in. */
export function periodOf(date: string, unit: ReportUnit): Period {
  const year = date.slice(0, 4);
  switch (unit) {
    case "day":
      return { name: date, from: date, to: date };
    case "week":
      return weekOf(date);
    case "month":
      return monthOf(date);
    case "season": {
      const { from, to } = heatingSeasonOf(date);
      return { name: `${from.slice(0, 4)}/${to.slice(0, 4)}`, from, to };
    }
    case "year":
      return { name: year, from: `${year}-01-01`, to: `${year}-12-31` };
  }
}

/** The periods of a range of dates, both included, cut to it, in order; together they are the range. */
export function periodsBetween(from: string, to: string, unit: ReportUnit): Period[] {
  const periods: Period[] = [];
  for (let date = from; date <= to; ) {
    const whole = periodOf(date, unit);
    const end = whole.to < to ? whole.to : to;
    periods.push({ name: whole.name, from: date, to: end });
    date = nextDate(end);
  }
  return periods;
}
