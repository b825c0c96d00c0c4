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

/** Under which name the file of each language exports its texts. */
const names = {
  en: "english",
  de: "german",
  nl: "dutch",
  da: "danish",
  no: "norwegian",
  sv: "swedish",
  it: "italian",
  es: "spanish",
  fr: "french",
  pl: "polish",
  sk: "slovak",
  fi: "finnish",
} as const satisfies Readonly<Record<CardLanguage, string>>;

/** Texts of one kind, in each language of the card. */
export type InEveryLanguage<Texts> = Readonly<Record<(typeof names)[CardLanguage], Texts>>;

/** Finds the texts in one of Home Assistant's languages. */
export function textsIn<Texts>(all: InEveryLanguage<Texts>): (language: string) => Texts {
  return (language) => all[names[languageOf(language)]];
}
