import { languages } from "@heatloop/core/catalogue/languages";
import { parts } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import { transitionKinds } from "@heatloop/core/live/transition";
import { roomFeedStates } from "@heatloop/core/room-feed/room-feed";
import { z } from "zod";
import {
  consumersSchema,
  copBasisSchema,
  copBoundarySchema,
  copRangeSchema,
  gapSchema,
  qualitySchema,
  sourcesSchema,
  withImmersionSchema,
} from "../report/json/day-schemas.ts";
import { instant, unknownNumber, value } from "./value-schemas.ts";

/** What the API answers. Unknown is null; energies are Wh, powers W, temperatures °C; names carry their unit. */

const operation = z.enum(operations).nullable();

export const deviceSchema = z.object({
  id: z.string(),
  prefix: z.string().describe("MQTT topic prefix"),
  name: z.string(),
  online: z.boolean().nullable(),
  zones: z.int(),
  language: z.enum(languages).nullable().describe("of the firmware's texts"),
  last_seen: instant.nullable(),
  operation,
});

const part = z.object({
  heat_wh: unknownNumber,
  electricity_wh: unknownNumber,
  cop: unknownNumber,
  seconds: z.number(),
});

export const daySchema = z.object({
  date: z.string().describe("local date"),
  seconds: z.number().describe("length of the local day"),
  covered_s: z.number(),
  coverage: z.number().describe("share of the day that was seen, 0 to 1; of what has passed of a running day"),
  complete: z.boolean().describe("the day is over and was seen to 99 %"),
  heat_wh: unknownNumber.describe("that was seen at the flow sensors, less what defrosts took from it"),
  cooling_wh: unknownNumber,
  electricity_wh: unknownNumber.describe("that the external meter or else the heat pump's counter counted"),
  cop: unknownNumber.describe("of cop_basis.all; null where a side is missing or electricity is below 0.1 kWh"),
  parts: z.record(z.enum(parts), part).describe("by operation; they add up to the whole"),
  starts: z.number().describe("of the compressor"),
  defrosts: z.number(),
  run_minutes: z.number(),
  controller: z
    .object({
      heating_heat_wh: unknownNumber,
      heating_electricity_wh: unknownNumber,
      hot_water_heat_wh: unknownNumber,
      hot_water_electricity_wh: unknownNumber,
      cooling_heat_wh: unknownNumber,
      cooling_electricity_wh: unknownNumber,
    })
    .nullable()
    .describe("the heat pump's own totals of this day, which it reports on the day after"),
  sources: sourcesSchema.describe("each side from its best source, with its range and the others beside it"),
  cop_range: copRangeSchema,
  cop_basis: copBasisSchema,
  cop_boundary: copBoundarySchema,
  with_immersion_heater: withImmersionSchema,
  consumers: consumersSchema,
  water_l: z.number().describe("that passed the flow sensor"),
  quality: qualitySchema,
  gaps: z.array(gapSchema),
});

export const hourSchema = z.object({
  time: instant.describe("start of a full hour"),
  heat_wh: z
    .record(z.enum(operations), z.number())
    .nullable()
    .describe("by operation, whole Wh; in cooling the cold, in defrost below zero; null: none of the hour was seen"),
  electricity_wh: z
    .record(z.enum(parts), z.number())
    .nullable()
    .describe("by operation, whole Wh; null: no counter reported anything"),
  cop_basis: z
    .object({ heat_wh: z.number(), electricity_wh: z.number() })
    .nullable()
    .describe("the two sides of the COP, of the time in which both were seen; null: none of the hour"),
});

const toldReasonSchema = z
  .object({ code: z.string(), figures: z.record(z.string(), z.union([z.number(), z.string()])) })
  .describe("a code with its figures, of which `reason` is the sentence in the language of the home");

export const zoneFeedSchema = z.object({
  device: z.string(),
  zone: z.int(),
  state: z.enum(roomFeedStates),
  reason: z.string(),
  remarks: z.array(
    toldReasonSchema.extend({ missing: z.array(z.object({ name: z.string(), reason: toldReasonSchema })) }),
  ),
  since: instant.describe("start of the state"),
  temperature_c: unknownNumber.describe("of the rooms together"),
  sent_c: unknownNumber.describe("last sent to the heat pump"),
  sent_at: instant.nullable(),
  read_back_c: unknownNumber.describe("that the heat pump reports of it"),
  confirmed: z.boolean().describe("whether the heat pump has confirmed it"),
  source: z.string().nullable().describe("the room temperature that the heat pump uses"),
  rooms: z.array(
    z.object({
      entity: z.string(),
      name: z.string(),
      temperature_c: unknownNumber.describe("with scale and offset"),
      setpoint_c: unknownNumber,
      weight: z.number(),
      raw_value: z.union([z.number(), z.string(), z.null()]).describe("as Home Assistant has it"),
      reported_at: instant.nullable(),
      age_s: unknownNumber,
      used: z.boolean(),
      reason: z.string().nullable().describe("why it is not used"),
      not_used: toldReasonSchema.nullable(),
      doubted_since: instant.nullable().describe("since when its temperature is not plausible; null: it is"),
    }),
  ),
});

export const statusSchema = z.object({
  id: z.string(),
  online: z.boolean().nullable(),
  operation,
  since: instant.nullable().describe("start of the operation"),
  heat_power_w: unknownNumber.describe("now, negative in defrost and cooling"),
  electricity_power_w: unknownNumber.describe("now"),
  cop: unknownNumber.describe("now"),
  values: z.record(z.string(), value).describe("every point by its name with unit, such as flow_temperature_c"),
  today: daySchema.nullable(),
  room_feed: z.array(zoneFeedSchema),
});

export const latestSchema = z.object({
  device: z.string(),
  readings: z.record(z.string(), z.object({ value, unit: z.string().nullable(), at: instant })),
});

export const readingsSchema = z.object({
  device: z.string(),
  from: instant,
  to: instant,
  resolution: z.string(),
  units: z.record(z.string(), z.string().nullable()),
  readings: z
    .array(z.record(z.string(), value))
    .describe("time, then the columns asked for; a time without any minute is left out"),
});

export const transitionSchema = z
  .object({
    time: instant,
    what: z.enum(transitionKinds),
    from: z.string().nullable(),
    to: z.string().nullable(),
    duration_s: unknownNumber.describe("spent in the state before; null where its start was not seen"),
    zone: z
      .union([z.literal(1), z.literal(2)])
      .nullable()
      .describe("of a room feed; null where it is of no zone, or an earlier version wrote it"),
  })
  .catchall(value)
  .describe("a transition, with the values of that moment");
