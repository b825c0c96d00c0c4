import { boundaries } from "@heatloop/core/energy/boundary";
import { copParts } from "@heatloop/core/energy/cop-basis";
import { consumers } from "@heatloop/core/energy/electricity-use";
import { electricitySources, heatSources } from "@heatloop/core/energy/energy-source";
import { gapCauses } from "@heatloop/core/energy/gaps";
import { signals } from "@heatloop/core/energy/signal-quality";
import { z } from "zod";
import { nullableNumber } from "./fields.ts";

/** Where the figures of a day come from and how far to trust them; energies in Wh, null is unknown. */

function sourced<T extends z.ZodType>(source: T) {
  return z
    .object({
      source: source.describe("the one that is used"),
      wh: z.number().describe("the whole day, with an estimate of what was not seen"),
      missing_wh: z.number().describe("how much of wh is that estimate"),
      low_wh: z.number().describe("the true value lies from low to high in 95 of 100 days"),
      high_wh: z.number(),
      others: z
        .array(z.object({ source, wh: z.number(), difference_wh: z.number() }))
        .describe("what the other sources say; difference: more than the one used, on the same basis"),
    })
    .nullable();
}

export const sourcesSchema = z.object({
  heat: sourced(z.enum(heatSources)).describe("at the flow sensors, less what defrosts took back"),
  cooling: sourced(z.enum(heatSources)),
  electricity: sourced(z.enum(electricitySources)),
});

export const boundarySchema = z.enum(boundaries);

/** Of every COP and SPF that leaves the immersion heater out. */
export const copBoundarySchema = boundarySchema
  .nullable()
  .describe(
    "what the COPs' electricity takes in, as heatpumpmonitor.org names it: H2 without the immersion heater that ran, H3 without pumps, H4 everything; null where a side is not known at all",
  );

const copOf = z.object({ heat_wh: z.number(), electricity_wh: z.number() });

export const copBasisSchema = z
  .record(z.enum(copParts), copOf)
  .nullable()
  .describe("what the COPs are of: both sides of the time in which both were seen, without the immersion heater");

export const copRangeSchema = z
  .object({ low: z.number(), high: z.number() })
  .nullable()
  .describe("the true COP lies in it in 95 of 100 days");

export const withImmersionSchema = z
  .object({
    boundary: boundarySchema.describe("H4, or H3 where pumps are not metered"),
    immersion_heater_wh: z.number().describe("its part of either side, estimated by its rated power"),
    heat_wh: z.number(),
    electricity_wh: z.number(),
    cop: nullableNumber,
  })
  .nullable()
  .describe("the immersion heater on both sides; null where it did not run");

export const consumersSchema = z
  .record(z.enum(consumers), z.number())
  .nullable()
  .describe("estimate of what took the electricity; adds up to electricity_wh");

export const qualitySchema = z
  .record(z.enum(signals), nullableNumber)
  .describe("percent of the minutes in which each was known; null where it never was");

export const gapSchema = z.object({
  start: z.string().describe("ISO 8601 with the offset of the local time zone"),
  seconds: z.number(),
  cause: z.enum(gapCauses),
});
