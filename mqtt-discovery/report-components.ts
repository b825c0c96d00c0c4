import { type QuantityRow, quantities } from "@heatloop/core/catalogue/quantities";
import { type Details, type DiscoveryComponent, identity } from "./component.ts";
import { type Classes, classes } from "./home-assistant.ts";
import { type PeriodState, reportTopic } from "./report-states.ts";

type Row = {
  readonly name: string;
  readonly of: "yesterday" | "month";
  readonly field: keyof PeriodState;
  readonly quantity: "energy" | "ratio" | "count" | "money";
  readonly decimals: number;
  /** Whether it carries the whole period as its attributes, or whether its cost is that of a known part. */
  readonly attributes?: "period" | "known_part";
};

const rows = {
  yesterday_cost: {
    name: "Cost yesterday",
    of: "yesterday",
    field: "known_cost",
    quantity: "money",
    decimals: 2,
    attributes: "known_part",
  },
  yesterday_short_runs: {
    name: "Short runs yesterday",
    of: "yesterday",
    field: "short_runs",
    quantity: "count",
    decimals: 0,
    attributes: "period",
  },
  month_heat: { name: "Heat this month", of: "month", field: "heat_kwh", quantity: "energy", decimals: 0 },
  month_electricity: {
    name: "Electricity this month",
    of: "month",
    field: "electricity_kwh",
    quantity: "energy",
    decimals: 0,
    attributes: "period",
  },
  month_cop: { name: "COP this month", of: "month", field: "cop", quantity: "ratio", decimals: 2 },
  month_cost: {
    name: "Cost this month",
    of: "month",
    field: "known_cost",
    quantity: "money",
    decimals: 2,
    attributes: "known_part",
  },
} as const satisfies Record<string, Row>;

export type ReportId = keyof typeof rows | "report";

/**
 * The entities of a device's reports, by their id. Without a currency (ISO 4217) there is none of cost. They follow from
 * sums that may be corrected later, so none of them is a meter for the energy dashboard.
 */
export function reportComponents(
  device: string,
  currency: string,
): Readonly<Partial<Record<ReportId, DiscoveryComponent>>> {
  const components: Partial<Record<ReportId, DiscoveryComponent>> = {
    report: {
      ...identity(device, "sensor", "report"),
      name: "Report",
      state_topic: reportTopic(device),
      value_template: "{{ value_json.yesterday.from }}",
      json_attributes_topic: reportTopic(device),
      json_attributes_template: "{{ {'day': value_json.day_text, 'week': value_json.week_text} | tojson }}",
    },
  };
  for (const [id, row] of Object.entries(rows) as [keyof typeof rows, Row][]) {
    if (row.quantity === "money" && currency === "") continue;
    components[id] = {
      ...identity(device, "sensor", id),
      name: row.name,
      ...classesOf(row, currency),
      suggested_display_precision: row.decimals,
      state_topic: reportTopic(device),
      value_template: `{{ value_json.${row.of}.${row.field} }}`,
      ...(row.attributes && {
        json_attributes_topic: reportTopic(device),
        json_attributes_template: attributesTemplate(row),
      }),
    };
  }
  return components;
}

function attributesTemplate({ of, attributes }: Row): string {
  const period = `value_json.${of}`;
  if (attributes === "period") return `{{ ${period} | tojson }}`;
  return `{{ {'known_part': ${period}.cost is none, 'known_percent': ${period}.known_cost_percent} | tojson }}`;
}

function classesOf({ quantity }: Row, currency: string): Details {
  if (quantity === "money") return { device_class: "monetary", unit_of_measurement: currency };
  const { unit }: QuantityRow = quantities[quantity];
  const of: Classes = quantity === "energy" ? { device_class: "energy" } : classes[quantity];
  return { ...of, ...(unit !== undefined && { unit_of_measurement: unit }) };
}
