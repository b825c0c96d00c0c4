import type { DayColumns } from "./day-columns.ts";
import { type DaySums, daySums } from "./day-sums.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { spanCertain, spanCoolingShare, spanFrom, spanTo, spanWh } from "./passes/row-places.ts";

/** Time that was not logged, over which the firmware went on integrating; times in ms since the epoch. */
export type FirmwareSpan = {
  /** End of the last minute known before, and of the first known after. */
  readonly from: number;
  readonly to: number;
  /** What the firmware adds to the heat that was logged meanwhile, Wh; heat and cold together. */
  readonly wh: number;
  /** Share of cold in it, 0 to 1, by what ran before and after; `isCertain` where that is the same. */
  readonly coolingShare: number;
  readonly isCertain: boolean;
};

/** The firmware's running estimate of a day, Wh; heat taken back in a defrost is not in it. */
export type FirmwareHeat = {
  readonly heatWh: number;
  readonly coolingWh: number;
  /** Seconds of the day that it covers. */
  readonly seconds: number;
  readonly spans: readonly FirmwareSpan[];
};

/**
 * Follows `daily_estimated_heat` (kWh since the controller's midnight, lost when the ESP32 restarts) through the minutes
 * of a day; its first value is where it counts from. null where it was never reported.
 */
export function firmwareHeat(
  day: DayColumns,
  passes: RowPasses = plainPasses(day.rows),
  sums: DaySums = daySums(day, passes),
): FirmwareHeat | null {
  const { scratch, results } = passes;
  const count = passes.followFirmware(day.rows, day.times, day.columns, coolingShareOf(sums), scratch, results);
  const [heatWh = 0, coolingWh = 0, seconds = 0, reported = 0] = results;
  if (reported === 0) return null;
  const spans = Array.from({ length: count }, (_, i) => ({
    from: scratch[spanFrom]?.[i] as number,
    to: scratch[spanTo]?.[i] as number,
    wh: scratch[spanWh]?.[i] as number,
    coolingShare: scratch[spanCoolingShare]?.[i] as number,
    isCertain: scratch[spanCertain]?.[i] === 1,
  }));
  return { heatWh, coolingWh, seconds, spans };
}

function coolingShareOf({ figures }: DaySums): number {
  const all = figures.cooling_s + (figures.heating_s + figures.hot_water_s);
  return all === 0 ? 0 : figures.cooling_s / all;
}
