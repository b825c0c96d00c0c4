import { hourMs } from "../time/durations.ts";
import { columnOfDay, type DayColumns, type EnergyPoint } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";

/** The totals of a day by the controller's own meters, reported on the day after; Wh, null where not reported. */
export type ControllerTotals = {
  readonly heatingHeatWh: number | null;
  readonly heatingElectricityWh: number | null;
  readonly hotWaterHeatWh: number | null;
  readonly hotWaterElectricityWh: number | null;
  readonly coolingHeatWh: number | null;
  readonly coolingElectricityWh: number | null;
};

const points: Readonly<Record<keyof ControllerTotals, EnergyPoint>> = {
  heatingHeatWh: "heating_heat_yesterday",
  heatingElectricityWh: "heating_electricity_yesterday",
  hotWaterHeatWh: "dhw_heat_yesterday",
  hotWaterElectricityWh: "dhw_electricity_yesterday",
  coolingHeatWh: "cooling_heat_yesterday",
  coolingElectricityWh: "cooling_electricity_yesterday",
};
const names = Object.keys(points) as (keyof ControllerTotals)[];

const heatNames = ["heatingHeatWh", "hotWaterHeatWh", "coolingHeatWh"] as const;
const electricityNames = ["heatingElectricityWh", "hotWaterElectricityWh", "coolingElectricityWh"] as const;
/** A compressor that ran this long shows in the totals, which have steps of 0.01 kWh. */
const leastRanS = 600;

const noonMs = 12 * hourMs;
/** Further from noon the values may be those of another day: the controller's clock is up to nine hours off. */
const settledMs = 9 * hourMs;
/** A day's totals and its counter differ by at most this: steps of 0.1 kWh, and rounded totals. */
const sameElectricityWh = 150;
/** On a day with less only standby ran, which the totals leave out. */
const quietWh = 1000;
const standbyOfDayWh = 600;

/**
 * The totals in the minutes of a local day, which are those of the day before it; null where none was reported. The
 * controller reports them after its own midnight, and its clock may be hours off either way (it knows no DST): the value
 * nearest to noon, from 03:00 to 21:00 local, is the day before's.
 */
function reportedTotals(day: DayColumns, dayStartsAt: number): ControllerTotals | null {
  const noonAt = dayStartsAt + noonMs;
  const noonRow = firstFrom(day, noonAt);
  const totalOf = (point: EnergyPoint) => {
    const row = nearestKnown(day, columnOfDay(day, point), noonRow, noonAt);
    return row < 0 ? null : Math.round((columnOfDay(day, point)[row] as number) * 1000);
  };
  const totals = Object.fromEntries(names.map((name) => [name, totalOf(points[name])])) as ControllerTotals;
  return names.every((name) => totals[name] === null) ? null : totals;
}

/** The first row that begins at a time or later. */
function firstFrom({ rows, times }: DayColumns, at: number): number {
  let [from, to] = [0, rows];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((times[middle] as number) < at) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The known row nearest to noon, of two as near the later one; -1 where none is near enough. */
function nearestKnown({ rows, times }: DayColumns, values: Float64Array, noonRow: number, noonAt: number): number {
  let [before, after] = [noonRow - 1, noonRow];
  while (before >= 0 && Number.isNaN(values[before] as number)) before -= 1;
  while (after < rows && Number.isNaN(values[after] as number)) after += 1;
  const beforeMs = before < 0 ? Number.POSITIVE_INFINITY : noonAt - (times[before] as number);
  const afterMs = after >= rows ? Number.POSITIVE_INFINITY : (times[after] as number) - noonAt;
  if (Math.min(beforeMs, afterMs) > settledMs) return -1;
  return afterMs <= beforeMs ? after : before;
}

/** A side whose totals are all 0 although the compressor ran is one that the controller does not measure. */
function withoutUnmeasured(totals: ControllerTotals, ranS: number | null): ControllerTotals | null {
  const sumOf = (side: readonly (keyof ControllerTotals)[]) => side.reduce((sum, name) => sum + (totals[name] ?? 0), 0);
  const [heatWh, electricityWh] = [sumOf(heatNames), sumOf(electricityNames)];
  const isBlank = heatWh + electricityWh === 0;
  const ran = (ranS === null ? isBlank : ranS >= leastRanS) || Math.max(heatWh, electricityWh) >= quietWh;
  const blank = ran
    ? [...(heatWh === 0 ? heatNames : []), ...(electricityWh === 0 ? electricityNames : [])]
    : ([] as (keyof ControllerTotals)[]);
  if (blank.length === names.length) return null;
  return { ...totals, ...Object.fromEntries(blank.map((name) => [name, null])) };
}

/**
 * The controller's totals of a day. Where the day after has the very same as this day has of the one before, the
 * controller missed its midnight, and they count only where they match this day's counter (`countedWh`).
 * `ranS`: how long the compressor ran; null where that was not seen.
 */
export function controllerTotalsOfDay(
  { day, next, startAt, endAt }: DayWindow,
  countedWh: number | null,
  ranS: number | null,
): ControllerTotals | null {
  const reported = next === undefined ? null : reportedTotals(next, endAt);
  const totals = reported && withoutUnmeasured(reported, ranS);
  if (totals === null) return null;
  const before = reportedTotals(day, startAt);
  if (before === null || names.some((name) => totals[name] !== null && totals[name] !== before[name])) return totals;
  if (countedWh === null) return null;
  const electricityWh =
    (totals.heatingElectricityWh ?? 0) + (totals.hotWaterElectricityWh ?? 0) + (totals.coolingElectricityWh ?? 0);
  const moreWh = countedWh - electricityWh;
  const mostWh = electricityWh <= quietWh ? standbyOfDayWh : sameElectricityWh;
  return moreWh >= -sameElectricityWh && moreWh <= mostWh ? totals : null;
}
