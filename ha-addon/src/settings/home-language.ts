import { type HomeLanguage, homeLanguageOf } from "@heatloop/core/catalogue/home-languages";
import type { Settings } from "./settings.ts";

/**
 * The language that the home reads: `report.language` where it is chosen, else Home Assistant's (undefined: not known),
 * else English.
 */
export function homeLanguage(settings: Pick<Settings, "report">, ofHomeAssistant: string | undefined): HomeLanguage {
  return settings.report.language || (homeLanguageOf(ofHomeAssistant ?? "") ?? "en");
}
