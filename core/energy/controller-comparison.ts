import type { ControllerTotals } from "./controller-totals.ts";
import type { DayEnergy } from "./day-energy.ts";

/** The heat pump's own totals, beside our figures of the same days, in Wh; heat includes cold. */
export type ControllerComparison = {
  readonly days: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly ownHeatWh: number;
  readonly ownElectricityWh: number;
};

/** Of whole days; null where the heat pump reported totals of none of them. */
export function controllerComparison(days: readonly DayEnergy[]): ControllerComparison | null {
  const sums = { days: 0, heatWh: 0, electricityWh: 0, ownHeatWh: 0, ownElectricityWh: 0 };
  for (const { controller, heatWh, coolingWh, electricityWh } of days) {
    if (controller === null || heatWh === null || coolingWh === null || electricityWh === null) continue;
    const heat = totalOf(controller, ["heatingHeatWh", "hotWaterHeatWh", "coolingHeatWh"]);
    const electricity = totalOf(controller, ["heatingElectricityWh", "hotWaterElectricityWh", "coolingElectricityWh"]);
    if (heat === null || electricity === null) continue;
    sums.days += 1;
    sums.heatWh += heat;
    sums.electricityWh += electricity;
    sums.ownHeatWh += heatWh + coolingWh;
    sums.ownElectricityWh += electricityWh;
  }
  return sums.days === 0 ? null : sums;
}

/** Null where heating or hot water is missing; a heat pump that cannot cool reports nothing of cooling. */
function totalOf(
  totals: ControllerTotals,
  keys: readonly [heating: keyof ControllerTotals, hotWater: keyof ControllerTotals, cooling: keyof ControllerTotals],
): number | null {
  const [heating, hotWater, cooling] = keys.map((key) => totals[key]);
  if (heating === null || heating === undefined || hotWater === null || hotWater === undefined) return null;
  return heating + hotWater + (cooling ?? 0);
}
