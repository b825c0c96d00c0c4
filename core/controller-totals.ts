import type { Zone } from "./local-day.ts";
import type { Minute } from "./minute.ts";
import type { PointId } from "./points.ts";

/** The totals of a day by the controller's own meters, told by it on the day after; Wh, null where not told. */
export type ControllerTotals = {
  readonly heatingHeatWh: number | null;
  readonly heatingElectricityWh: number | null;
  readonly hotWaterHeatWh: number | null;
  readonly hotWaterElectricityWh: number | null;
  readonly coolingHeatWh: number | null;
  readonly coolingElectricityWh: number | null;
};

const settledFromHour = 3;
const settledToHour = 21;

/**
 * The controller's totals of the day before the one of these minutes. It tells them after its own midnight, and its
 * clock may be an hour off either way (it knows no DST), so only what stands from 03:00 to 21:00 local counts: late in
 * the evening it may tell the running day's already. null where nothing was told.
 */
export function controllerTotals(nextDay: readonly Minute[], zone: Zone): ControllerTotals | null {
  const settled = nextDay.filter(({ at }) => {
    const hour = hourOf(at, zone);
    return hour >= settledFromHour && hour < settledToHour;
  });
  const last = (point: PointId) => {
    const value = settled.findLast((minute) => typeof minute.points[point] === "number")?.points[point];
    return typeof value === "number" ? Math.round(value * 1000) : null;
  };
  const totals = {
    heatingHeatWh: last("heating_heat_yesterday"),
    heatingElectricityWh: last("heating_electricity_yesterday"),
    hotWaterHeatWh: last("dhw_heat_yesterday"),
    hotWaterElectricityWh: last("dhw_electricity_yesterday"),
    coolingHeatWh: last("cooling_heat_yesterday"),
    coolingElectricityWh: last("cooling_electricity_yesterday"),
  };
  return Object.values(totals).every((value) => value === null) ? null : totals;
}

function hourOf(at: number, zone: Zone): number {
  return Math.floor((at / 60_000 + zone.offsetMinutes(at)) / 60) % 24;
}
