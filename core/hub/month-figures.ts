import { cop } from "../energy/cop.ts";
import { knownSum, sum } from "../math/sums.ts";
import type { DayFigures } from "./home-days.ts";

/** The figures of the local days of a month together, as of days; null where no day knows it. */
export type MonthFigures = Pick<
  DayFigures,
  "heat_wh" | "cooling_wh" | "electricity_wh" | "cop" | "cop_heat_wh" | "cop_electricity_wh"
> & {
  /** `2026-01`. */
  readonly month: string;
  readonly covered_s: number;
  /** Days of which anything was seen. */
  readonly days: number;
  readonly complete_days: number;
  readonly starts: number;
  readonly defrosts: number;
};

/** Sums up days of a month, each of them once. The COP is that of the sums, never a mean of COPs. */
export function monthFigures(month: string, days: readonly DayFigures[]): MonthFigures {
  const heatOfCop = knownSum(days, (day) => day.cop_heat_wh);
  const electricityOfCop = knownSum(days, (day) => day.cop_electricity_wh);
  return {
    month,
    heat_wh: knownSum(days, (day) => day.heat_wh),
    cooling_wh: knownSum(days, (day) => day.cooling_wh),
    electricity_wh: knownSum(days, (day) => day.electricity_wh),
    cop: cop(heatOfCop, electricityOfCop),
    cop_heat_wh: heatOfCop,
    cop_electricity_wh: electricityOfCop,
    covered_s: sum(days, (day) => day.covered_s),
    days: days.filter((day) => day.covered_s > 0).length,
    complete_days: days.filter((day) => day.complete).length,
    starts: sum(days, (day) => day.starts),
    defrosts: sum(days, (day) => day.defrosts),
  };
}

/** The month of a local date. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** Days by their months, in the order of the days. */
export function byMonth<Day extends { readonly date: string }>(days: readonly Day[]): Map<string, Day[]> {
  return Map.groupBy(days, ({ date }) => monthOf(date));
}
