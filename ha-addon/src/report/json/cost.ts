import type { Alternative, CostLine, CostReport } from "@heatloop/core/cost/cost-report";
import { parts } from "@heatloop/core/energy/day-energy";
import { z } from "zod";
import { nullableNumber } from "./fields.ts";

const line = {
  electricity_wh: z.number(),
  cost: nullableNumber.describe("null where the price or the electricity of any of it is not known"),
  known_cost: nullableNumber.describe("of what is priced"),
  known_share: nullableNumber.describe("share of the electricity that is priced, 0 to 1"),
};
const lineSchema = z.object(line);
const alternative = z.object({
  cost: z.number(),
  saving: z.number().describe("what the heat pump cost less; negative where it cost more"),
  input_kwh: z.number().describe("fuel or electricity"),
  co2_kg: nullableNumber,
});

export const costSchema = z
  .object({
    currency: z.string().describe("EUR ...; empty where none is set"),
    days: z.int(),
    unknown_days: z
      .int()
      .describe("days whose electricity is not known, or only in part; they make every cost unknown but known_cost"),
    ...line,
    standing_charge: z.number(),
    total_cost: nullableNumber.describe("cost + standing_charge"),
    known_total_cost: nullableNumber.describe("known_cost + standing charge of the days of which anything is priced"),
    price_per_kwh: nullableNumber.describe("mean of what is priced"),
    parts: z.record(z.enum(parts), lineSchema).describe("by use; their costs add up to cost"),
    windows: z
      .array(
        z.object({
          name: z.string(),
          seconds: z.number(),
          ...line,
          price_per_kwh: nullableNumber,
          heat_wh: z.number().describe("with cold"),
          cop: nullableNumber.describe("without the immersion heater: its boundary is the period's cop_boundary"),
        }),
      )
      .describe("by tariff window; their costs add up to cost"),
    pv: z
      .object({ electricity_wh: z.number(), cost: z.number(), unknown_wh: z.number() })
      .nullable()
      .describe("electricity from PV in it"),
    co2_kg: nullableNumber,
    comparison: z
      .object({
        heat_wh: z.number().describe("the heat that is compared: that whose electricity and price are known"),
        share: z.number().describe("of all heat, 0 to 1"),
        heat_pump: z.object({ cost: z.number(), electricity_wh: z.number(), co2_kg: nullableNumber }),
        direct_electric: alternative,
        gas: alternative.nullable(),
        oil: alternative.nullable(),
      })
      .nullable(),
  })
  .nullable()
  .describe("money in the currency, rounded; null where no price is set");

export function costJson(cost: CostReport | null): z.output<typeof costSchema> {
  if (cost === null) return null;
  const { comparison, pv } = cost;
  return {
    currency: cost.currency,
    days: cost.days,
    unknown_days: cost.unknownDays,
    ...lineJson(cost),
    standing_charge: cost.standingCharge,
    total_cost: cost.totalCost,
    known_total_cost: cost.knownTotalCost,
    price_per_kwh: cost.pricePerKwh,
    parts: Object.fromEntries(parts.map((part) => [part, lineJson(cost.parts[part])])) as Record<
      (typeof parts)[number],
      z.output<typeof lineSchema>
    >,
    windows: cost.windows.map((window) => ({
      name: window.name,
      seconds: window.seconds,
      ...lineJson(window),
      price_per_kwh: window.pricePerKwh,
      heat_wh: window.heatWh,
      cop: window.cop,
    })),
    pv: pv && { electricity_wh: pv.electricityWh, cost: pv.cost, unknown_wh: pv.unknownWh },
    co2_kg: cost.co2Kg,
    comparison: comparison && {
      heat_wh: comparison.heatWh,
      share: comparison.share,
      heat_pump: {
        cost: comparison.heatPump.cost,
        electricity_wh: comparison.heatPump.electricityWh,
        co2_kg: comparison.heatPump.co2Kg,
      },
      direct_electric: alternativeJson(comparison.directElectric),
      gas: comparison.gas && alternativeJson(comparison.gas),
      oil: comparison.oil && alternativeJson(comparison.oil),
    },
  };
}

function lineJson(of: CostLine): z.output<typeof lineSchema> {
  const { electricityWh, cost, knownCost, knownShare } = of;
  return { electricity_wh: electricityWh, cost, known_cost: knownCost, known_share: knownShare };
}

function alternativeJson({ cost, saving, inputKwh, co2Kg }: Alternative): z.output<typeof alternative> {
  return { cost, saving, input_kwh: inputKwh, co2_kg: co2Kg };
}
