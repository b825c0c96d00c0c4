import { round } from "@heatloop/core/math/rounding";
import { type FrontendLocaleData, numberFormatToLocale } from "custom-card-helpers";
import type { Hass, Locale } from "./hass.ts";

/** Numbers, times and days as the person's profile in Home Assistant wants them. */
export type Formats = {
  /** With exactly so many decimals. */
  number(value: number, decimals: number): string;
  /** 14:05 or 2:05 PM; `at` in ms since the epoch. */
  time(at: number): string;
  /** The same with its day where that is not the one of `now`: 14:05, or 14:05, 21 Nov. */
  moment(at: number, now: number): string;
  /** An hour of the clock, 0 to 24, below an axis: `18` or `6 PM`. */
  hour(hour: number): string;
  /** What comes first in a week: 0 is Sunday, 1 is Monday. */
  readonly firstWeekday: number;
  /** Where days begin and end: an IANA time zone. */
  readonly timeZone: string;
  /** The language of day and month names. */
  readonly language: string;
};

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

const known = new WeakMap<Locale, Formats>();

/** The formats of a `hass`; the same object as long as its locale is. */
export function formatsOf({ locale, config }: Pick<Hass, "locale" | "config">): Formats {
  const made = known.get(locale) ?? formatsFrom(locale, config.time_zone);
  known.set(locale, made);
  return made;
}

function formatsFrom(locale: Locale, serverZone: string): Formats {
  const timeZone = locale.time_zone === "server" ? serverZone : Intl.DateTimeFormat().resolvedOptions().timeZone;
  const numbers = new Map<number, Intl.NumberFormat>();
  const languages = numberLanguages(locale);
  const time = madeOnce(() => timeFormat(locale, timeZone));
  const day = madeOnce(() => new Intl.DateTimeFormat(locale.language, { day: "numeric", month: "short", timeZone }));
  const hour = madeOnce(() => hourFormat(time()));
  return {
    number(value, decimals) {
      const format =
        numbers.get(decimals) ??
        new Intl.NumberFormat(locale.number_format === "none" ? "en-US" : languages, {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
          useGrouping: locale.number_format !== "none",
        });
      numbers.set(decimals, format);
      return format.format(round(value, decimals));
    },
    time: (at) => time().format(at),
    moment: (at, now) =>
      day().format(at) === day().format(now) ? time().format(at) : `${time().format(at)}, ${day().format(at)}`,
    hour: (of) => hour()(of),
    get firstWeekday() {
      return firstWeekdayOf(locale);
    },
    timeZone,
    language: locale.language,
  };
}

/** What is made when it is first needed: a format of dates takes some ms, and a card opens with numbers alone. */
function madeOnce<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function timeFormat({ time_format, language }: Locale, timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(time_format === "system" ? undefined : language, {
    hour: "numeric",
    minute: "2-digit",
    timeZone,
    ...(time_format === "12" && { hourCycle: "h12" }),
    ...(time_format === "24" && { hourCycle: "h23" }),
  });
}

/** Writes an hour of the clock as a format of times does. */
function hourFormat(time: Intl.DateTimeFormat): (hour: number) => string {
  const { hourCycle, locale } = time.resolvedOptions();
  if (hourCycle !== "h12" && hourCycle !== "h11") return String;
  const hours = new Intl.DateTimeFormat(locale, { hour: "numeric", hourCycle: "h12", timeZone: "UTC" });
  return (hour) => hours.format(Date.UTC(2000, 0, 1, hour));
}

/** Languages that write numbers as the profile wants them; `quote_decimal` is newer than custom-card-helpers. */
function numberLanguages(locale: Locale): string | string[] | undefined {
  if (locale.number_format === "quote_decimal") return "de-CH";
  return numberFormatToLocale(locale as Pick<Locale, "language"> as FrontendLocaleData);
}

function firstWeekdayOf({ first_weekday, language }: Locale): number {
  const named = weekdays.indexOf(first_weekday);
  if (named !== -1) return named;
  const { weekInfo, getWeekInfo } = new Intl.Locale(language) as {
    weekInfo?: { firstDay: number };
    getWeekInfo?: () => { firstDay: number };
  };
  const first = getWeekInfo?.call(new Intl.Locale(language)) ?? weekInfo;
  return (first?.firstDay ?? 1) % 7;
}
