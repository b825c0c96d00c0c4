import type { ReportPeriod } from "@heatloop/core/report";
import { fill } from "@heatloop/core/text/fill-text";
import { totalPeriod } from "../period-figure.ts";
import type { Writing } from "../writing.ts";
import { figuresIn } from "../written-figures.ts";
import { row, type Tile, table, tiles } from "./parts.ts";

/** The figures of the whole range, to see at a glance. */
export function figureTiles(writing: Writing): string {
  const total = totalPeriod(writing.report);
  const items = figuresIn(writing, "tile").map((figure): Tile => {
    const { label, unit } = figure;
    const value = figure.value(total);
    const since = figure.sinceOf?.(total) ?? null;
    const below = since === null ? (figure.boundaryOf?.(total) ?? null) : sinceText(writing, since);
    return {
      term: label,
      value: figure.write(value),
      ...(value === null || unit === undefined ? {} : { unit }),
      ...(value === null || below === null ? {} : { below }),
    };
  });
  return tiles(items, "");
}

function sinceText({ texts, numbers }: Writing, date: string): string {
  return fill(texts.since, { date: numbers.date(date) });
}

/** A row a day, week ... and the total. */
export function periodTable(writing: Writing): string {
  const { report, texts, numbers } = writing;
  const columns = figuresIn(writing, "column");
  const head = columns.map(({ label, unit }) => (unit === undefined ? label : `${label} ${unit}`));
  const cellsOf = (period: ReportPeriod) => columns.map(({ value, write }) => write(value(period)));
  const rows = report.periods.map((period) =>
    row(numbers.period(period.name, period.from, report.unit), cellsOf(period)),
  );
  return table([texts[report.unit], ...head], rows, { foot: row(texts.total, cellsOf(totalPeriod(report))) });
}
