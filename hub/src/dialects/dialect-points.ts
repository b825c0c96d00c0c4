import { columnOf, type PointId, pointOf, rangeOf } from "@heatloop/core/catalogue/points";
import type { ForeignDialect } from "@heatloop/core/hub/dialects";
import { isTextPoint } from "@heatloop/core/minute/csv-reader";
import { loggedPoints } from "@heatloop/core/minute/minute";

/** A number of a device, and what it is in a minute's row: the column, and by what it becomes the column's unit. */
export type MappedPoint = {
  readonly path: string;
  readonly point: string;
  readonly factor?: number | undefined;
  readonly offset?: number | undefined;
};

/** Power in W: the energy of a minute follows from it, of the electricity and of heat that heats the house. */
export const powerTargets = ["electricity_w", "heating_w"] as const;
export type PowerTarget = (typeof powerTargets)[number];

const pointOfColumn: ReadonlyMap<string, PointId> = new Map(
  loggedPoints.filter((point) => !isTextPoint(point)).map((point) => [columnOf(point), point]),
);

/** What a number may be in a minute's row. */
export const mappableColumns: readonly string[] = [...powerTargets, ...pointOfColumn.keys()];

/**
 * What the numbers of a dialect are where a table says nothing else of them: only what their names leave no doubt about. Of the
 * sensors of `site` and `ruuvi` nobody knows where they hang.
 */
export const usualPoints: Readonly<Record<ForeignDialect, readonly MappedPoint[]>> = {
  "heatpump-monitor": [
    { path: "temperature.inlet", point: "return_temperature_c" },
    { path: "temperature.outlet", point: "flow_temperature_c" },
    { path: "electrical.power", point: "electricity_w" },
    { path: "status.compressor", point: "compressor_s" },
  ],
  site: [],
  ruuvi: [],
};

/** The points of a device: those of the table, and the usual ones whose path and column it leaves free. */
export function pointsOf(dialect: ForeignDialect, table: readonly MappedPoint[]): readonly MappedPoint[] {
  const paths = new Set(table.map(({ path }) => path));
  const columns = new Set(table.map(({ point }) => point));
  return [...table, ...usualPoints[dialect].filter(({ path, point }) => !paths.has(path) && !columns.has(point))];
}

/** What a point of a table stands for; undefined where it is no column. */
export function targetOf(point: string): { readonly power: PowerTarget } | { readonly point: PointId } | undefined {
  const power = powerTargets.find((each) => each === point);
  if (power !== undefined) return { power };
  const id = pointOfColumn.get(point);
  return id === undefined ? undefined : { point: id };
}

/** A reported number in the unit of its column; null where none of that can be. A switch is on from a half on. */
export function pointValue(
  id: PointId,
  { factor = 1, offset = 0 }: MappedPoint,
  number: number,
): number | boolean | null {
  const value = Math.round((number * factor + offset) * 1000) / 1000 + 0;
  if (pointOf(id).log === "on") return value >= 0.5;
  const { min, max } = rangeOf(id);
  return value >= min && value <= max ? value : null;
}
