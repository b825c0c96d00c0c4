import type { Report } from "@heatloop/core/report";
import { type Decimal, spreadsheetCsv } from "../base/spreadsheet-csv.ts";
import { dataOf, type PeriodFigure } from "./period-figure.ts";
import { periodFigures } from "./period-figures.ts";

/** The periods of a report as CSV, as `spreadsheetCsv` writes it; a column a figure. */
export function reportCsv(
  report: Report,
  decimal: Decimal = "point",
  figures: readonly PeriodFigure[] = periodFigures,
): string {
  const rows = report.periods.map((period) => figures.map((figure) => dataOf(figure, period)));
  return spreadsheetCsv([figures.map(({ column }) => column), ...rows], decimal);
}
