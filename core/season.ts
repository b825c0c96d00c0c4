import { cop, type DayEnergy } from "./day-energy.ts";
import { datesBetween } from "./local-day.ts";

/** A range of local dates, both included. */
export type Season = { readonly from: string; readonly to: string };

/** What a season needs of each day. */
export type SeasonDay = Pick<DayEnergy, "date" | "seconds" | "coverage" | "heatWh" | "electricityWh" | "parts">;

export type SeasonPerformance = Season & {
  /** Heat over electricity of heating, hot water, defrost and standby; cooling is left out of both. */
  readonly scop: number | null;
  readonly heatWh: number;
  readonly electricityWh: number;
  /** Share of the season's days so far that was measured, 0 to 1: the COP is that of this part only. */
  readonly measured: number;
  /** Share of the season that has passed, 0 to 1. */
  readonly passed: number;
};

/** The year from July to June that a date lies in: one whole heating season. */
export function heatingSeasonOf(date: string): Season {
  const year = Number(date.slice(0, 4)) - (date.slice(5) < "07-01" ? 1 : 0);
  return { from: `${year}-07-01`, to: `${year + 1}-06-30` };
}

/**
 * SCOP of a season as far as it is measured. `days` in any order, each once; those outside don't count. A day counts
 * where heat and electricity are both known; electricity of unknown operation is left out, for its heat is not known.
 * `lastDate` is the last date that has passed.
 */
export function seasonPerformance(season: Season, days: readonly SeasonDay[], lastDate: string): SeasonPerformance {
  let heatWh = 0;
  let electricityWh = 0;
  let measuredDays = 0;
  const upTo = lastDate < season.to ? lastDate : season.to;
  for (const day of days) {
    if (day.date < season.from || day.date > upTo) continue;
    if (day.heatWh === null || day.electricityWh === null) continue;
    heatWh += day.heatWh;
    electricityWh += day.electricityWh - electricityOf(day, "cooling") - electricityOf(day, "unknown");
    measuredDays += day.coverage;
  }
  const passedDays = datesBetween(season.from, upTo).length;
  return {
    ...season,
    scop: cop(heatWh, electricityWh),
    heatWh,
    electricityWh,
    measured: passedDays === 0 ? 0 : measuredDays / passedDays,
    passed: passedDays / datesBetween(season.from, season.to).length,
  };
}

function electricityOf(day: SeasonDay, part: "cooling" | "unknown"): number {
  return day.parts[part].electricityWh ?? 0;
}
