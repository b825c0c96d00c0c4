import { z } from "zod";
import { alertLimits } from "../alerts/rules/alert-limits.ts";
import { runningRuleIds } from "../alerts/rules/running-rules.ts";
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
  ...runningRuleIds,
  "firmware_changed",
  "room_feed",
  "room_feed_degraded",
  "second_feeder",
  "room",
] as const;

/** `alerts {...}` of the settings: the limits of the rules, and who is told of what. */
export const alertsSchema = z.strictObject({
  ...alertLimits,
  /** Kinds of alerts that nobody wants to know of. */
  off: z.array(z.enum(alertRuleIds)).max(alertRuleIds.length).default([]),
  /** Whether Home Assistant shows each alert as a notification and gets it as an event. */
  notify_home_assistant: z.boolean().default(true),
  channels: channelsSchema,
});

export type AlertSettings = z.output<typeof alertsSchema>;
