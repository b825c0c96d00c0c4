import { z } from "zod";
import { reportLanguages } from "./report-texts.ts";

/** `report {...}` of the settings. */
export const reportSettingsSchema = z.strictObject({
  /** Of pages and messages; empty: the browser's, and English where there is none. */
  language: z.enum(["", ...reportLanguages]).default(""),
});
