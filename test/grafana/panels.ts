import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardFiles, grafanaFolder } from "#scripts/making/grafana.ts";

type Target = {
  readonly refId: string;
  readonly query: string;
  readonly rawQuery: boolean;
  readonly resultFormat: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly alias?: string;
};

export type FileTransformation = { readonly id: string; readonly options: Readonly<Record<string, unknown>> };

/** A panel as the committed file of its dashboard has it. */
export type FilePanel = {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig?: { readonly defaults: { readonly unit?: string } };
  readonly targets?: readonly Target[];
  readonly timeFrom?: string;
  readonly transformations?: readonly FileTransformation[];
};

type Variable = { readonly name: string; readonly type: string; readonly query: string; readonly label: string };
type Annotation = { readonly name: string; readonly target: Target; readonly datasource: { readonly uid: string } };

/** A dashboard as its committed file has it. */
export type FileDashboard = {
  readonly uid: string;
  readonly title: string;
  readonly timezone: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly tags: readonly string[];
  readonly links: readonly { readonly type: string; readonly tags: readonly string[]; readonly includeVars: boolean }[];
  readonly panels: readonly FilePanel[];
  readonly templating: { readonly list: readonly Variable[] };
  readonly annotations: { readonly list: readonly Annotation[] };
};

export const committed: ReadonlyMap<string, string> = new Map(
  [...dashboardFiles().keys()].map((name) => [name, readFileSync(join(grafanaFolder, "dashboards", name), "utf8")]),
);
export const fileDashboards = [...committed.values()].map((text) => JSON.parse(text) as FileDashboard);

/** The panels that show something: all but the rows that head them. */
export const shownPanels = fileDashboards.flatMap(({ uid, panels }) =>
  panels.filter(({ type }) => type !== "row").map((panel) => ({ uid, panel, name: `${uid}: ${panel.title}` })),
);

/** What Grafana fills into a query. */
export type Filled = {
  readonly from: number;
  readonly to: number;
  readonly interval: string;
  readonly device: string;
  readonly timeZone: string;
  readonly electricity?: string;
  readonly correctionFactor?: string;
};

/**
 * A query as Grafana sends it. `$timeFilter` is `time >= ...ms and time <= ...ms` of Grafana's own server
 * (pkg/tsdb/influxdb/models/query.go); `:regex` puts a backslash before each `\ ^ $ * + ? . ( ) | { } [ ] /`
 * (https://grafana.com/docs/grafana/latest/visualizations/dashboards/variables/variable-syntax/), `:raw` changes nothing.
 */
export function filledQuery(query: string, filled: Filled): string {
  const { from, to, interval, device, timeZone, electricity = "electricity_wh", correctionFactor = "1" } = filled;
  const values: Readonly<Record<string, string>> = {
    "${device:regex}": device.replaceAll(/[\\^$*+?.()|[\]{}/]/g, "\\$&"),
    "${electricity:raw}": electricity,
    "${correction_factor:raw}": correctionFactor,
    "${__timezone}": timeZone,
    $timeFilter: `time >= ${from}ms and time <= ${to}ms`,
    $__interval: interval,
  };
  return Object.entries(values).reduce((text, [name, value]) => text.split(name).join(value), query);
}
