import { languageOf } from "./language.ts";
import type { CardLanguage } from "./texts.ts";

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
