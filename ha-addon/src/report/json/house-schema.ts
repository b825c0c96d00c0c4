import { z } from "zod";
import { boundarySchema, copBoundarySchema } from "./day-schemas.ts";
import { localDate, nullableNumber } from "./fields.ts";

/** What is known of the house, as the API writes it. */
export const houseReportSchema = z
  .object({
    from: localDate.describe("first of the days it is learned from: up to a year"),
    to: localDate,
    line: z
      .object({
        heat_loss_w_per_k: z.number(),
        base_temperature_c: z.number().describe("outdoors, at which the house needs no heating"),
        spread_w: z.number().describe("usual distance of a day from the line"),
        days: z.int(),
        outliers: z.array(localDate),
        from_outdoor_c: z.number().describe("coldest and warmest day behind the line; beyond it is a guess"),
        to_outdoor_c: z.number(),
      })
      .nullable(),
    why_no_line: z.enum(["too_few_days", "too_little_cold", "no_relation"]).nullable(),
    hot_water_wh_per_day: nullableNumber.describe("median of the days"),
    degree_days: z.object({
      days: z.int().describe("whose outdoor temperature is known"),
      base_c: z.number().describe("the base temperature of line; 15.5 where there is none"),
      kelvin_days: z.number().describe("below it"),
      chosen: z
        .object({
          name: z.string().describe("as the settings name it, such as 15.5, 20/15 or DE"),
          base_c: z.number(),
          limit_c: z.number().describe("only days colder than this count"),
          kelvin_days: z.number().describe("the same days always give the same number"),
        })
        .describe("as house.degree_days of the settings counts them"),
    }),
    design: z
      .object({ outdoor_c: z.number(), output_w: z.number(), is_guess: z.boolean() })
      .nullable()
      .describe("heat needed at the design temperature of the settings"),
    last_day: z
      .object({
        date: localDate,
        outdoor_c: z.number(),
        expected_wh: z.number(),
        real_wh: z.number(),
        difference_share: nullableNumber,
        verdict: z.enum(["as_expected", "more", "less"]),
      })
      .nullable()
      .describe("heating of the last whole day, against the line drawn without it"),
    season: z.object({
      from: localDate,
      to: localDate,
      spf: nullableNumber.describe(
        "seasonal performance factor, as measured: heat over electricity of the time with both",
      ),
      scop: nullableNumber.describe("the same as spf, for one release; SCOP is the rated figure of EN 14825"),
      boundary: copBoundarySchema,
      heat_wh: z.number(),
      electricity_wh: z.number(),
      with_immersion_heater: z
        .object({
          boundary: boundarySchema,
          immersion_heater_wh: z.number(),
          heat_wh: z.number(),
          electricity_wh: z.number(),
          spf: nullableNumber,
        })
        .nullable()
        .describe("the same with the immersion heater on both sides; null where it did not run"),
      measured: z.number().describe("share of the days so far, 0 to 1: the SPF is that of this part only"),
      passed: z.number().describe("share of the season that has passed, 0 to 1"),
    }),
    meters: z
      .array(
        z.object({
          kind: z.enum(["flow", "temperature", "heat", "counter"]),
          ratio: z.number().describe("the other meter over ours"),
          low: z.number(),
          high: z.number(),
          days: z.int(),
          correction_factor: nullableNumber,
          correction_k: nullableNumber.describe("to be added to flow minus return"),
          sentence: z.string().describe("English"),
        }),
      )
      .describe("what is systematically off, with a correction to offer; nothing applies it by itself"),
  })
  .nullable();

export type HouseJson = NonNullable<z.output<typeof houseReportSchema>>;
