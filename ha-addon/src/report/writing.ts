import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { Report } from "@heatloop/core/report";
import { type ReportMoney, reportMoney } from "./money.ts";
import { type ReportNumbers, reportNumbers } from "./numbers.ts";
import type { PeriodFigure } from "./period-figure.ts";
import type { ReportTexts } from "./texts/report-texts.ts";
import { reportTexts } from "./texts/texts.ts";

/** What a report is written from and with. */
export type Writing = {
  readonly report: Report;
  readonly figures: readonly PeriodFigure[];
  readonly language: ReportLanguage;
  readonly texts: ReportTexts;
  readonly numbers: ReportNumbers;
  readonly money: ReportMoney;
};

export function writingOf(report: Report, language: ReportLanguage, figures: readonly PeriodFigure[]): Writing {
  return {
    report,
    figures,
    language,
    texts: reportTexts(language),
    numbers: reportNumbers(language),
    money: reportMoney(language, report.cost?.currency ?? ""),
  };
}
