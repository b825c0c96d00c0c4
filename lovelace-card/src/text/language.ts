const languages = ["en", "de", "nl", "da", "no", "sv", "it", "es", "fr", "pl", "sk", "fi"] as const;

/** By ISO 639-1. */
export type CardLanguage = (typeof languages)[number];

/** The card's language for one of Home Assistant's (`de`, `de-CH`, `nb`); English for one that is not here. */
export function languageOf(language: string): CardLanguage {
  const code = language.split(/[-_]/, 1)[0]?.toLowerCase() ?? "";
  const own = code === "nb" || code === "nn" ? "no" : code;
  return languages.find((each) => each === own) ?? "en";
}
