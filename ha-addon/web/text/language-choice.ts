import { type CardLanguage, languageOf } from "@heatloop/lovelace-card/text/language";

/** The page's languages, each by its own name. */
export const languageNames = {
  en: "English",
  de: "Deutsch",
  nl: "Nederlands",
  da: "Dansk",
  no: "Norsk",
  sv: "Svenska",
  it: "Italiano",
  es: "Español",
  fr: "Français",
  pl: "Polski",
  sk: "Slovenčina",
  fi: "Suomi",
} as const satisfies Readonly<Record<CardLanguage, string>>;

const key = "heatloop-language";

/** What a person chose on this device, else the first of the browser's languages that the page speaks. */
export function chosenLanguage(): string {
  const chosen = remembered();
  if (chosen !== null && Object.hasOwn(languageNames, chosen)) return chosen;
  const isSpoken = (language: string) => languageOf(language) !== "en" || /^en\b/i.test(language);
  return navigator.languages.find(isSpoken) ?? "en";
}

/** Remembers a language on this device, for as long as the browser keeps it. */
export function rememberLanguage(language: CardLanguage): void {
  try {
    localStorage.setItem(key, language);
  } catch {
    // A browser that keeps nothing asks again.
  }
}

function remembered(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}
