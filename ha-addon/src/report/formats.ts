import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";

/** Whose numbers and dates a report in a language has. */
export const regions: Readonly<Record<ReportLanguage, string>> = {
  en: "en-GB",
  de: "de-DE",
  it: "it-IT",
  fr: "fr-FR",
  nl: "nl-NL",
  pl: "pl-PL",
};

/** Makes each format once: making takes longer than writing a number. */
export function onceEach<K, V>(make: (key: K) => V): (key: K) => V {
  const made = new Map<K, V>();
  return (key) => {
    const known = made.get(key) ?? make(key);
    made.set(key, known);
    return known;
  };
}
