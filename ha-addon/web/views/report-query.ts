import { isReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { ReportUnit } from "@heatloop/core/time/report-unit";
import { languageOf } from "@heatloop/lovelace-card/text/language";
import type { Dates } from "./chosen-dates.ts";

/** Path of the API about a heat pump, relative to the page. */
export function devicePath(device: string, what: string, query: URLSearchParams): string {
  return `api/devices/${encodeURIComponent(device)}/${what}?${query}`;
}

/** The query of a report: in the page's language where reports have it, else in that of the settings. */
export function reportQuery({ from, to }: Dates, language: string, unit?: ReportUnit): URLSearchParams {
  const query = new URLSearchParams({ from, to });
  if (unit !== undefined) query.set("by", unit);
  const spoken = languageOf(language);
  if (isReportLanguage(spoken)) query.set("language", spoken);
  return query;
}

/** Whether a language writes 3,95 rather than 3.95. */
export function writesComma(language: string): boolean {
  const parts = new Intl.NumberFormat(language).formatToParts(1.5);
  return parts.some(({ type, value }) => type === "decimal" && value === ",");
}
