import { z } from "zod";
import { channelsSchema } from "./channel-settings.ts";

/** The kinds of alerts, by which they are switched off. */
export const alertRuleIds = [
  "mqtt",
  "home_assistant",
  "archive",
  "disk_full",
  "disk_low",
  "clock_difference",
  "program_errors",
  "settings",
  "owner",
  "prices",
  "broker",
  "installation",
  "shared",
  "start",
  "unheard",
  "no_status",
  "unknown_topics",
  "unknown_texts",
  "kept_commands",
  "frequent_commands",
  "offline",
  "row_missing",
  "fault",
  "jumping_values",
  "low_flow",
  "short_cycling",
  "many_defrosts",
  "immersion_heater",
  "booster_heater",
  "low_cop",
  "firmware_changed",
  "room_feed",
  "room_feed_degraded",
  "second_feeder",
  "room",
] as const;

const minutes = (usual: number) => z.int().min(1).max(1440).default(usual);
const anHour = (usual: number) => z.int().min(1).max(60).default(usual);

/** `alerts {...}` of the settings: the limits of the rules, each beyond which it is an alert. */
export const alertsSchema = z.strictObject({
  /** Minutes that a heat pump is offline. */
  offline_min: minutes(5),
  /** Minutes without a row of the log although the heat pump is online. */
  no_row_min: minutes(10),
  /** Minutes that the flow may be less than `house.least_flow_l_min` while the compressor runs. */
  low_flow_min: minutes(5),
  /** Starts and defrosts within an hour. */
  starts_per_hour: anHour(4),
  defrosts_per_hour: anHour(3),
  /** Minutes that a heater may be on. */
  immersion_heater_min: minutes(120),
  booster_heater_min: minutes(120),
  /** The least COP of a whole day. */
  day_cop: z.number().min(0.5).max(10).default(1.5),
  /** Minutes that the room feed may go on without all of its rooms. */
  room_feed_degraded_min: minutes(60),
  /** The least free space for the log. */
  disk_free_mb: z.int().min(50).max(1_000_000).default(500),
  /** Seconds between the machine's clock and Home Assistant's. */
  clock_difference_s: z.int().min(15).max(3600).default(60),
  /** Errors of the program's log within an hour. */
  errors_per_hour: z.int().min(1).max(1000).default(10),
  /** Kinds of alerts that nobody wants to know of. */
  off: z.array(z.enum(alertRuleIds)).max(alertRuleIds.length).default([]),
  /** Whether Home Assistant shows each alert as a notification and gets it as an event. */
  notify_home_assistant: z.boolean().default(true),
  channels: channelsSchema,
});

export type AlertSettings = z.output<typeof alertsSchema>;
