import { z } from "zod";
import { severities } from "../../alerts/rules/severity.ts";
import { instant } from "../value-schemas.ts";

export const alertSchema = z.object({
  id: z.string().describe("the same as long as the same thing is wrong"),
  severity: z.enum(severities).describe("info: nothing is wrong, but somebody should know it"),
  message: z.string(),
  device: z.string().nullable(),
  since: instant,
  acknowledged: instant.nullable().describe("when a person had seen it"),
  acknowledged_by: z.string().nullable().describe("who; null: not known"),
  snoozed_until: instant.nullable().describe("until when nobody is told of it again"),
  ended: instant.optional().describe("when it was over; absent while it is active"),
});
