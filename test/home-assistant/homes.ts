import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { quantities } from "@heatloop/core/catalogue/quantities";
import type { Value } from "@heatloop/core/catalogue/reading";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import type { DiscoveryComponent } from "@heatloop/mqtt-discovery/component";
import {
  type AnnouncedDevice,
  type DiscoveryPayload,
  discoveryPayload,
  entitiesOf,
} from "@heatloop/mqtt-discovery/discovery";
import { dayTopic, logTopic, operationTopic, roomFeedTopic, yesterdayTopic } from "@heatloop/mqtt-discovery/own-states";
import { labelsOf, valuesOf } from "@heatloop/mqtt-discovery/templates";
import { exampleDevices } from "#scripts/making/examples.ts";
import { firmwareState } from "#test/support/firmware-states.ts";
import type { HomeAssistantState } from "#test/support/home-assistant/home-assistant.ts";

/** A heat pump and its announcement to Home Assistant. */
export type Home = {
  readonly device: AnnouncedDevice;
  readonly payload: DiscoveryPayload;
  /** Of the payload. */
  readonly entities: Readonly<Record<string, DiscoveryComponent>>;
};

const [oneZone, twoZones] = Object.values(exampleDevices) as [AnnouncedDevice, AnnouncedDevice];
export const english = homeOf(oneZone, discoveryPayload(oneZone));
export const german = homeOf(twoZones, everythingEnabled({ ...twoZones, points: new Set(pointIds) }));
export const homes = [english, german];

function homeOf(device: AnnouncedDevice, payload: DiscoveryPayload): Home {
  return { device, payload, entities: entitiesOf(payload) };
}

/** All points of the catalogue, none of them waiting to be enabled, so that each has a state to be looked at. */
function everythingEnabled(device: AnnouncedDevice): DiscoveryPayload {
  const payload = discoveryPayload(device);
  const entities = Object.entries(entitiesOf(payload)).map(([id, entity]) => {
    const { enabled_by_default: _, ...enabled } = entity;
    return [id, enabled] as const;
  });
  return { ...payload, components: { ...payload.components, ...Object.fromEntries(entities) } };
}

/** What Heatloop publishes of a day. */
export const exampleDay = {
  date: "2026-11-21",
  start: "2026-11-21T00:00:00.000+01:00",
  heat_kwh: 31.2,
  cooling_kwh: 0,
  electricity_kwh: 8.1,
  cop: 3.85,
  heating_heat_kwh: 25,
  heating_electricity_kwh: 6,
  heating_cop: 4.17,
  hot_water_heat_kwh: 6.2,
  hot_water_electricity_kwh: 2.1,
  hot_water_cop: null,
  starts: 12,
  defrosts: 2,
  run_hours: 10.25,
  coverage_percent: 95.5,
};

/** Everything that the firmware and Heatloop publish of a home, as topic and payload; `turn` gives other values. */
export function messagesOf({ device }: Home, turn = 0): readonly (readonly [string, string])[] {
  const { device: id, prefix, language } = device;
  const published = pointIds.filter((point) => pointOf(point).component !== "button");
  const feed = { state: "holding", reason: "Kitchen is unavailable", temperature_c: null, sent_c: 20.6 };
  return [
    ...published.map(
      (point) => [stateTopic(prefix, point, language), firmwareState(point, language, turn).payload] as const,
    ),
    [dayTopic(id), JSON.stringify(exampleDay)],
    [yesterdayTopic(id), JSON.stringify({ ...exampleDay, date: "2026-11-20" })],
    [operationTopic(id), "hot_water"],
    [logTopic(id), JSON.stringify({ ok: false, reason: "the disk is full" })],
    [roomFeedTopic(id, 1), JSON.stringify({ ...feed, read_back_c: 20.5, source: "home_assistant" })],
    [roomFeedTopic(id, 2), JSON.stringify(feed)],
  ];
}

/** What Home Assistant shows of a point: its state, or a thermostat's figures. */
export function shown(state: HomeAssistantState | undefined, point: PointId): unknown {
  if (state === undefined) return undefined;
  const { attributes } = state;
  const isNumber = quantities[pointOf(point).quantity].kind === "number";
  switch (pointOf(point).component) {
    case "climate":
      return [state.state, attributes.temperature, attributes.current_temperature, attributes.hvac_action];
    case "update":
      return [state.state, attributes.installed_version, attributes.latest_version];
    case "sensor":
    case "number":
      return isNumber && Number.isFinite(Number(state.state)) ? Number(state.state) : state.state;
    default:
      return state.state;
  }
}

/** The same, from the values that the firmware published. */
export function shownAs(point: PointId, value: (id: PointId) => Value): unknown {
  const { component, states } = pointOf(point);
  const own = value(point);
  switch (component) {
    case "climate": {
      const part = (name: string) => value(point.replace(/_target$/, `_${name}`) as PointId);
      return ["auto", own, part("current"), part("action")];
    }
    case "update":
      return ["on", "2.0.0", own];
    case "button":
      return "unknown";
    case "select":
      return states && labelsOf(states)[valuesOf(states).indexOf(String(own))];
    default:
      return typeof own === "boolean" ? (own ? "on" : "off") : own;
  }
}

export function expectedShown(point: PointId, { language }: AnnouncedDevice, turn = 0): unknown {
  return shownAs(point, (id) => firmwareState(id, language, turn).value);
}
