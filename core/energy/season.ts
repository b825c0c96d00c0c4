import type { Season } from "../time/heating-season.ts";
import { datesBetween } from "../time/local-day.ts";
import type { DayEnergy } from "./day-energy.ts";
import { type MeasuredSpf, type SpfDay, spfOf } from "./spf.ts";

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

/** `days` in any order, each once; those outside don't count. `lastDate` is the last date that has passed. */
export function seasonPerformance(season: Season, days: readonly SeasonDay[], lastDate: string): SeasonPerformance {
  const upTo = lastDate < season.to ? lastDate : season.to;
  const measured = days.filter(({ date, copBasis }) => date >= season.from && date <= upTo && copBasis !== null);
  const passedDays = datesBetween(season.from, upTo).length;
  const measuredDays = measured.reduce((sum, { coverage }) => sum + coverage, 0);
  return {
    ...season,
    ...spfOf(measured),
    measured: passedDays === 0 ? 0 : measuredDays / passedDays,
    passed: passedDays / datesBetween(season.from, season.to).length,
  };
}
