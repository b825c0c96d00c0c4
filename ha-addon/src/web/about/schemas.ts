import { logLevels } from "@heatloop/program/log";
import { z } from "zod";
import { gapSchema } from "../../report/json/day-schemas.ts";
import { instant } from "../value-schemas.ts";

const connection = z.object({
  state: z.enum(["connected", "away", "off"]),
  since: instant.nullable(),
  detail: z.string().nullable(),
});

const mistake = z.object({ path: z.string(), found: z.string(), allowed: z.string() });

export const deviceHealthSchema = z.object({
  id: z.string(),
  online: z.boolean().nullable(),
  last_seen: instant.nullable(),
  last_row: instant.nullable().describe("when its newest minute was written; null: none since the program started"),
  gaps_today: z
    .array(gapSchema.extend({ end: instant }))
    .nullable()
    .describe("of today's minutes, from when to when and why; null: not known"),
});

export const influxStateSchema = z.object({
  state: z
    .enum(["off", "waiting", "connected", "away", "refused"])
    .describe("away: it is tried again; refused: a person has to change something"),
  last_sent: instant.nullable(),
  behind_min: z
    .int()
    .nullable()
    .describe("how old the oldest row is that was not sent; null where all are, or none is known"),
  detail: z.string().nullable().describe("why it is away or refuses, and what to do"),
  refused_rows: z.string().nullable().describe("why some rows are never taken"),
  skipped_days: z.int().describe("days that became too old before they were sent"),
  has_secret: z.boolean().describe("whether a password or token is kept for the server of the settings"),
});

export const hubLinkSchema = z.object({
  state: z
    .enum(["off", "waiting", "connected", "away", "refused"])
    .describe("away: it is tried again; refused: a person has to change something"),
  node: z.string().nullable().describe("the id that the hub gave this home"),
  last_sent: instant.nullable(),
  detail: z.string().nullable().describe("why it is away or refuses, and what to do"),
  clock_behind_s: z
    .int()
    .nullable()
    .describe(
      "how far this machine's clock is behind the hub's, negative: ahead; null where that is less than a minute",
    ),
  rows: z
    .enum(["off", "waiting", "connected", "away", "refused"])
    .describe("how sending the rows goes; waiting: nothing was sent yet"),
  behind_min: z
    .int()
    .nullable()
    .describe("how old the oldest row is that was not sent; null where all are, or none is known"),
  refused_rows: z.string().nullable().describe("why some rows are never taken"),
  skipped_days: z.int().describe("days that became too old before they were sent"),
  events_waiting: z.int().describe("events that the hub has not confirmed yet"),
  events_dropped: z.int().describe("events that had to go before they were sent, as the outbox was full"),
  events_trouble: z.string().nullable().describe("why events cannot be saved: they wait in memory meanwhile"),
});

export const healthSchema = z.object({
  status: z.enum(["ok", "degraded"]).describe("degraded: something below is not as it should be"),
  version: z.string(),
  time: instant,
  time_zone: z.string(),
  mqtt: connection,
  home_assistant: connection,
  archive: z.object({
    state: z.enum(["ok", "failing"]),
    detail: z.string().nullable(),
    waiting_rows: z.int().describe("rows in memory that wait for the disk"),
    last_row: instant.nullable(),
    bytes: z.int().nullable().describe("all files of the archive; counted in the background, null until then"),
    free_bytes: z.int().nullable().describe("where it lies; null where the file system does not tell"),
    days: z.int().nullable().describe("local dates with any minutes"),
  }),
  influx: influxStateSchema,
  hub: hubLinkSchema,
  devices: z.array(deviceHealthSchema),
  settings: z.object({
    state: z.enum(["ok", "broken"]),
    mistakes: z.array(mistake).describe("settings.json at start; the defaults hold instead"),
    unknown_keys: z.array(z.string()).describe("keys that this version does not know: kept, and without effect"),
    kept_aside: z.string().nullable().describe("name of the copy of the broken file"),
  }),
});

export const statsSchema = z.object({
  started: instant,
  uptime_s: z.number(),
  mqtt_messages: z.int(),
  readings: z.int(),
  minutes_written: z.int(),
  transitions_written: z.int(),
  memory_bytes: z.int(),
  live_clients: z.int(),
});

export const logLineSchema = z.object({
  time: z.string().describe("ISO 8601 with offset, as it was printed"),
  level: z.enum(logLevels),
  text: z.string().describe("the message and its fields; secrets are *** as in the log"),
});
