import { zoneOf } from "@heatloop/core/time/local-day";
import type { FileTransformation } from "./panels.ts";

export type Cell = string | number | boolean | null;
export type TableRow = Readonly<Record<string, Cell>>;

/**
 * What Grafana's transformations make of a table, as its documentation describes the few that the dashboards use
 * (https://grafana.com/docs/grafana/latest/panels-visualizations/query-transform-data/transform-data/).
 */
export function transformed(
  rows: readonly TableRow[],
  made: readonly FileTransformation[],
  timeZone: string,
): readonly TableRow[] {
  return made.reduce((table, { id, options }) => {
    const transform = transforms[id];
    if (transform === undefined) throw new Error(`no transformation ${id}`);
    return transform(table, options as Options, timeZone);
  }, rows);
}

type Options = {
  readonly timeField: string;
  readonly outputFormat: string;
  readonly useTimezone: boolean;
  readonly fields: Readonly<Record<string, { readonly operation: string; readonly aggregations: readonly string[] }>>;
  readonly mode: string;
  readonly reducers: readonly string[];
  readonly includeTimeField: boolean;
  readonly alias: string;
  readonly binary: { readonly left: string; readonly operator: string; readonly right: string };
  readonly renameByName: Readonly<Record<string, string>>;
};

const transforms: Readonly<
  Record<string, (rows: readonly TableRow[], of: Options, zone: string) => readonly TableRow[]>
> = {
  formatTime(rows, { timeField, outputFormat, useTimezone }, timeZone) {
    const zone = zoneOf(timeZone);
    if (zone === undefined || !useTimezone || outputFormat !== "YYYY-MM") throw new Error("not a local month");
    return rows.map((row) => ({ ...row, [timeField]: zone.dateOf(row[timeField] as number).slice(0, 7) }));
  },
  groupBy(rows, { fields }) {
    const [by = ""] = Object.keys(fields).filter((name) => fields[name]?.operation === "groupby");
    const summed = Object.keys(fields).filter((name) => fields[name]?.aggregations.includes("sum"));
    const groups = Map.groupBy(rows, (row) => row[by] ?? null);
    return [...groups].map(([key, group]) => ({
      [by]: key,
      ...Object.fromEntries(
        summed.map((name) => [`${name} (sum)`, group.reduce((sum, row) => sum + Number(row[name]), 0)]),
      ),
    }));
  },
  reduce(rows, { mode, reducers: [reducer], includeTimeField }) {
    if (mode !== "reduceFields" || reducer !== "sum" || includeTimeField) throw new Error("not the sum of each field");
    const names = Object.keys(rows[0] ?? {}).filter((name) => name !== "Time");
    return rows.length === 0
      ? []
      : [Object.fromEntries(names.map((name) => [name, rows.reduce((sum, row) => sum + Number(row[name]), 0)]))];
  },
  calculateField(rows, { alias, binary: { left, operator, right } }) {
    if (operator !== "/") throw new Error("not a quotient");
    return rows.map((row) => ({ ...row, [alias]: (row[left] as number) / (row[right] as number) }));
  },
  organize(rows, { renameByName }) {
    return rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [renameByName[name] ?? name, value])),
    );
  },
};
