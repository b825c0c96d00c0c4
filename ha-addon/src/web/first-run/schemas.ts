import { z } from "zod";

const unknownText = z.string().nullable();
const temperatureC = z.number().describe("as it is reported, °C");

const suspicionSchema = z.discriminatedUnion("code", [
  z.object({
    code: z.enum(["reads_double", "reads_tenfold", "reads_half", "far_from_others"]),
    temperature_c: temperatureC,
  }),
  z.object({ code: z.literal("outside_limits"), temperature_c: temperatureC, min_c: z.number(), max_c: z.number() }),
  z.object({ code: z.literal("constant"), hours: z.int() }).describe("the same for a day or longer"),
  z
    .object({ code: z.literal("silent"), minutes: z.int() })
    .describe("not reported for longer than room_feed.max_age_min"),
]);

const candidateSchema = z.object({
  entity: z.string(),
  name: z.string(),
  area: unknownText.describe("of Home Assistant"),
  temperature_c: z.number().nullable().describe("with the suggested scale; null: none at the moment"),
  raw_value: z.union([z.number(), z.string()]).nullable().describe("as Home Assistant has it, in `unit`"),
  unit: unknownText,
  age_s: z.int().nullable().describe("since its device reported"),
  offered: z.boolean().describe("false: most likely no room's"),
  not_offered: z
    .enum([
      "outdoor",
      "water",
      "cold_or_hot_place",
      "machine",
      "computed",
      "heat_pump",
      "hidden",
      "diagnostic",
      "no_temperature",
    ])
    .nullable()
    .describe("why it is not offered"),
  no_value: unknownText.describe("why there is no temperature, such as unavailable"),
  suspicions: z.array(suspicionSchema).describe("what a person should look at before choosing it"),
  suggested_scale: z.number().describe("for `scale` of the room: 0.5 for one that reads double"),
  chosen: z.boolean().describe("a good choice without looking: the best of its area, and nothing is odd but the scale"),
});

const connection = z.object({
  state: z.enum(["connected", "away", "off"]),
  since: unknownText,
  detail: unknownText,
});

export const firstRunSchema = z.object({
  done: z.boolean().describe("rooms are set, or a person said later"),
  broker: connection.extend({
    address: unknownText.describe("as the ESP32 must have it; null: not known"),
    address_from: z.enum(["connection", "home_assistant", "machine"]).nullable(),
    other_addresses: z.array(z.string()).describe("of the same machine, in other networks"),
    port: z.int().nullable(),
    tls: z.boolean(),
    needs_ca: z.boolean().describe("the ESP32 needs a certificate that Heatloop does not have"),
  }),
  home_assistant: connection,
  heat_pumps: z.array(
    z.object({ id: z.string(), prefix: z.string(), name: z.string(), online: z.boolean().nullable() }),
  ),
  esphome: z.object({
    yaml: unknownText.describe(
      "the mqtt: block for the ESP32, without any password; null: the broker is not known yet",
    ),
  }),
  rooms: z.array(candidateSchema).describe("temperatures of Home Assistant, the best first; those not offered last"),
  time_zone: z.object({ guess: z.string(), from: z.enum(["home_assistant", "machine"]) }),
  tariff: z
    .object({
      guess: z.object({
        currency: z.string(),
        price_per_kwh: z.number().optional(),
        dynamic: z.object({ entity: z.string(), state_is_price: z.literal(true) }).optional(),
      }),
      from: z.literal("home_assistant_energy"),
    })
    .nullable()
    .describe("as `tariff` of the settings takes it; null: Home Assistant's energy dashboard names no price"),
});
