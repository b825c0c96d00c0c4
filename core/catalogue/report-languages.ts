/** The languages of reports, by their ISO 639-1 codes; some of `home-languages.ts`. */
export const reportLanguages = ["en", "de", "it", "fr", "nl", "pl"] as const;
export type ReportLanguage = (typeof reportLanguages)[number];

/** Whether reports are written in a language. */
export function isReportLanguage(code: string): code is ReportLanguage {
  return reportLanguages.some((each) => each === code);
}
