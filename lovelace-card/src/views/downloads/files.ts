import { isReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { ViewInput } from "../../look/view.ts";
import { languageOf } from "../../text/language.ts";
import type { TextKey } from "../../text/languages/english.ts";

/** A file of Heatloop's app: `api/devices/<id>/<file>`. */
export type LinkedFile = {
  readonly file: string;
  readonly label: TextKey;
  readonly format: "HTML" | "CSV" | "JSON";
  readonly hint: TextKey;
  /** The browser shows it in a page of its own. */
  readonly opens?: true;
  /** Which of the app's sizes is its own. */
  readonly size?: keyof KnownSizes;
};

/** Of `GET api/devices/<id>/file-sizes` what is shown; null is not known. */
export type KnownSizes = { readonly minutes_csv_bytes: number | null };

/** What a person reads first, then the spreadsheets, last what programs read. */
export const offeredFiles: readonly LinkedFile[] = [
  { file: "report.html", label: "report", format: "HTML", hint: "report_html_hint", opens: true },
  { file: "days.csv", label: "days", format: "CSV", hint: "days_csv_hint" },
  { file: "report.csv", label: "report", format: "CSV", hint: "report_csv_hint" },
  { file: "minutes.csv", label: "minute_log", format: "CSV", hint: "minutes_csv_hint", size: "minutes_csv_bytes" },
  { file: "report.json", label: "report", format: "JSON", hint: "report_json_hint" },
];

/** The same where a link cannot open what it leads to: a report is saved too. */
export const savedFiles: readonly LinkedFile[] = offeredFiles.map(({ opens: _, ...file }) => file);

/** The query of a file: a spreadsheet writes numbers as the person does, and a report speaks their language where it can. */
export function queryOf(
  { file, format, opens }: LinkedFile,
  dates: { readonly from: string; readonly to: string },
  { hass, formats }: ViewInput,
): string {
  const query = new URLSearchParams(dates);
  const language = languageOf(hass.locale.language);
  if (file.startsWith("report.") && isReportLanguage(language)) query.set("language", language);
  if (opens) query.set("browse", "yes");
  if (format === "CSV" && formats.number(0.1, 1).includes(",")) query.set("decimal", "comma");
  return query.toString();
}
