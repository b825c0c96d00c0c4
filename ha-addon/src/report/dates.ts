import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { onceEach, regions } from "./formats.ts";

/** Dates and times as readers of a language write them; dates are local ones, 2026-01-31, instants ms since the epoch. */
export type ReportDates = {
  /** `Sat, 14 Feb 2026`. */
  date(date: string): string;
  dates(from: string, to: string): string;
  /** A period as a row of a table, and short as a mark under a chart. */
  period(name: string, from: string, unit: ReportUnit): string;
  mark(name: string, from: string, unit: ReportUnit): string;
  instant(at: number, timeZone: string): string;
  /** The time of day of an instant: `14:00`. */
  time(at: number, timeZone: string): string;
  /** From an instant to another one, with one date where both have the same. */
  span(from: number, to: number, timeZone: string): string;
};

/** The dates of a language. */
export function reportDates(language: ReportLanguage): ReportDates {
  const locale = regions[language];
  const dateFormat = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options });
  const weekday = dateFormat({ weekday: "short", day: "numeric", month: "short" });
  const full = dateFormat({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const plain = dateFormat({ day: "numeric", month: "short", year: "numeric" });
  const dayMonth = dateFormat({ day: "numeric", month: "short" });
  const month = dateFormat({ month: "long", year: "numeric" });
  const shortMonth = dateFormat({ month: "short", year: "2-digit" });
  const clockOf = onceEach(
    (timeZone: string) => new Intl.DateTimeFormat(locale, { timeZone, dateStyle: "medium", timeStyle: "short" }),
  );
  const timeOf = onceEach((timeZone: string) => new Intl.DateTimeFormat(locale, { timeZone, timeStyle: "short" }));
  const at = (date: string) => Date.parse(`${date}T00:00:00Z`);

  return {
    date: (date) => full.format(at(date)),
    dates: (from, to) => (from === to ? full.format(at(from)) : plain.formatRange(at(from), at(to))),
    period(name, from, unit) {
      if (unit === "day") return weekday.format(at(from));
      if (unit === "month") return month.format(at(`${name}-01`));
      if (unit === "week") return `${name.slice(5)} · ${dayMonth.format(at(from))}`;
      return name;
    },
    mark(name, from, unit) {
      if (unit === "day" || unit === "week") return dayMonth.format(at(from));
      if (unit === "month") return shortMonth.format(at(`${name}-01`));
      return name;
    },
    instant: (ms, timeZone) => clockOf(timeZone).format(ms),
    time: (ms, timeZone) => timeOf(timeZone).format(ms),
    span: (from, to, timeZone) => clockOf(timeZone).formatRange(from, to),
  };
}
