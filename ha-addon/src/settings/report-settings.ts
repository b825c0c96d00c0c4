import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { z } from "zod";

/** `report {...}` of the settings. */
export const reportSettingsSchema = z.strictObject({
  /** Of pages and messages; empty: the browser's, of messages, room feed and alerts Home Assistant's, else English. */
  language: z.enum(["", ...reportLanguages]).default(""),
});
