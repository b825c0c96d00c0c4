import { countryDegreeDays, degreeDayBasis, usualDegreeDays } from "@heatloop/core/degree-days";
import { type Limits, usualLimits } from "@heatloop/core/findings";
import type { HouseFacts } from "@heatloop/core/house-report";
import { z } from "zod";

const degreeDaysRule = `a base from 5 to 25 °C such as "15.5", with a heating limit such as "20/15", or a country's own: ${Object.keys(countryDegreeDays).join(", ")}`;

/** `house {...}` of the settings: what the owner knows of house and unit. */
export const houseSchema = z.strictObject({
  /** Outdoor temperature that the heating was designed for, °C; null: the report tells no output for it. */
  design_temperature_c: z.number().min(-50).max(20).nullable().default(null),
  /** How degree days are counted: a base, a base over a heating limit, or a country's own way. */
  degree_days: z
    .string({ error: degreeDaysRule })
    .refine((name) => degreeDayBasis(name) !== null, { error: degreeDaysRule })
    .default(usualDegreeDays),
  /** Least water flow of the outdoor unit by its data sheet, L/min. */
  least_flow_l_min: z.number().min(1).max(50).default(usualLimits.leastFlowLMin),
});
export type HouseSetting = z.output<typeof houseSchema>;

export function houseFacts(setting: HouseSetting): HouseFacts {
  return { designTemperatureC: setting.design_temperature_c, degreeDays: setting.degree_days };
}

export function unitLimits(setting: HouseSetting): Limits {
  return { leastFlowLMin: setting.least_flow_l_min };
}
