import { type Limits, usualLimits } from "@heatloop/core/events/rules/rule-day";
import { mostGlycolPercent } from "@heatloop/core/heat/glycol";
import {
  flowSensorSides,
  type HeatFormula,
  heatFormula,
  usualHeatFormula,
  usualWater,
  type WaterSetup,
} from "@heatloop/core/heat/heat-formula";
import { countryDegreeDays, degreeDayBasis, usualDegreeDays } from "@heatloop/core/house/degree-days";
import type { HouseSetup } from "@heatloop/core/house/house-report";
import { z } from "zod";

const degreeDaysRule = `a base from 5 to 25 °C such as "15.5", with a heating limit such as "20/15", or a country's own: ${Object.keys(countryDegreeDays).join(", ")}`;

/** `house {...}` of the settings: what the owner knows of house and unit. */
export const houseSchema = z.strictObject({
  /** Outdoor temperature that the heating was designed for, °C; null: the report has no output for it. */
  design_temperature_c: z.number().min(-50).max(20).nullable().default(null),
  /** How degree days are counted: a base, a base over a heating limit, or a country's own way. */
  degree_days: z
    .string({ error: degreeDaysRule })
    .refine((name) => degreeDayBasis(name) !== null, { error: degreeDaysRule })
    .default(usualDegreeDays),
  /** Least water flow of the outdoor unit by its data sheet, L/min. */
  least_flow_l_min: z.number().min(1).max(50).default(usualLimits.leastFlowLMin),
  /** The pipe in which the heat pump's flow sensor sits, by its manual. */
  flow_sensor: z.enum(flowSensorSides).default(usualWater.flowSensor),
  /** Propylene glycol in the heating water, percent by volume. */
  glycol_percent: z.number().min(0).max(mostGlycolPercent).default(usualWater.glycolPercent),
});
export type HouseSetting = z.output<typeof houseSchema>;

/** The house of the settings: design temperature (°C) and how degree days are counted. */
export function houseSetup(setting: HouseSetting): HouseSetup {
  return { designTemperatureC: setting.design_temperature_c, degreeDays: setting.degree_days };
}

/** The heating water of the settings: the side of the flow sensor and the glycol (percent by volume). */
export function waterSetup(setting: HouseSetting): WaterSetup {
  return { flowSensor: setting.flow_sensor, glycolPercent: setting.glycol_percent };
}

/** The limits of the outdoor unit in the settings: its least flow, l/min. */
export function unitLimits(setting: HouseSetting): Limits {
  return { leastFlowLMin: setting.least_flow_l_min };
}

/** The formula of heat as the settings have it; made anew where they change. */
export function formulaNow(water: () => WaterSetup): () => HeatFormula {
  let known = "";
  let formula: HeatFormula = usualHeatFormula;
  return () => {
    const setup = water();
    const now = `${setup.flowSensor} ${setup.glycolPercent}`;
    if (now !== known) formula = heatFormula(setup);
    known = now;
    return formula;
  };
}
