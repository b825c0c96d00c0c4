import type { ReportPeriod } from "@heatloop/core/report";
import type { CsvCell } from "../base/spreadsheet-csv.ts";
import {
  type FigureLabel,
  type FigurePlace,
  type PeriodFigure,
  type ShownFigure,
  totalPeriod,
} from "./period-figure.ts";
import type { Writing } from "./writing.ts";

/** A figure as a reader sees it in one of its places. */
export type WrittenFigure = Pick<ShownFigure, "unit" | "boundaryOf" | "sinceOf" | "estimateOf"> & {
  readonly label: string;
  /** Null is unknown. */
  value(period: ReportPeriod): CsvCell;
  /** In the digits of the reader, without its unit. */
  write(value: CsvCell): string;
};

/** The figures that a report shows in a place, in their order there. */
export function figuresIn(writing: Writing, place: FigurePlace): WrittenFigure[] {
  const total = totalPeriod(writing.report);
  return writing.figures
    .flatMap((figure) => {
      const { shown } = figure;
      const rank = shown?.places[place];
      if (shown === undefined || rank === undefined || shown.isShown?.(total) === false) return [];
      return [{ rank, written: writtenFigure(figure, shown, writing) }];
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ written }) => written);
}

function writtenFigure(figure: PeriodFigure, shown: ShownFigure, writing: Writing): WrittenFigure {
  const isUnknown = (period: ReportPeriod) => shown.needsLog === true && period.days.logged === 0;
  return {
    ...shown,
    label: labelOf(shown.label, writing),
    value: (period) => (isUnknown(period) ? null : figure.value(period)),
    write: (value) => shown.write(value, writing),
  };
}

function labelOf(label: FigureLabel, { report, texts, language }: Writing): string {
  if (typeof label === "function") return texts[label(totalPeriod(report))];
  if (typeof label === "string") return texts[label];
  return "en" in label ? label[language] : label.map((key) => texts[key]).join(" ");
}
