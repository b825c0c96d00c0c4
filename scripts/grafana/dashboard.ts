import type { Builder, Dataquery } from "@grafana/grafana-foundation-sdk/cog";
import {
  AnnotationQueryBuilder,
  CustomVariableBuilder,
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  DashboardLinkBuilder,
  DashboardLinkType,
  type Panel,
  QueryVariableBuilder,
  RowBuilder,
  TextBoxVariableBuilder,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { minuteMeasurement } from "@heatloop/core/influx/archive-points";
import { changes } from "./influxql.ts";
import { colors } from "./look.ts";
import { dataSource } from "./panels.ts";

/** A dashboard as its file describes it; its panels stand from left to right, row after row. */
export type Described = {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Its range when it is opened; days begin at midnight. */
  readonly from: string;
  readonly refresh: string;
  readonly sections: readonly { readonly title: string; readonly panels: readonly Builder<Panel>[] }[];
};

const tag = "heatloop";

/** The month in which a heating year begins, July, as Grafana counts months. */
const firstMonthOfSeason = 6;

/** A dashboard with the variables, links and annotations that all of them have. */
export function dashboard({ uid, title, description, from, refresh, sections }: Described): Dashboard {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .description(description)
    .tags([tag])
    // The default of the reader's Grafana, which docs/grafana.md sets to the home's.
    .timezone("")
    .fiscalYearStartMonth(firstMonthOfSeason)
    .tooltip(DashboardCursorSync.Crosshair)
    .time({ from, to: "now" })
    .refresh(refresh)
    .variables(variables())
    .annotations(annotations())
    .link(
      new DashboardLinkBuilder("Heatloop")
        .type(DashboardLinkType.Dashboards)
        .tags([tag])
        .includeVars(true)
        .keepTime(true),
    );
  let id = 1;
  for (const section of sections) {
    builder.withRow(new RowBuilder(section.title).id(id++));
    for (const panel of section.panels) builder.withPanel(withId(panel, id++));
  }
  return withoutMenu(builder.build());
}

/** The package hides links and annotations in a menu and has no value for what Grafana does without it: to show them. */
function withoutMenu(built: Dashboard): Dashboard {
  const shown = <Part extends { readonly placement?: unknown }>({ placement, ...part }: Part) => part;
  const { annotations, links = [] } = built;
  return { ...built, annotations: { list: (annotations?.list ?? []).map(shown) }, links: links.map(shown) };
}

function withId(panel: Builder<Panel>, id: number): Builder<Panel> {
  return { build: () => ({ ...panel.build(), id }) };
}

function variables() {
  const devices = `SHOW TAG VALUES FROM "${minuteMeasurement}" WITH KEY = "device"`;
  const counter = { text: "Heat pump's counter", value: "electricity_wh" };
  const meter = { text: "External meter", value: "meter_wh" };
  return [
    new QueryVariableBuilder("device")
      .label("Heat pump")
      .description("The MQTT prefix of the heat pump.")
      .datasource(dataSource)
      .query(devices)
      .definition(devices)
      .refresh(VariableRefresh.OnDashboardLoad)
      .sort(VariableSort.AlphabeticalAsc)
      .allowCustomValue(false),
    new CustomVariableBuilder("electricity")
      .label("Electricity by")
      .description("What counts the electricity in the report: the external meter where one is set up in Heatloop.")
      .values(`${counter.text} : ${counter.value}, ${meter.text} : ${meter.value}`)
      .options([
        { ...counter, selected: true },
        { ...meter, selected: false },
      ])
      .current({ ...counter, selected: true })
      .allowCustomValue(false),
    new TextBoxVariableBuilder("correction_factor")
      .label("Correction factor")
      .description("The setting electricity.correction_factor of Heatloop; 1 with an external meter.")
      .defaultValue("1")
      .current({ text: "1", value: "1", selected: true })
      .options([{ text: "1", value: "1", selected: true }]),
  ];
}

function annotations(): AnnotationQueryBuilder[] {
  const selected = { title: '"what"', text: '"to"' };
  return [
    annotation("Faults", colors.Offline, changes({ selected, what: "fault" })),
    annotation("Offline and back", colors["Not seen"], changes({ selected, what: "online" })),
    annotation("Room feed", colors.Fed, changes({ selected, what: "room_feed" })),
    annotation("Defrosts", colors.Defrost, changes({ selected, what: "defrost", where: `"to" = 'on'` }), false),
  ];
}

function annotation(name: string, color = "blue", query = "", isOn = true): AnnotationQueryBuilder {
  const columns = { titleColumn: "title", textColumn: "text", tagsColumn: "", timeEndColumn: "" };
  const target = { refId: "Anno", name, query, rawQuery: true, queryType: "tags", fromAnnotations: true, ...columns };
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(dataSource)
    .enable(isOn)
    .iconColor(color)
    .target({ build: () => target as unknown as Dataquery });
}
