import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import { homeLanguage } from "../settings/home-language.ts";
import type { AppParts } from "./app-parts.ts";

/** The language that the home reads, as settings and Home Assistant have it at the moment. */
export function programLanguage({
  settings,
  homeAssistant,
}: Pick<AppParts, "settings" | "homeAssistant">): HomeLanguage {
  return homeLanguage(settings.current(), homeAssistant?.config()?.language);
}
