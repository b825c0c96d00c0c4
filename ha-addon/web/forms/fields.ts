import { type HomeLanguage, homeLanguages } from "@heatloop/core/catalogue/home-languages";
import { reportLanguages } from "@heatloop/core/catalogue/report-languages";
import { languageOf } from "@heatloop/lovelace-card/text/language";
import { languageNames } from "../text/language-choice.ts";

/** What a field holds and how it is entered. `rows`: a list of entries that each have fields of their own. */
export type FieldKind = "number" | "text" | "switch" | "choice" | "choices" | "texts" | "rows";

/** One of a choice: its text is found by its id, unless it has one that is the same in every language. */
export type FormOption = { readonly id: string; readonly value: unknown; readonly label?: string };

/** A field of the settings' forms. Limits and defaults come from the settings' JSON Schema, texts by its path. */
export type FormField = {
  /** As in the settings: `room_feed.max_age_min`; of a row's field `rooms.weight`. */
  readonly path: string;
  readonly kind: FieldKind;
  /** Written behind the input, in every language the same. */
  readonly unit?: string;
  /** Of a choice, or of choices; choices without them have those of the schema. */
  readonly options?: readonly FormOption[];
  /** The field whose label, help and names of options it has; without it they are found by its own path. */
  readonly textsOf?: string;
  /** Of rows. */
  readonly fields?: readonly FormField[];
};

/** Fields under one heading. */
export type Section = { readonly id: string; readonly fields: readonly FormField[] };

/** A field of a number, with the unit that stands behind it. */
export function number(path: string, unit?: string): FormField {
  return unit === undefined ? { path, kind: "number" } : { path, kind: "number", unit };
}

export const text = (path: string): FormField => ({ path, kind: "text" });
export const onOff = (path: string): FormField => ({ path, kind: "switch" });
export const choice = (path: string, options: readonly FormOption[]): FormField => ({ path, kind: "choice", options });
export const named = (...values: readonly (string | number)[]): readonly FormOption[] =>
  values.map((value) => ({ id: String(value), value }));

const days = named("mon", "tue", "wed", "thu", "fri", "sat", "sun");
const meterParts: readonly FormOption[] = [
  { id: "everything", value: null },
  { id: "neither", value: [] },
  { id: "immersion_heater", value: ["immersion_heater"] },
  { id: "pumps", value: ["pumps"] },
  { id: "both", value: ["immersion_heater", "pumps"] },
];
/** Languages by their own names. */
function languages(codes: readonly HomeLanguage[]): readonly FormOption[] {
  return codes.map((code) => ({ id: code, value: code, label: languageNames[languageOf(code)] }));
}

/** In which language entities may be named. */
export const entityLanguages: readonly FormOption[] = [{ id: "auto", value: "auto" }, ...languages(homeLanguages)];
const whereUsual: readonly FormOption[] = [
  { id: "usual", value: null },
  { id: "yes", value: true },
  { id: "no", value: false },
];

/** The forms of the settings, in the order of the page. */
export const sections: readonly Section[] = [
  {
    id: "rooms",
    fields: [
      {
        path: "rooms",
        kind: "rows",
        fields: [
          text("rooms.entity"),
          text("rooms.name"),
          choice("rooms.zone", named(1, 2)),
          number("rooms.weight"),
          number("rooms.offset", "K"),
          number("rooms.scale"),
          text("rooms.device"),
        ],
      },
    ],
  },
  {
    id: "room_feed",
    fields: [
      onOff("room_feed.send"),
      choice("room_feed.mode", named("mean", "median", "coldest", "warmest", "demand")),
      text("room_feed.quorum"),
      number("room_feed.max_age_min", "min"),
      number("room_feed.hold_min", "min"),
      number("room_feed.min_c", "°C"),
      number("room_feed.max_c", "°C"),
      number("room_feed.jump_k", "K"),
      number("room_feed.change_k_per_h", "K/h"),
    ],
  },
  {
    id: "schedule",
    fields: [
      {
        path: "schedule",
        kind: "rows",
        fields: [
          { path: "schedule.days", kind: "choices", options: days, textsOf: "tariff.windows.days" },
          text("schedule.at"),
          choice(
            "schedule.set",
            named("room_setpoint_zone_1", "room_setpoint_zone_2", "hot_water_setpoint", "hot_water_boost"),
          ),
          number("schedule.to"),
          { path: "schedule.device", kind: "text", textsOf: "rooms.device" },
        ],
      },
    ],
  },
  {
    id: "tariff",
    fields: [
      number("tariff.price_per_kwh", "/kWh"),
      text("tariff.currency"),
      number("tariff.standing_charge.amount"),
      choice("tariff.standing_charge.per", named("day", "month", "year")),
      text("tariff.dynamic.entity"),
      onOff("tariff.dynamic.state_is_price"),
      text("tariff.dynamic.file"),
      number("tariff.dynamic.factor"),
      number("tariff.dynamic.added_per_kwh", "/kWh"),
      {
        path: "tariff.windows",
        kind: "rows",
        fields: [
          text("tariff.windows.name"),
          { path: "tariff.windows.days", kind: "choices", options: days },
          text("tariff.windows.from"),
          text("tariff.windows.to"),
          text("tariff.windows.from_day"),
          text("tariff.windows.to_day"),
          number("tariff.windows.price_per_kwh", "/kWh"),
          number("tariff.windows.added_per_kwh", "/kWh"),
        ],
      },
      {
        path: "tariff.changes",
        kind: "rows",
        fields: [text("tariff.changes.from"), number("tariff.changes.price_per_kwh", "/kWh")],
      },
      { path: "tariff.holidays", kind: "texts" },
      text("tariff.pv.surplus_entity"),
      choice("tariff.pv.surplus", named("after_heat_pump", "before_heat_pump")),
      number("tariff.pv.price_per_kwh", "/kWh"),
      number("tariff.gas.price_per_kwh", "/kWh"),
      number("tariff.gas.efficiency"),
      number("tariff.oil.price_per_kwh", "/kWh"),
      number("tariff.oil.efficiency"),
      number("tariff.co2_g_per_kwh", "g/kWh"),
      number("tariff.gas.co2_g_per_kwh", "g/kWh"),
      number("tariff.oil.co2_g_per_kwh", "g/kWh"),
      number("tariff.max_price_per_kwh", "/kWh"),
    ],
  },
  {
    id: "electricity",
    fields: [
      text("electricity.meter.entity"),
      text("electricity.meter.topic"),
      text("electricity.meter.field"),
      choice("electricity.meter.unit", [{ id: "own", value: null }, ...named("kWh", "Wh", "MWh", "W", "kW")]),
      text("electricity.meter.device"),
      choice("electricity.meter_sees", meterParts),
      number("electricity.correction_factor"),
      number("electricity.immersion_heater_w", "W"),
      number("electricity.booster_heater_w", "W"),
      number("electricity.booster_heater_2_w", "W"),
    ],
  },
  {
    id: "house",
    fields: [
      number("house.design_temperature_c", "°C"),
      text("house.degree_days"),
      number("house.least_flow_l_min", "L/min"),
      choice("house.flow_sensor", named("unknown", "return", "flow")),
      number("house.glycol_percent", "%"),
    ],
  },
  {
    id: "general",
    fields: [
      text("time_zone"),
      choice("report.language", [{ id: "own", value: "" }, ...languages(reportLanguages)]),
      choice("entities.language", entityLanguages),
      choice("card.install", whereUsual),
      onOff("statistics.import"),
      {
        path: "devices",
        kind: "rows",
        fields: [text("devices.prefix"), text("devices.name")],
      },
    ],
  },
  {
    id: "alerts",
    fields: [
      number("alerts.offline_min", "min"),
      number("alerts.no_row_min", "min"),
      number("alerts.low_flow_min", "min"),
      number("alerts.starts_per_hour"),
      number("alerts.defrosts_per_hour"),
      number("alerts.immersion_heater_min", "min"),
      number("alerts.booster_heater_min", "min"),
      number("alerts.day_cop"),
      number("alerts.room_feed_degraded_min", "min"),
      number("alerts.disk_free_mb", "MB"),
      number("alerts.clock_difference_s", "s"),
      number("alerts.errors_per_hour"),
      onOff("alerts.notify_home_assistant"),
      { path: "alerts.off", kind: "choices" },
    ],
  },
  {
    id: "archive",
    fields: [number("archive.compress_after_days", "d"), number("archive.keep_days", "d")],
  },
  {
    id: "influx",
    fields: [
      onOff("influx.on"),
      text("influx.url"),
      choice("influx.version", named(1, 2)),
      text("influx.database"),
      text("influx.retention_policy"),
      text("influx.username"),
      text("influx.organization"),
      text("influx.bucket"),
      {
        path: "influx.tags",
        kind: "rows",
        fields: [text("influx.tags.name"), text("influx.tags.value")],
      },
      onOff("influx.tag_name"),
      onOff("influx.gzip"),
      number("influx.days_back", "d"),
    ],
  },
  {
    id: "hub",
    fields: [text("hub.url"), text("hub.claim_code"), text("hub.ca_file")],
  },
  {
    id: "web",
    fields: [
      { path: "web.host_names", kind: "texts" },
      onOff("web.others_may_change"),
      { path: "web.trusted_proxies", kind: "texts" },
      { path: "web.allowed_origins", kind: "texts" },
    ],
  },
];

/** All fields, those of rows included. */
export function allFields(
  fields: readonly FormField[] = sections.flatMap((section) => section.fields),
): readonly FormField[] {
  return fields.flatMap((field) => [field, ...(field.fields ?? [])]);
}

/** The last name of a path: the key of a row's entry. */
export function keyOf({ path }: FormField): string {
  return path.slice(path.lastIndexOf(".") + 1);
}

/** Objects that are null as a whole where nothing in them is filled in. */
export const emptyIsNull: readonly string[] = ["electricity.meter"];
