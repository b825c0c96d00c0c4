import { type HomeLanguage, homeLanguageOf, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { z } from "zod";
import type { StateFile } from "../base/state-file.ts";
import type { HomeAssistant } from "../home-assistant/home-assistant.ts";
import type { SettingsFile } from "../settings/settings-file.ts";

const keptSchema = z.object({ language: z.enum(homeLanguages) });

/**
 * In which language entities are named: that of the settings, for `auto` Home Assistant's, English where it has no names. The
 * last known one of Home Assistant is kept: while it is away, as after a start, nothing is renamed.
 */
export async function openEntityLanguage(parts: {
  readonly settings: Pick<SettingsFile, "current">;
  readonly homeAssistant: Pick<HomeAssistant, "config"> | undefined;
  readonly stateFile: StateFile;
}): Promise<() => HomeLanguage> {
  const { settings, homeAssistant, stateFile } = parts;
  let kept = keptSchema.safeParse(await stateFile.read()).data?.language;

  function ofHome(): HomeLanguage {
    const tag = homeAssistant?.config()?.language;
    if (tag === undefined) return kept ?? "en";
    const language = homeLanguageOf(tag) ?? "en";
    if (language !== kept) void stateFile.write({ language });
    kept = language;
    return language;
  }

  return () => {
    const { language } = settings.current().entities;
    return language === "auto" ? ofHome() : language;
  };
}
