import type { DayEnergy } from "./day-energy.ts";
import { datesBetween } from "./local-day.ts";
import { type MeasuredSpf, type SpfDay, spfOf } from "./spf.ts";

/** A range of local dates, both included. */
export type Season = { readonly from: string; readonly to: string };

/** What a season needs of each day. */
export type SeasonDay = SpfDay & Pick<DayEnergy, "date" | "coverage">;

/** The SPF of a season as far as it is measured: heating, hot water, defrosts and standby; cooling is left out. */
export type SeasonPerformance = Season &
  MeasuredSpf & {
    /** Share of the season's days so far that was measured, 0 to 1: the SPF is that of this part only. */
    readonly measured: number;
    /** Share of the season that has passed, 0 to 1. */
    readonly passed: number;
  };

/** The year from July to June that a date lies in: one whole heating season. */
export function heatingSeasonOf(date: string): Season {
  const year = Number(date.slice(0, 4)) - (date.slice(5) < "07-01" ? 1 : 0);
  return { from: `${year}-07-01`, to: `${year + 1}-06-30` };
}

/** `days` in any order, each once; those outside don't count. `lastDate` is the last date that has passed. */
export function seasonPerformance(season: Season, days: readonly SeasonDay[], lastDate: string): SeasonPerformance {
  const upTo = lastDate < season.to ? lastDate : season.to;
  const told = days.filter(({ date, copBasis }) => date >= season.from && date <= upTo && copBasis !== null);
  const passedDays = datesBetween(season.from, upTo).length;
  const measuredDays = told.reduce((sum, { coverage }) => sum + coverage, 0);
  return {
    ...season,
    ...spfOf(told),
    measured: passedDays === 0 ? 0 : measuredDays / passedDays,
    passed: passedDays / datesBetween(season.from, season.to).length,
  };
}
