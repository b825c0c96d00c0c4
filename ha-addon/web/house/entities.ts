import type { HeatPumpEntities } from "@heatloop/lovelace-card/home-assistant/find-entities";
import type { StateObject } from "@heatloop/lovelace-card/home-assistant/hass";
import type { LiveDevice } from "../live/live-data.ts";
import { nameAndUnit } from "./live-values.ts";

type EntityIds = HeatPumpEntities["entities"];

/** The heat pump's values as the card's views read them: entities of Home Assistant, with the states of now. */
export type PageEntities = {
  readonly entities: EntityIds;
  readonly states: Readonly<Record<string, StateObject>>;
};

/** What one entity shows: its text and its unit. */
type Shown = { readonly state: string; readonly unit: string };

/** Entities of a heat pump; a state object is the same as `before` as long as nothing of it changed. */
export function entitiesOf(device: LiveDevice, before: PageEntities | undefined): PageEntities {
  const states: Record<string, StateObject> = {};
  const ids = new Map<string, string>();
  for (const [id, { state, unit }] of shownOf(device)) {
    const entity_id = `sensor.${id}`;
    ids.set(id, entity_id);
    const known = before?.states[entity_id];
    const isKnown = known?.state === state && known.attributes.unit_of_measurement === unit;
    states[entity_id] = isKnown ? known : { entity_id, state, attributes: { unit_of_measurement: unit } };
  }
  return { entities: sameIds(ids, before?.entities), states };
}

/** Views start anew where they get other entities, so these are only others where there are others. */
function sameIds(ids: ReadonlyMap<string, string>, before: EntityIds | undefined): EntityIds {
  const known = before as ReadonlyMap<string, string> | undefined;
  const isSame = known !== undefined && known.size === ids.size && [...ids.keys()].every((id) => known.has(id));
  return (isSame ? known : ids) as EntityIds;
}

function* shownOf(device: LiveDevice): Generator<readonly [string, Shown]> {
  const offline = device.online === false;
  const shown = (value: number | boolean | string | null, unit = ""): Shown => ({
    state: offline ? "unavailable" : stateOf(value),
    unit,
  });
  for (const [name, value] of Object.entries(device.values)) {
    const { id, unit } = nameAndUnit(name);
    yield [id, shown(value, unit)];
  }
  yield ["operation", shown(device.operation)];
  yield ["heat_power", shown(device.heat_power_w, "W")];
  if (device.electricity_power_w !== null || "daily_electricity_kwh" in device.values) {
    yield ["electric_power", shown(device.electricity_power_w, "W")];
  }
  yield ["cop", shown(device.cop)];
  if (device.today !== null) {
    // What was seen today stays known while the heat pump is offline.
    yield ["today_heat", kwhShown(device.today.heat_wh)];
    yield ["today_electricity", kwhShown(device.today.electricity_wh)];
    yield ["today_cooling", kwhShown(device.today.cooling_wh)];
    yield ["today_cop", { state: stateOf(device.today.cop), unit: "" }];
  }
  for (const { zone, state, sent_c: sentC } of device.room_feed) {
    yield [`room_feed_zone_${zone}`, { state, unit: "" }];
    yield [`room_feed_zone_${zone}_sent`, { state: stateOf(sentC), unit: "°C" }];
  }
}

function kwhShown(wh: number | null): Shown {
  return { state: stateOf(wh === null ? null : wh / 1000), unit: "kWh" };
}

function stateOf(value: number | boolean | string | null): string {
  if (value === null) return "unknown";
  return typeof value === "boolean" ? (value ? "on" : "off") : String(value);
}
