import type { Report } from "@heatloop/core/report";
import type { ReportNumbers } from "./report-numbers.ts";
import type { ReportTexts } from "./report-texts.ts";

/** What the sections of the HTML report are written from and with. */
export type Writing = { readonly report: Report; readonly texts: ReportTexts; readonly numbers: ReportNumbers };
