import { z } from "zod";

export const channelSchema = z.object({
  name: z.string(),
  kind: z.enum(["webhook", "email", "slack", "pagerduty", "ntfy", "telegram"]),
  on: z.boolean(),
  has_secret: z.boolean().describe("false too where its secret was given for another server"),
  needs_secret: z.boolean().describe("whether it delivers nothing without one"),
  waiting: z.int().describe("messages that wait to be delivered"),
  last_delivered: z.string().nullable().describe("ISO 8601 with the offset of the local time zone"),
  last_error: z.string().nullable().describe("why the last attempt did not end well; null where it did"),
  last_error_at: z.string().nullable().describe("when that was"),
});
