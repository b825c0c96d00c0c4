import type { Texts } from "./languages/english.ts";
import { type CardLanguage, isCardLanguage, loadedTexts, loadTextsOf } from "./texts.ts";

/** The card's language for one of Home Assistant's (`de`, `de-CH`, `nb`); English for one that is not here. */
export function languageOf(language: string): CardLanguage {
  const code = language.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const own = code === "nb" || code === "nn" ? "no" : code;
  return isCardLanguage(own) ? own : "en";
}

/** The card's texts in Home Assistant's language; in English for as long as they are not loaded. */
export function textsOf(language: string): Texts {
  return loadedTexts(languageOf(language));
}

/** Loads the texts in Home Assistant's language; undefined where `textsOf` has them already. Never rejects. */
export function loadTexts(language: string): Promise<void> | undefined {
  return loadTextsOf(languageOf(language));
}

/** A text with its `{...}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
