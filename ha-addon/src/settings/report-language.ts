import { type ReportLanguage, reportLanguages } from "@heatloop/core/catalogue/report-languages";

/**
 * The language of reports for a reader of these languages (`de`, `de-CH`), the preferred one first; English where
 * reports are written in none of them. A region counts as its language.
 */
export function languageOf(preferred: readonly string[]): ReportLanguage {
  for (const tag of preferred) {
    const code = tag.split("-", 1)[0]?.toLowerCase();
    const language = reportLanguages.find((each) => each === code);
    if (language !== undefined) return language;
  }
  return "en";
}
