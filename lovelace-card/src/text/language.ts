import type { Texts } from "./languages/english.ts";
import { allTexts } from "./texts.ts";

/** By ISO 639-1. */
export type CardLanguage = keyof typeof allTexts;

/** The card's language for one of Home Assistant's (`de`, `de-CH`, `nb`); English for one that is not here. */
export function languageOf(language: string): CardLanguage {
  const code = language.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const known = code === "nb" || code === "nn" ? "no" : code;
  return Object.hasOwn(allTexts, known) ? (known as CardLanguage) : "en";
}

/** The card's texts in Home Assistant's language. */
export function textsOf(language: string): Texts {
  return allTexts[languageOf(language)];
}

/** A text with its `{...}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
