import type { Texts } from "./languages/english.ts";
import { allTexts } from "./texts.ts";

/** The texts of Home Assistant's language (`de`, `de-CH`, `nb`); English for a language that is not here. */
export function textsOf(language: string): Texts {
  const code = language.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const known = code === "nb" || code === "nn" ? "no" : code;
  return Object.hasOwn(allTexts, known) ? allTexts[known as keyof typeof allTexts] : allTexts.en;
}

/** A text with its `{...}` filled in. */
export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}
