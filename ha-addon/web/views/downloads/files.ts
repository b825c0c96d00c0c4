import type { PageTexts } from "../../text/languages/english.ts";
import type { Dates } from "../chosen-dates.ts";
import { devicePath, reportQuery } from "../report-query.ts";

/** A file that can be had of a range of days. */
export type OfferedFile = {
  readonly text: keyof PageTexts;
  readonly hint?: keyof PageTexts;
  /** Relative to the page. */
  readonly address: string;
  readonly name: string;
  /** It may be large enough to wait for. */
  readonly isLarge: boolean;
};

/** What the files are of. */
export type Wanted = {
  readonly device: string;
  readonly dates: Dates;
  /** Of the page, as the browser has it. */
  readonly language: string;
  readonly decimalComma: boolean;
};

/** The files of a heat pump's days, the ones for spreadsheets first. */
export function offeredFiles({ device, dates, language, decimalComma }: Wanted): readonly OfferedFile[] {
  const range = new URLSearchParams(dates);
  const written = new URLSearchParams({ ...dates, ...(decimalComma && { decimal: "comma" }) });
  const report = reportQuery(dates, language);
  const reportCsv = new URLSearchParams([...report, ...(decimalComma ? [["decimal", "comma"]] : [])]);
  const file = (
    text: keyof PageTexts,
    [what, query]: readonly [string, URLSearchParams],
    named: string,
    more: { readonly hint?: keyof PageTexts; readonly isLarge?: boolean } = {},
  ): OfferedFile => ({
    text,
    address: devicePath(device, what, query),
    name: fileName(device, dates, named),
    isLarge: false,
    ...more,
  });
  return [
    file("minutes_csv", ["minutes.csv", written], "minutes.csv", { hint: "minutes_csv_hint", isLarge: true }),
    file("days_csv", ["days.csv", written], "days.csv"),
    file("days_json", ["days", range], "days.json"),
    file("transitions_json", ["transitions", range], "transitions.json"),
    file("report_html", ["report.html", report], "report.html"),
    file("report_csv", ["report.csv", reportCsv], "report.csv"),
    file("report_json", ["report.json", report], "report.json"),
    file("archive_zip", ["archive.zip", written], "archive.zip", { hint: "archive_zip_hint", isLarge: true }),
  ];
}

/** As the API names its downloads: `heatloop-ecodan-heatpump-days-2026-11-01-to-2026-11-21.csv`. */
function fileName(device: string, { from, to }: Dates, named: string): string {
  const [what, ending] = named.split(".");
  return `heatloop-${device}-${what}-${from === to ? from : `${from}-to-${to}`}.${ending}`;
}
