import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { z } from "zod";

/** `report {...}` of the settings. */
export const reportSettingsSchema = z.strictObject({
  /** Of pages and messages; empty: the browser's, of messages Home Assistant's, and English where it is none of these. */
  language: z.enum(["", ...reportLanguages]).default(""),
});
