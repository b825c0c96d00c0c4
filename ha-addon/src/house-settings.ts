import { type Limits, usualLimits } from "@heatloop/core/findings";
import type { HouseFacts } from "@heatloop/core/house-report";
import { z } from "zod";

/** `house {...}` of the settings: what the owner knows of house and unit. */
export const houseSchema = z.strictObject({
  /** Outdoor temperature that the heating was designed for, °C; null: the report tells no output for it. */
  design_temperature_c: z.number().min(-50).max(20).nullable().default(null),
  /** Least water flow of the outdoor unit by its data sheet, L/min. */
  least_flow_l_min: z.number().min(1).max(50).default(usualLimits.leastFlowLMin),
});
export type HouseSetting = z.output<typeof houseSchema>;

export function houseFacts(setting: HouseSetting): HouseFacts {
  return { designTemperatureC: setting.design_temperature_c };
}

export function unitLimits(setting: HouseSetting): Limits {
  return { leastFlowLMin: setting.least_flow_l_min };
}
