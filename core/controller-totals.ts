import { columnOfDay, columnsOfMinutes, type DayColumns, type EnergyPoint } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";
import type { Zone } from "./local-day.ts";
import type { Minute } from "./minute.ts";

/** The totals of a day by the controller's own meters, told by it on the day after; Wh, null where not told. */
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

const hourMs = 3_600_000;
const noonMs = 12 * hourMs;
/** Earlier it may tell the day before the last one still, later the running one's already. */
const settledMs = 9 * hourMs;
/** Totals that are told again are another day's, unless they are what this day's counter says. */
const sameElectricityShare = 0.1;
const sameElectricityWh = 300;

/** The totals that stand in the minutes of a local day, those of the day before it. null where nothing was told. */
export function controllerTotals(nextDay: readonly Minute[], zone: Zone): ControllerTotals | null {
  return controllerTotalsOfColumns(columnsOfMinutes(nextDay), zone);
}

/**
 * The same from the minutes as columns. The controller tells them after its own midnight, and its clock may be hours off
 * either way (it knows no DST): what stands nearest to noon, from 03:00 to 21:00 local, is the day before's.
 */
export function controllerTotalsOfColumns(day: DayColumns, zone: Zone): ControllerTotals | null {
  if (day.rows === 0) return null;
  const noonAt = zone.startOf(zone.dateOf(day.times[0] as number)) + noonMs;
  const standing = (point: EnergyPoint) => {
    const kwh = columnOfDay(day, point);
    let nearest = -1;
    let nearestMs = settledMs;
    for (let row = 0; row < day.rows; row += 1) {
      const distanceMs = Math.abs((day.times[row] as number) - noonAt);
      if (distanceMs > nearestMs || Number.isNaN(kwh[row] as number)) continue;
      nearest = row;
      nearestMs = distanceMs;
    }
    return nearest < 0 ? null : Math.round((kwh[nearest] as number) * 1000);
  };
  const totals = Object.fromEntries(names.map((name) => [name, standing(points[name])])) as ControllerTotals;
  return names.every((name) => totals[name] === null) ? null : totals;
}

/**
 * The controller's totals of a day. Where the day after tells the very same as this day told of the one before, the
 * controller missed its midnight, and they count only where they fit what this day's counter came to (`countedWh`).
 */
export function controllerTotalsOfDay(
  { day, next }: DayWindow,
  zone: Zone,
  countedWh: number | null,
): ControllerTotals | null {
  const told = next === undefined ? null : controllerTotalsOfColumns(next, zone);
  if (told === null) return null;
  const before = controllerTotalsOfColumns(day, zone);
  if (before === null || names.some((name) => told[name] !== before[name])) return told;
  if (countedWh === null) return null;
  const electricityWh =
    (told.heatingElectricityWh ?? 0) + (told.hotWaterElectricityWh ?? 0) + (told.coolingElectricityWh ?? 0);
  const off = Math.abs(electricityWh - countedWh);
  return off <= Math.max(sameElectricityWh, sameElectricityShare * countedWh) ? told : null;
}
