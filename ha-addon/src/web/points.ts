import { columnOf, isPointId, type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import type { Value } from "@heatloop/core/catalogue/reading";
import { type Figure, figures } from "@heatloop/core/minute/figures";
import { loggedPoints, type Minute } from "@heatloop/core/minute/minute";
import type { Checked } from "@heatloop/program/mistakes";

/** One column of the minute log, and how many minutes of it become one value. */
export type ReadingsColumn = {
  /** As in the CSV: `flow_temperature_c`. */
  readonly name: string;
  readonly unit: string | null;
  readonly sum: "total" | "mean" | "last";
  valueIn(minute: Minute): Value;
};

/** Figures that make no sense added up. */
const otherFigures: Partial<Record<Figure, Pick<ReadingsColumn, "unit" | "sum">>> = {
  meter_kwh: { unit: "kWh", sum: "last" },
  heat_coefficient_kwh_m3_k: { unit: "kWh/(m³ K)", sum: "mean" },
};

function columnOfFigure(figure: Figure): ReadingsColumn {
  const unit = figure.endsWith("_wh") ? "Wh" : figure.endsWith("_s") ? "s" : null;
  return { name: figure, unit, sum: "total", ...otherFigures[figure], valueIn: (minute) => minute.figures[figure] };
}

function columnOfPoint(id: PointId): ReadingsColumn {
  const { log, quantity } = pointOf(id);
  return {
    name: columnOf(id),
    unit: log === "on" ? "s" : (quantities[quantity].unit ?? null),
    sum: log === "on" ? "total" : log === "mean" ? "mean" : "last",
    valueIn: (minute) => minute.points[id] ?? null,
  };
}

const allColumns: readonly ReadingsColumn[] = [...figures.map(columnOfFigure), ...loggedPoints.map(columnOfPoint)];
const columnByName = new Map(allColumns.map((column) => [column.name, column]));
for (const id of loggedPoints) {
  const column = columnByName.get(columnOf(id));
  if (column !== undefined) columnByName.set(id, column);
}

/** The columns of a comma list of point ids, figures or column names, each once; all of them where it is absent. */
export function columnsOf(list: string | undefined): Checked<readonly ReadingsColumn[]> {
  if (list === undefined || list.trim() === "") return { ok: true, value: allColumns };
  const names = list.split(",").map((name) => name.trim());
  const unknown = names.filter((name) => !columnByName.has(name));
  if (unknown.length === 0)
    return { ok: true, value: [...new Set(names.flatMap((name) => columnByName.get(name) ?? []))] };
  const mistakes = unknown.slice(0, 20).map((name) => ({
    path: "points",
    found: isPointId(name) ? `${name}, which is not logged` : JSON.stringify(name.slice(0, 60)),
    allowed: `figures (${figures.join(", ")}) and logged points such as flow_temperature; /docs lists them`,
  }));
  return { ok: false, mistakes };
}

/** Names that `points` takes, for the documentation. */
export const columnNames: readonly string[] = allColumns.map((column) => column.name);

/** The name of a point's live value: its id with its unit (`compressor`, `flow_temperature_c`). */
export function liveNameOf(id: PointId): string {
  return id + quantities[pointOf(id).quantity].suffix;
}

export function pointUnit(id: PointId): string | null {
  return quantities[pointOf(id).quantity].unit ?? null;
}
