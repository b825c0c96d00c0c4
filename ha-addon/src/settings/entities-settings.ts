import { homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { z } from "zod";

/** `entities {...}` of the settings. */
export const entitiesSchema = z.strictObject({
  /** Of their names in Home Assistant; `auto`: Home Assistant's own where there are names in it, else English. */
  language: z.enum(["auto", ...homeLanguages]).default("en"),
});
