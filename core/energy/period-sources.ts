import type { DayEnergy } from "./day-energy.ts";
import type { DaySources } from "./day-sources.ts";
import type { ElectricitySource, HeatSource, Sourced } from "./energy-source.ts";

/** One side of some days together, each from its best source, Wh. */
export type PeriodSource<S extends string> = {
  /** On which any source reported it. */
  readonly days: number;
  /** With an estimate of what was not seen of these days. */
  readonly wh: number;
  /** How much of it is that estimate. */
  readonly missingWh: number;
  /**
   * Sums of the lowest and highest of each day: wider than needed, as chance evens out over days, but right also where
   * a sensor is wrong in the same way on all of them.
   */
  readonly lowWh: number;
  readonly highWh: number;
  /** On how many of the days each source was used. */
  readonly bySource: Readonly<Partial<Record<S, number>>>;
};

/** The three sides; null where no source reported anything. */
export type PeriodSources = {
  readonly heat: PeriodSource<HeatSource> | null;
  readonly cooling: PeriodSource<HeatSource> | null;
  readonly electricity: PeriodSource<ElectricitySource> | null;
};

/** Sums up the best sources of some days. */
export function periodSources(days: readonly Pick<DayEnergy, "sources">[]): PeriodSources {
  const side = <K extends keyof DaySources>(name: K) => days.map(({ sources }) => sources[name]);
  return { heat: sumOf(side("heat")), cooling: sumOf(side("cooling")), electricity: sumOf(side("electricity")) };
}

function sumOf<S extends string>(sides: readonly (Sourced<S> | null)[]): PeriodSource<S> | null {
  const sums = { days: 0, wh: 0, missingWh: 0, lowWh: 0, highWh: 0 };
  const bySource: Partial<Record<S, number>> = {};
  for (const side of sides) {
    if (side === null) continue;
    sums.days += 1;
    sums.wh += side.wh;
    sums.missingWh += side.missingWh;
    sums.lowWh += side.lowWh;
    sums.highWh += side.highWh;
    bySource[side.source] = (bySource[side.source] ?? 0) + 1;
  }
  return sums.days === 0 ? null : { ...sums, bySource };
}
