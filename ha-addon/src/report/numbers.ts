import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import { round } from "@heatloop/core/math/rounding";
import { type ReportDates, reportDates } from "./dates.ts";
import { onceEach, regions } from "./formats.ts";

/** Figures and dates as readers of a language write them; unknown is a dash, never 0. */
export type ReportNumbers = ReportDates & {
  /** Wh as kWh, without the unit: `1,234.5`. */
  kwh(wh: number | null): string;
  cop(value: number | null): string;
  /** 0.983 as `98.3 %`; down, so that 100 % is the whole. */
  share(value: number | null): string;
  /** A part of a whole, rounded. */
  part(value: number | null): string;
  /** A difference of b to a in percent, with its sign. */
  difference(a: number, b: number): string;
  hours(seconds: number | null): string;
  count(value: number | null): string;
  /** With so many digits after the point, without a unit. */
  decimal(value: number | null, digits: number): string;
  /** The same with a sign where it is not 0. */
  signed(value: number, digits: number): string;
  /** `-8.0 °C`. */
  degrees(valueC: number | null, digits?: number): string;
  minutes(seconds: number): string;
  /** Beside an axis, with as many digits as it needs. */
  axis(value: number): string;
};

export const blank = "–";

/** The figures and dates of a language. */
export function reportNumbers(language: ReportLanguage): ReportNumbers {
  const locale = regions[language];
  const digits = (count: number, options: Intl.NumberFormatOptions = {}) =>
    new Intl.NumberFormat(locale, {
      minimumFractionDigits: count,
      maximumFractionDigits: count,
      useGrouping: "always",
      ...options,
    });
  const plainDigits = onceEach((count: number) => digits(count));
  const signedDigits = onceEach((count: number) => digits(count, { signDisplay: "exceptZero" }));
  const tenths = digits(1);
  const hundredths = digits(2);
  const whole = digits(0);
  const scale = new Intl.NumberFormat(locale, { maximumSignificantDigits: 6, useGrouping: "always" });
  const percent = digits(1, { style: "percent" });
  const signed = digits(1, { style: "percent", signDisplay: "exceptZero" });

  return {
    ...reportDates(language),
    kwh: (wh) => (wh === null ? blank : tenths.format(round(wh / 1000, 1))),
    cop: (value) => (value === null ? blank : hundredths.format(value)),
    share: (value) => (value === null ? blank : percent.format(Math.floor(value * 1000) / 1000)),
    part: (value) => (value === null ? blank : percent.format(value + 0)),
    difference: (a, b) => (a === 0 ? blank : signed.format((b - a) / a)),
    hours: (seconds) => (seconds === null ? blank : `${tenths.format(seconds / 3600)} h`),
    count: (value) => (value === null ? blank : whole.format(value)),
    decimal: (value, count) => (value === null ? blank : plainDigits(count).format(round(value, count))),
    signed: (value, count) => signedDigits(count).format(round(value, count)),
    degrees: (valueC, count = 1) =>
      valueC === null ? blank : `${plainDigits(count).format(round(valueC, count))}\u00a0°C`,
    minutes: (seconds) => `${tenths.format(seconds / 60)}\u00a0min`,
    axis: (value) => scale.format(value + 0),
  };
}
