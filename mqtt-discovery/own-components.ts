import { type QuantityRow, quantities } from "@heatloop/core/catalogue/quantities";
import { operations } from "@heatloop/core/live/operation";
import { roomFeedStates } from "@heatloop/core/room-feed/room-feed";
import { type AlertEntityId, alertComponents } from "./alert-components.ts";
import { type BoostEntityId, boostComponents } from "./boost-components.ts";
import { attributesOf, type Details, type DiscoveryComponent, identity } from "./component.ts";
import { type Classes, classes } from "./home-assistant.ts";
import {
  type DayState,
  dayTopic,
  logTopic,
  operationTopic,
  type PowerState,
  powerTopic,
  roomFeedTopic,
  yesterdayTopic,
  type ZoneNumber,
} from "./own-states.ts";
import { type ReportId, reportComponents } from "./report-components.ts";
import { scheduleComponents } from "./schedule-components.ts";
import { listTemplate } from "./templates.ts";

type Field = Exclude<keyof DayState, "date" | "start">;
type Row = {
  readonly name: string;
  /** Of the topic's JSON. */
  readonly field: string;
  readonly quantity: "energy" | "power" | "ratio" | "count" | "hours" | "percent";
  readonly decimals: number;
};
type DayRow = Row & { readonly field: Field };

const today = {
  today_heat: { name: "Heat today", field: "heat_kwh", quantity: "energy", decimals: 1 },
  today_electricity: { name: "Electricity today", field: "electricity_kwh", quantity: "energy", decimals: 1 },
  today_cooling: { name: "Cooling today", field: "cooling_kwh", quantity: "energy", decimals: 1 },
  today_cop: { name: "COP today", field: "cop", quantity: "ratio", decimals: 2 },
  today_starts: { name: "Starts today", field: "starts", quantity: "count", decimals: 0 },
  today_defrosts: { name: "Defrosts today", field: "defrosts", quantity: "count", decimals: 0 },
  today_run_time: { name: "Run time today", field: "run_hours", quantity: "hours", decimals: 1 },
  today_coverage: { name: "Log coverage today", field: "coverage_percent", quantity: "percent", decimals: 0 },
} as const satisfies Record<string, DayRow>;

const yesterday = {
  yesterday_heat: { name: "Heat yesterday", field: "heat_kwh", quantity: "energy", decimals: 1 },
  yesterday_electricity: { name: "Electricity yesterday", field: "electricity_kwh", quantity: "energy", decimals: 1 },
  yesterday_cop: { name: "COP yesterday", field: "cop", quantity: "ratio", decimals: 2 },
  yesterday_heating_heat: {
    name: "Heating heat yesterday",
    field: "heating_heat_kwh",
    quantity: "energy",
    decimals: 1,
  },
  yesterday_heating_electricity: {
    name: "Heating electricity yesterday",
    field: "heating_electricity_kwh",
    quantity: "energy",
    decimals: 1,
  },
  yesterday_heating_cop: { name: "Heating COP yesterday", field: "heating_cop", quantity: "ratio", decimals: 2 },
  yesterday_hot_water_heat: {
    name: "Hot water heat yesterday",
    field: "hot_water_heat_kwh",
    quantity: "energy",
    decimals: 1,
  },
  yesterday_hot_water_electricity: {
    name: "Hot water electricity yesterday",
    field: "hot_water_electricity_kwh",
    quantity: "energy",
    decimals: 1,
  },
  yesterday_hot_water_cop: { name: "Hot water COP yesterday", field: "hot_water_cop", quantity: "ratio", decimals: 2 },
  yesterday_coverage: {
    name: "Log coverage yesterday",
    field: "coverage_percent",
    quantity: "percent",
    decimals: 0,
  },
} as const satisfies Record<string, DayRow>;

const power = {
  heat_power: { name: "Heat power", field: "heat_w", quantity: "power", decimals: 0 },
  electric_power: { name: "Electric power", field: "electricity_w", quantity: "power", decimals: 0 },
  cop: { name: "COP now", field: "cop", quantity: "ratio", decimals: 1 },
} as const satisfies Record<string, Row & { readonly field: keyof PowerState }>;

type OwnParts = {
  readonly zones: readonly ZoneNumber[];
  readonly boosts: boolean;
  readonly isScheduled: boolean;
  readonly currency?: string | undefined;
};

export type OwnId =
  | keyof typeof power
  | keyof typeof today
  | keyof typeof yesterday
  | "operation"
  | "log"
  | `room_feed_zone_${ZoneNumber}`
  | `room_feed_zone_${ZoneNumber}_sent`
  | AlertEntityId
  | BoostEntityId
  | "next_scheduled_change"
  | ReportId;

/**
 * Heatloop's own entities of a device, by their id; `zones` are those that the heat pump takes a room temperature of,
 * `boosts` whether its hot water can be forced, `isScheduled` whether it has a weekly schedule, `currency` that of its
 * tariff, empty where none is known.
 */
export function ownComponents(
  device: string,
  { zones, boosts, isScheduled, currency = "" }: OwnParts,
): Readonly<Partial<Record<OwnId, DiscoveryComponent>>> {
  const components: Partial<Record<OwnId, DiscoveryComponent>> = {
    ...reportComponents(device, currency),
    ...alertComponents(device),
    ...(boosts && boostComponents(device)),
    ...(isScheduled && scheduleComponents(device)),
    operation: {
      ...identity(device, "sensor", "operation"),
      name: "Operation",
      device_class: "enum",
      options: operations,
      state_topic: operationTopic(device),
      value_template: listTemplate(operations),
    },
    log: {
      ...identity(device, "binary_sensor", "log"),
      name: "Minute log",
      device_class: "problem",
      entity_category: "diagnostic",
      state_topic: logTopic(device),
      value_template: `{{ "OFF" if value_json.ok else "ON" }}`,
      ...attributesOf(logTopic(device), ["reason"]),
    },
  };
  for (const [id, row] of Object.entries(power) as [keyof typeof power, Row][]) {
    components[id] = figureComponent(device, id, row, powerTopic(device), classes[row.quantity]);
  }
  for (const [id, row] of Object.entries(today) as [keyof typeof today, DayRow][]) {
    components[id] = figureComponent(device, id, row, dayTopic(device), meterClasses(row));
  }
  for (const [id, row] of Object.entries(yesterday) as [keyof typeof yesterday, DayRow][]) {
    components[id] = figureComponent(device, id, row, yesterdayTopic(device), classes[row.quantity]);
  }
  for (const zone of zones) {
    const topic = roomFeedTopic(device, zone);
    components[`room_feed_zone_${zone}`] = {
      ...identity(device, "sensor", `room_feed_zone_${zone}`),
      name: `Zone ${zone} room feed`,
      device_class: "enum",
      options: roomFeedStates,
      state_topic: topic,
      value_template: "{{ value_json.state }}",
      ...attributesOf(topic, ["reason", "temperature_c", "read_back_c", "source"]),
    };
    components[`room_feed_zone_${zone}_sent`] = {
      ...identity(device, "sensor", `room_feed_zone_${zone}_sent`),
      name: `Zone ${zone} room temperature sent`,
      ...classes.temperature,
      unit_of_measurement: quantities.temperature.unit,
      suggested_display_precision: 1,
      state_topic: topic,
      value_template: "{{ value_json.sent_c }}",
    };
  }
  return components;
}

function figureComponent(device: string, id: OwnId, row: Row, topic: string, details: Classes): DiscoveryComponent {
  const { unit }: QuantityRow = quantities[row.quantity];
  return {
    ...identity(device, "sensor", id),
    name: row.name,
    ...details,
    ...(row.quantity === "percent" && { entity_category: "diagnostic" as const }),
    ...(unit !== undefined && { unit_of_measurement: unit }),
    suggested_display_precision: row.decimals,
    state_topic: topic,
    value_template: `{{ value_json.${row.field} }}`,
  };
}

/**
 * What counts up from midnight is a `total` with its own `last_reset`: the energy dashboard then books it right over
 * midnight and DST, and heat that a defrost takes back is no new meter, as it would be with `total_increasing`.
 */
function meterClasses({ quantity }: DayRow): Classes & Pick<Details, "last_reset_value_template"> {
  const row: Classes = classes[quantity];
  if (quantity === "ratio" || quantity === "percent") return row;
  return { ...row, state_class: "total", last_reset_value_template: "{{ value_json.start }}" };
}
