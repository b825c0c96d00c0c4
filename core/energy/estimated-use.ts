import { operations } from "../live/operation.ts";
import type { DayColumns, EnergyColumn } from "./day-columns.ts";
import type { RowPasses } from "./passes/row-passes.ts";

/** Rated power of the electric heaters, W. */
export type HeaterPowers = {
  readonly immersionHeaterW: number;
  readonly boosterHeaterW: number;
  readonly boosterHeater2W: number;
};

/** Usual Ecodan cylinders: 3 kW immersion heater, booster heater of 2 and 4 kW. */
export const usualHeaters: HeaterPowers = { immersionHeaterW: 3000, boosterHeaterW: 2000, boosterHeater2W: 4000 };

/** The columns that the estimate is made of. */
export const estimateColumns: readonly EnergyColumn[] = [
  ...operations.map((operation) => `${operation}_s` as const),
  "compressor_frequency",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "pump_power",
];

/** Estimates what each row of a day has used; only the proportions count. The result is in the scratch of the passes. */
export function estimateDay(day: DayColumns, heaters: HeaterPowers, passes: RowPasses): void {
  const { boosterHeaterW, boosterHeater2W, immersionHeaterW } = heaters;
  passes.estimateUses(day.rows, day.columns, passes.scratch, boosterHeaterW, boosterHeater2W, immersionHeaterW);
}
