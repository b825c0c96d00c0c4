import { hourMs } from "@heatloop/core/time/durations";
import { heatingSeasonOf } from "@heatloop/core/time/heating-season";
import { dateAfter, datesBetween, type Zone } from "@heatloop/core/time/local-day";
import type { Formats } from "../home-assistant/formats.ts";
import type { Texts } from "../text/languages/english.ts";

export const rangeUnits = ["day", "week", "month", "year", "season"] as const;
/** A season is the heating year, July to June. */
export type RangeUnit = (typeof rangeUnits)[number];

/** Local dates, both included; `unit` where it is a whole one of them. */
export type DateRange = { readonly from: string; readonly to: string; readonly unit: RangeUnit | undefined };

/** How much time a bar is. */
export type BarUnit = "hour" | "day" | "month";

/** The time of a bar, ms since the epoch, and its first local date. */
export type BarSlot = { readonly from: number; readonly to: number; readonly date: string };

/** The day, week, month, year or heating year that a date is in; `firstWeekday` 0 is Sunday. */
export function rangeAround(unit: RangeUnit, date: string, firstWeekday: number): DateRange {
  switch (unit) {
    case "day":
      return { from: date, to: date, unit };
    case "week": {
      const from = dateAfter(date, -((utc(date).getUTCDay() - firstWeekday + 7) % 7));
      return { from, to: dateAfter(from, 6), unit };
    }
    case "month": {
      const from = `${date.slice(0, 7)}-01`;
      return { from, to: dateAfter(nextMonth(from), -1), unit };
    }
    case "year":
      return { from: `${date.slice(0, 4)}-01-01`, to: `${date.slice(0, 4)}-12-31`, unit };
    case "season":
      return { ...heatingSeasonOf(date), unit };
  }
}

/** The seven days that end with a date: full on a Monday too. */
export function sevenDaysTo(date: string): DateRange {
  return { from: dateAfter(date, -6), to: date, unit: undefined };
}

/** The range before or after; one of no unit moves by its own length. */
export function movedRange({ from, to, unit }: DateRange, by: 1 | -1, firstWeekday: number): DateRange {
  if (unit !== undefined) return rangeAround(unit, by === 1 ? dateAfter(to, 1) : dateAfter(from, -1), firstWeekday);
  const days = datesBetween(from, to).length * by;
  return { from: dateAfter(from, days), to: dateAfter(to, days), unit };
}

/** Two instants as a range: `to` is the last ms, as the Energy dashboard has it. */
export function rangeBetween(from: number, to: number, zone: Zone, firstWeekday: number): DateRange {
  const dates = { from: zone.dateOf(from), to: zone.dateOf(to) };
  const unit = rangeUnits.find((each) => {
    const whole = rangeAround(each, dates.from, firstWeekday);
    return whole.from === dates.from && whole.to === dates.to;
  });
  return { ...dates, unit };
}

/** As Home Assistant's Energy dashboard divides a range: `getSuggestedPeriod` of the frontend's src/data/energy.ts. */
export function barUnitOf({ from, to }: DateRange): BarUnit {
  const days = datesBetween(from, to).length;
  if (days > 35) return "month";
  return days > 2 ? "day" : "hour";
}

/** The bars of a range, in order and without a gap. */
export function slotsOf({ from, to }: DateRange, unit: BarUnit, zone: Zone): BarSlot[] {
  if (unit === "hour") {
    const slots: BarSlot[] = [];
    const end = zone.endOf(to);
    for (let at = zone.startOf(from); at < end; at += hourMs)
      slots.push({ from: at, to: at + hourMs, date: zone.dateOf(at) });
    return slots;
  }
  const dates: string[] = [];
  if (unit === "day") dates.push(...datesBetween(from, to));
  else for (let date = from; date <= to; date = nextMonth(date)) dates.push(date);
  return dates.map((date, index) => ({
    date,
    from: zone.startOf(date),
    to: zone.startOf(dates[index + 1] ?? dateAfter(to, 1)),
  }));
}

/** `21 Nov 2026`, `16 – 22 Nov 2026`, `November 2026`, `2026`, `Jul 2025 – Jun 2026`. */
export function rangeTitle({ from, to, unit }: DateRange, { language }: Pick<Formats, "language">): string {
  const format = new Intl.DateTimeFormat(language, { ...titleOptions[unit ?? "day"], timeZone: "UTC" });
  return unit === "month" || unit === "year" ? format.format(utc(from)) : format.formatRange(utc(from), utc(to));
}

const dayOptions = { year: "numeric", month: "short", day: "numeric" } as const;
const titleOptions: Readonly<Record<RangeUnit, Intl.DateTimeFormatOptions>> = {
  day: dayOptions,
  week: dayOptions,
  month: { year: "numeric", month: "long" },
  year: { year: "numeric" },
  season: { year: "numeric", month: "short" },
};

/** The label under a bar. */
export function slotLabel(slot: BarSlot, unit: BarUnit, of: number, formats: Formats): string {
  if (unit === "hour") return formats.time(slot.from);
  const options: Intl.DateTimeFormatOptions =
    unit === "month" ? { month: "short" } : of <= 7 ? { weekday: "short" } : { day: "numeric" };
  return dateText(slot.date, options, formats.language);
}

/** A bar by its whole name. */
export function slotTitle(slot: BarSlot, unit: BarUnit, formats: Formats): string {
  if (unit === "month") return rangeTitle({ from: slot.date, to: slot.date, unit }, formats);
  const day = dateText(slot.date, { weekday: "short", day: "numeric", month: "short" }, formats.language);
  return unit === "day" ? day : `${day}, ${formats.time(slot.from)} – ${formats.time(slot.to)}`;
}

/** A local date in words. */
export function dateText(date: string, options: Intl.DateTimeFormatOptions, language: string): string {
  return new Intl.DateTimeFormat(language, { ...options, timeZone: "UTC" }).format(utc(date));
}

/** The units that the browser has words for, in every language. */
type NamedUnit = Exclude<RangeUnit, "season">;

/** `Day`, `Week`, ... */
export function unitName(unit: NamedUnit | "hour", language: string): string {
  const names = new Intl.DisplayNames(language, { type: "dateTimeField" });
  return capital(names.of(unit === "week" ? "weekOfYear" : unit) ?? unit, language);
}

type Words = { readonly formats: Pick<Formats, "language">; readonly texts: Texts };

/** `Today`, `Yesterday`, `This month`. */
export function relativeName(by: 0 | -1, unit: NamedUnit, { formats, texts }: Words): string {
  const { language } = formats;
  // A browser takes longer to make a format of relative times than for all else that a card says when it opens.
  const day = by === 0 ? texts.today : texts.yesterday;
  const format = () => new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  return capital(unit === "day" ? day : format().format(by, unit), language);
}

function capital(text: string, language: string): string {
  return text.slice(0, 1).toLocaleUpperCase(language) + text.slice(1);
}

function nextMonth(date: string): string {
  const at = utc(`${date.slice(0, 7)}-01`);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
