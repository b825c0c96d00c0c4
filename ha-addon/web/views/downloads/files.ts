import type { FileSizes } from "../../../src/web/downloads/schemas.ts";
import type { PageTexts } from "../../text/languages/english.ts";
import type { Dates } from "../chosen-dates.ts";
import { devicePath, reportQuery } from "../report-query.ts";

type FileText = {
  [Key in keyof PageTexts]: `${Key}_hint` extends keyof PageTexts ? Key : never;
}[keyof PageTexts];

/** A file that can be had of a range of days. */
export type OfferedFile = {
  readonly text: keyof PageTexts;
  readonly hint: keyof PageTexts;
  /** Relative to the page. */
  readonly address: string;
  readonly name: string;
  /** Which of the sizes that the API tells is its own: it may be large enough to wait for. */
  readonly size: keyof FileSizes | undefined;
};

/** What the files are of. */
export type Wanted = {
  readonly device: string;
  readonly dates: Dates;
  /** Of the page, as the browser has it. */
  readonly language: string;
  readonly decimalComma: boolean;
};

/** The files of a heat pump's days: what a person reads first, then the spreadsheets, last what programs read. */
export function offeredFiles({ device, dates, language, decimalComma }: Wanted): readonly OfferedFile[] {
  const range = new URLSearchParams(dates);
  const written = new URLSearchParams({ ...dates, ...(decimalComma && { decimal: "comma" }) });
  const report = reportQuery(dates, language);
  const reportCsv = new URLSearchParams([...report, ...(decimalComma ? [["decimal", "comma"]] : [])]);
  const file = (
    text: FileText,
    [what, query]: readonly [string, URLSearchParams],
    named: string,
    size?: keyof FileSizes,
  ): OfferedFile => ({
    text,
    hint: `${text}_hint`,
    address: devicePath(device, what, query),
    name: fileName(device, dates, named),
    size,
  });
  return [
    file("report_html", ["report.html", report], "report.html"),
    file("days_csv", ["days.csv", written], "days.csv"),
    file("report_csv", ["report.csv", reportCsv], "report.csv"),
    file("minutes_csv", ["minutes.csv", written], "minutes.csv", "minutes_csv_bytes"),
    file("archive_zip", ["archive.zip", written], "archive.zip", "archive_zip_bytes"),
    file("days_json", ["days", range], "days.json"),
    file("transitions_json", ["transitions", range], "transitions.json"),
    file("report_json", ["report.json", report], "report.json"),
  ];
}

/** Path of the sizes of a period's large files, relative to the page. */
export function fileSizesPath(device: string, dates: Dates): string {
  return devicePath(device, "file-sizes", new URLSearchParams(dates));
}

/** As the API names its downloads: `heatloop-ecodan-heatpump-days-2026-11-01-to-2026-11-21.csv`. */
function fileName(device: string, { from, to }: Dates, named: string): string {
  const [what, ending] = named.split(".");
  return `heatloop-${device}-${what}-${from === to ? from : `${from}-to-${to}`}.${ending}`;
}
