import { PanelBuilder as BarChartPanel } from "@grafana/grafana-foundation-sdk/barchart";
import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  BarAlignment,
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  LineInterpolation,
  ReduceDataOptionsBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  type DataTransformerConfig,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  type Panel,
  type ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as StatPanel } from "@grafana/grafana-foundation-sdk/stat";
import { PanelBuilder as StateTimelinePanel } from "@grafana/grafana-foundation-sdk/statetimeline";
import { PanelBuilder as TablePanel } from "@grafana/grafana-foundation-sdk/table";
import { PanelBuilder as TimeSeriesPanel } from "@grafana/grafana-foundation-sdk/timeseries";
import { colors, states } from "./look.ts";

/** The data source of every panel, by the `uid` of its provisioning file. */
export const dataSource = { type: "influxdb", uid: "heatloop" } as const;

/** What every panel has: `description` is behind the i beside its title, `wide` of 24 and `high` its place. */
type Shown = {
  readonly title: string;
  readonly description: string;
  readonly query: string;
  readonly unit: string;
  readonly wide: number;
  readonly high?: number;
  readonly decimals?: number;
};

function target(query: string, resultFormat: "time_series" | "table", alias?: string): Builder<Dataquery> {
  const what = { refId: "A", datasource: dataSource, query, rawQuery: true, resultFormat };
  const built = alias === undefined ? what : { ...what, alias };
  // The package has no query of InfluxDB, and its type of queries asks for a method that it leaves out of the JSON.
  return { build: () => built as unknown as Dataquery };
}

type AnyPanel = StatPanel | TimeSeriesPanel | BarChartPanel | TablePanel | StateTimelinePanel;

function framed<Kind extends AnyPanel>(panel: Kind, shown: Shown, height: number): Kind {
  const { title, description, unit, wide, high = height, decimals } = shown;
  panel.title(title).description(description).datasource(dataSource).unit(unit).span(wide).height(high).noValue("–");
  if (decimals !== undefined) panel.decimals(decimals);
  return panel;
}

function colored<Kind extends AnyPanel>(panel: Kind, names: readonly string[]): Kind {
  for (const name of names) {
    const color = colors[name];
    if (color === undefined) continue;
    panel.overrideByName(name, [{ id: "color", value: { mode: FieldColorModeId.Fixed, fixedColor: color } }]);
  }
  return panel;
}

/** One figure. `last`: of the newest minutes only, whatever the range of the dashboard is. */
export function figure(
  shown: Shown & {
    readonly name: string;
    readonly range?: "now-10m" | "now/d";
    readonly words?: boolean;
    /** What makes the figure of rows that have it not. */
    readonly made?: readonly Transformation[];
  },
): Builder<Panel> {
  const { name, range, words = false, made = [] } = shown;
  const isTable = words || made.length > 0;
  const panel = framed(new StatPanel(), shown, 4)
    .withTarget(target(shown.query, isTable ? "table" : "time_series", isTable ? undefined : "$col"))
    .graphMode(BigValueGraphMode.None)
    .colorMode(BigValueColorMode.Value)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(colors[name] ?? "text"))
    .reduceOptions(
      new ReduceDataOptionsBuilder()
        .calcs(["lastNotNull"])
        .values(false)
        .fields(isTable ? `/^${name}$/` : ""),
    );
  if (words) panel.mappings(wordsOfStates());
  if (made.length > 0) panel.transformations([...made]);
  return range === undefined ? panel : panel.timeFrom(range);
}

/** Lines over time, or `bars` that may stand on each other. Where nothing is known there is none. */
export function chart(
  shown: Shown & {
    readonly names: readonly string[];
    readonly drawn?: "lines" | "steps" | "bars" | "stack" | "points";
    /** The shortest step of the chart. */
    readonly step?: string;
  },
): Builder<Panel> {
  const { names, drawn = "lines", step } = shown;
  const panel = colored(framed(new TimeSeriesPanel(), shown, 8), names)
    .withTarget(target(shown.query, "time_series", "$col"))
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
    .legend(legend(names.length > 1))
    .lineWidth(1)
    .spanNulls(false);
  if (step !== undefined) panel.interval(step);
  if (drawn === "points") return panel.drawStyle(GraphDrawStyle.Points).pointSize(5);
  if (drawn === "lines" || drawn === "steps") {
    const how = drawn === "lines" ? LineInterpolation.Linear : LineInterpolation.StepAfter;
    return panel.drawStyle(GraphDrawStyle.Line).lineInterpolation(how).showPoints(VisibilityMode.Auto);
  }
  // A bar stands on its day or step, which begins at its time.
  panel
    .drawStyle(GraphDrawStyle.Bars)
    .barAlignment(BarAlignment.After)
    .fillOpacity(80)
    .showPoints(VisibilityMode.Never);
  return drawn === "stack" ? panel.stacking(new StackingConfigBuilder().mode(StackingMode.Normal).group("A")) : panel;
}

/** Bars by a text, such as the name of a month, that the transformations make. */
export function barsBy(
  shown: Shown & { readonly by: string; readonly names: readonly string[]; readonly made: readonly Transformation[] },
): Builder<Panel> {
  return colored(framed(new BarChartPanel(), shown, 8), shown.names)
    .withTarget(target(shown.query, "table"))
    .transformations([...shown.made])
    .xField(shown.by)
    .fillOpacity(80)
    .showValue(VisibilityMode.Auto)
    .legend(legend(shown.names.length > 1));
}

export type Transformation = DataTransformerConfig;

/** Rows; `units` are those of columns with another one than the panel's. */
export function table(
  shown: Shown & {
    readonly units?: Readonly<Record<string, string>>;
    readonly decimalsOf?: Readonly<Record<string, number>>;
    readonly made?: readonly Transformation[];
  },
): Builder<Panel> {
  const { units = {}, decimalsOf = {}, made = [] } = shown;
  const panel = framed(new TablePanel(), shown, 10)
    .withTarget(target(shown.query, "table"))
    .transformations([...made])
    .mappings(wordsOfStates());
  for (const [name, unit] of Object.entries(units)) panel.overrideByName(name, [{ id: "unit", value: unit }]);
  for (const [name, places] of Object.entries(decimalsOf))
    panel.overrideByName(name, [{ id: "decimals", value: places }]);
  return panel;
}

/** A band that has the colour of the state. `alias` names each band; a state lasts until the next one. */
export function bands(shown: Shown & { readonly alias: string; readonly step?: string }): Builder<Panel> {
  const panel = framed(new StateTimelinePanel(), shown, 5)
    .withTarget(target(shown.query, "time_series", shown.alias))
    .mappings(wordsOfStates())
    .showValue(VisibilityMode.Auto)
    .mergeValues(true)
    .legend(legend(false));
  return shown.step === undefined ? panel : panel.interval(shown.step);
}

function legend(isShown: boolean): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .showLegend(isShown)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .calcs([]);
}

function wordsOfStates(): ValueMapping[] {
  return [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(
        Object.entries(states).map(([state, { text, color }], index) => [state, { text, color, index }]),
      ),
    },
  ];
}
