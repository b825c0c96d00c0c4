import { languageOf } from "@heatloop/lovelace-card/text/language";

/** What a language writes between whole numbers and tenths. */
export function decimalSignOf(language: string): string {
  // Browsers know no numbers of "no" alone.
  const code = languageOf(language) === "no" ? "nb" : language;
  return new Intl.NumberFormat(code).format(1.5).charAt(1);
}
