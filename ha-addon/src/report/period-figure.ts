import type { ReportLanguage } from "@heatloop/core/catalogue/report-languages";
import type { Boundary } from "@heatloop/core/energy/boundary";
import type { Report, ReportPeriod } from "@heatloop/core/report";
import type { z } from "zod";
import type { CsvCell } from "../base/spreadsheet-csv.ts";
import type { ReportMoney } from "./money.ts";
import type { ReportNumbers } from "./numbers.ts";
import type { ReportTexts } from "./texts/report-texts.ts";

/**
 * Where people see a figure: among the tiles above an HTML report, as a column of its table of days, weeks ..., and in
 * the lines about energy and about the compressor of a text.
 */
export type FigurePlace = "tile" | "column" | "energyLine" | "runLine";

/** Texts of the report (several are joined by a blank), by the whole range maybe, or words that only this figure has. */
export type FigureLabel =
  | keyof ReportTexts
  | readonly (keyof ReportTexts)[]
  | Readonly<Record<ReportLanguage, string>>
  | ((total: ReportPeriod) => keyof ReportTexts);

/** How people see a figure. */
export type ShownFigure<Value extends CsvCell = CsvCell> = {
  readonly label: FigureLabel;
  /** Shown behind the figure, or in the head of its column; not where the figure is not known. */
  readonly unit?: string;
  /** The figure as readers of a language write it, without its unit; null is unknown. */
  write(value: Value | null, writers: { readonly numbers: ReportNumbers; readonly money: ReportMoney }): string;
  /** Its place among its neighbours, the lowest first; it is in no place that is not named. */
  readonly places: { readonly [Place in FigurePlace]?: number | undefined };
  /** Whether a report has it at all, by its whole range; it always has where this is left out. */
  isShown?(total: ReportPeriod): boolean;
  /** True: unknown, not 0, where nothing was logged. */
  readonly needsLog?: boolean;
  /** Shown below the tile of a COP. */
  boundaryOf?(total: ReportPeriod): Boundary | null;
  /** A local date shown below the tile: the figure is of the time since then. */
  sinceOf?(total: ReportPeriod): string | null;
  /** Shown in the text where the figure itself is not known. */
  estimateOf?(total: ReportPeriod): Value | null;
};

/** A figure of a period of a report, and of its whole range: one row of `periodFigures`. */
export type PeriodFigure<
  Column extends string = string,
  Value extends CsvCell = CsvCell,
  Schema extends z.ZodType | undefined = z.ZodType | undefined,
> = {
  /** Name of its column in CSV, and of its field in JSON. */
  readonly column: Column;
  /** Its JSON, with a description for docs/energy/fields.md; left out where it is not a field of its own there. */
  readonly json?: Schema;
  /** What it is, as exact as it is known; null is unknown. */
  value(period: ReportPeriod): Value;
  /** How many JSON and CSV have; as many as the value where it is left out. */
  readonly decimals?: number;
  /** Left out where only programs read it. */
  readonly shown?: ShownFigure<Value>;
};

/** A figure with a field of its own in JSON. */
export type JsonFigure<Column extends string = string, Schema extends z.ZodType = z.ZodType> = PeriodFigure<
  Column,
  z.output<Schema> & CsvCell,
  Schema
> & { readonly json: Schema };

/** A row whose field in JSON is checked against its value. */
export function jsonFigure<const Column extends string, Schema extends z.ZodType<CsvCell>>(
  figure: JsonFigure<Column, Schema>,
): JsonFigure<Column, Schema> {
  return figure;
}

/** A row whose JSON is grouped in an object with others (`parts`, `cost` ...), or that has none. */
export function csvFigure<const Column extends string, Value extends CsvCell>(
  figure: PeriodFigure<Column, Value, undefined>,
): PeriodFigure<Column, Value, undefined> {
  return figure;
}

/** The figure as JSON and CSV have it; null is unknown. */
export function dataOf({ value: figureOf, decimals }: PeriodFigure, period: ReportPeriod): CsvCell {
  const value = figureOf(period);
  if (typeof value !== "number" || decimals === undefined) return value;
  // JSON has no -0.
  return Math.round(value * 10 ** decimals) / 10 ** decimals + 0;
}

/** The whole range of a report as a period like those that it is divided into. */
export function totalPeriod({ total, cost }: Pick<Report, "total" | "cost">): ReportPeriod {
  return { ...total, name: "total", cost };
}
