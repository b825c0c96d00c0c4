import { fill } from "@heatloop/core/text/fill-text";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import type { StateObject } from "../../home-assistant/hass.ts";
import { isOn, stateOf, textOf, type ValueSource } from "../../home-assistant/value.ts";
import type {
  BoostItem,
  ChoiceItem,
  ControlItem,
  ControlValue,
  Question,
  SwitchItem,
  TemperatureItem,
} from "../../look/control-item.ts";
import type { TextKey, Texts } from "../../text/languages/english.ts";

/** What the settings are made of. */
export const controlEntities = [
  "zone_1_room_climate",
  "zone_2_room_climate",
  "zone_1_flow_climate",
  "zone_2_flow_climate",
  "zone_1_operating_mode",
  "zone_2_operating_mode",
  "auto_adaptive",
  "dhw_climate",
  "dhw_mode",
  "force_dhw",
  "hot_water_boost",
  "hot_water_boost_until",
  "next_scheduled_change",
  "holiday_mode",
  "heat_pump_power",
] as const satisfies readonly HeatPumpEntity[];

/** The settings that this heat pump has, in the order of a person's day: rooms, hot water, the rest. */
export function controlItems(source: ValueSource, texts: Texts): readonly ControlItem[] {
  const twoZones = source.entities.has("zone_2_operating_mode");
  const zones = twoZones ? ([1, 2] as const) : ([1] as const);
  const zoned = (key: TextKey, zone: number) =>
    twoZones ? `${texts[key]} · ${fill(texts.zone, { zone })}` : texts[key];
  const items = [
    ...zones.flatMap((zone) => [
      temperature(source, `zone_${zone}_room_climate`, zoned("room_setpoint", zone)),
      isFlowSet(source, zone) && temperature(source, `zone_${zone}_flow_climate`, zoned("flow_setpoint", zone)),
    ]),
    temperature(source, "dhw_climate", texts.hot_water_setpoint),
    choice(source, "dhw_mode", texts.hot_water_mode, texts),
    boost(source, texts.boost) ?? toggle(source, "force_dhw", texts.boost),
    ...zones.map((zone) => choice(source, `zone_${zone}_operating_mode`, zoned("operating_mode", zone), texts)),
    toggle(source, "holiday_mode", texts.holiday),
    toggle(source, "heat_pump_power", texts.power),
  ];
  return items.filter((item) => typeof item === "object");
}

// Auto-adaptive and the weather curve write the flow set-point themselves.
function isFlowSet(source: ValueSource, zone: 1 | 2): boolean {
  const mode = textOf(source, `zone_${zone}_operating_mode`) ?? "";
  return slug(mode).endsWith("flow_temperature") && isOn(source, "auto_adaptive") !== true;
}

function temperature(source: ValueSource, id: HeatPumpEntity, label: string): TemperatureItem | undefined {
  const state = stateOf(source, id);
  if (state === undefined) return undefined;
  const [min, max] = [attribute(state, "min_temp"), attribute(state, "max_temp")];
  return {
    kind: "temperature",
    id,
    entityId: state.entity_id,
    label,
    value: state.state === "unavailable" ? null : attribute(state, "temperature"),
    min: min ?? Number.NEGATIVE_INFINITY,
    max: max ?? Number.POSITIVE_INFINITY,
    // A tenth of a degree is no step for a finger.
    step: Math.max(0.5, attribute(state, "target_temp_step") ?? 0.5),
  };
}

function choice(source: ValueSource, id: HeatPumpEntity, label: string, texts: Texts): ChoiceItem | undefined {
  const state = stateOf(source, id);
  if (state === undefined) return undefined;
  const options = optionsOf(state);
  return {
    kind: "choice",
    id,
    entityId: state.entity_id,
    label,
    value: options.includes(state.state) ? state.state : null,
    options: options.map((value) => ({ value, label: optionLabel(value, texts) })),
  };
}

/** Heatloop's boost with a duration; what is on and has none was begun by a person at the heat pump. */
function boost(source: ValueSource, label: string): BoostItem | undefined {
  const state = stateOf(source, "hot_water_boost");
  if (state === undefined) return undefined;
  const [off = "Off", ...durations] = optionsOf(state);
  const value = [off, ...durations].includes(state.state) ? state.state : null;
  const at = Date.parse(textOf(source, "hot_water_boost_until") ?? "");
  const until = Number.isNaN(at) ? null : at;
  return {
    kind: "boost",
    id: "hot_water_boost",
    entityId: state.entity_id,
    label,
    value,
    off,
    durations,
    isOn: until !== null || (value === null && isOn(source, "force_dhw") === true),
    until,
  };
}

function optionsOf({ attributes }: StateObject): readonly string[] {
  return Array.isArray(attributes.options) ? attributes.options.map(String) : [];
}

function toggle(source: ValueSource, id: HeatPumpEntity, label: string): SwitchItem | undefined {
  const state = stateOf(source, id);
  return state && { kind: "switch", id, entityId: state.entity_id, label, value: isOn(source, id) };
}

/** Heatloop's options are English in Home Assistant (mqtt-discovery/templates.ts): "Heat flow temperature". */
function optionLabel(option: string, texts: Texts): string {
  const state = slug(option);
  if (state === "normal" || state === "eco") return texts[state];
  if (state === "floor_dry_up") return texts.floor_drying;
  const [, work, by] = /^(heat|cool)_(target|flow|compensation)/.exec(state) ?? [];
  if (work === undefined) return option;
  const what = work === "heat" ? texts.heating : texts.cooling;
  const how = by === "target" ? texts.room : by === "flow" ? texts.flow : texts.to_curve;
  return `${what}: ${how}`;
}

/** The question before a value is set that costs money or comfort; undefined where it is set at once. */
export function questionOf(item: ControlItem, value: ControlValue, unit: string): Question | undefined {
  switch (item.id) {
    case "hot_water_boost":
      return item.kind === "boost" && value !== item.off ? { ask: "ask_boost", yes: "do_boost" } : undefined;
    case "force_dhw":
      return value === true ? { ask: "ask_boost", yes: "do_boost" } : undefined;
    case "heat_pump_power":
      return value === true
        ? { ask: "ask_power_on", yes: "do_switch_on" }
        : { ask: "ask_power_off", yes: "do_switch_off" };
    case "zone_1_operating_mode":
    case "zone_2_operating_mode":
      return { ask: "ask_mode", yes: "do_change" };
    case "dhw_mode":
      return slug(String(value)) === "normal" ? { ask: "ask_hot_water_normal", yes: "do_change" } : undefined;
    case "dhw_climate":
      // Above about 55 °C most of these heat pumps need their heater.
      return Number(value) > (unit === "°F" ? 131 : 55) && Number(value) > Number(item.value)
        ? { ask: "ask_hot_water", yes: "do_set" }
        : undefined;
    default:
      return undefined;
  }
}

function attribute(state: StateObject, name: string): number | null {
  const value = state.attributes[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
}

function slug(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z]+/g, "_");
}
