import type { Language } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { nameOf, objectId } from "@heatloop/core/catalogue/topics";
import type { RegistryEntry } from "@heatloop/lovelace-card/home-assistant/find-entities";
import type {
  DeviceEntry,
  EntityDisplay,
  Hass,
  Locale,
  StateObject,
} from "@heatloop/lovelace-card/home-assistant/hass";
import { discoveryPayload, entitiesOf } from "@heatloop/mqtt-discovery/discovery";

/** A registry entry with the state and the device that it belongs to. */
export type FakeEntity = RegistryEntry & { readonly device_id: string; readonly platform: "mqtt" | "esphome" };

/** A device with the entities that Home Assistant would have registered for it. */
export type FakeDevice = { readonly device: DeviceEntry; readonly entities: readonly FakeEntity[] };

/** A heat pump as Heatloop announces it: the real discovery payload, registered. */
export function heatloopDevice(device: string, points: readonly PointId[] = pointIds): FakeDevice {
  const id = `registry-${device}`;
  const payload = discoveryPayload({
    device,
    prefix: device,
    language: "en",
    points: new Set(points),
    installation: "3f9a1c07",
    availabilityTopics: ["hp/status"],
    own: true,
    isScheduled: true,
    version: "0.1.0",
  });
  return {
    device: deviceEntry(id, payload.device.name, [["mqtt", payload.device.identifiers[0] ?? ""]]),
    entities: Object.values(entitiesOf(payload)).map((component) => ({
      entity_id: component.default_entity_id,
      unique_id: component.unique_id,
      original_name: component.name,
      device_id: id,
      platform: "mqtt",
    })),
  };
}

/** The firmware in Home Assistant without Heatloop, as its native API or its own MQTT discovery registers it. */
export function firmwareDevice(language: Language, by: "api" | "mqtt", named = true): FakeDevice {
  const id = `registry-firmware-${language}`;
  const points = pointIds.filter((point) => [undefined, "target_temperature"].includes(pointOf(point).part));
  return {
    device: deviceEntry(id, "Ecodan heatpump", by === "mqtt" ? [["mqtt", "aabbccddeeff"]] : []),
    entities: points.map((point) => {
      const { component, quantity } = pointOf(point);
      const name = nameOf(point, language);
      const kind = by === "api" && component === "sensor" && quantity === "text" ? "text_sensor" : component;
      return {
        entity_id: `${component}.renamed_${point}`,
        unique_id: by === "api" ? `AA:BB:CC:DD:EE:FF-${kind}-${objectId(name)}` : `ESP${component}${objectId(name)}`,
        original_name: named ? name : null,
        device_id: id,
        platform: by === "api" ? "esphome" : "mqtt",
      };
    }),
  };
}

export const germanLocale: Locale = {
  language: "de",
  number_format: "language",
  time_format: "language",
  time_zone: "server",
  first_weekday: "language",
};
export const englishLocale: Locale = { ...germanLocale, language: "en" };

/** What was asked of Home Assistant. */
export type Asked = { readonly services: unknown[][]; readonly messages: unknown[] };

export type HomeOptions = Partial<Pick<Hass, "language" | "locale" | "connected" | "config">> & {
  /** By unique id's ending or by entity id. */
  readonly states?: Readonly<Record<string, string | readonly [string, Record<string, unknown>]>>;
  readonly refuse?: { readonly services?: string; readonly registry?: string };
};

/** A `hass` of a house with these devices, and what it was asked. */
export function fakeHome(devices: readonly FakeDevice[], options: HomeOptions = {}): { hass: Hass; asked: Asked } {
  const entries = devices.flatMap(({ entities }) => entities);
  const asked: Asked = { services: [], messages: [] };
  const states: Record<string, StateObject> = {};
  for (const [key, given] of Object.entries(options.states ?? {})) {
    const [state, attributes] = typeof given === "string" ? [given, {}] : given;
    const owners = key.includes(".") ? [key] : entries.filter((entry) => endsWith(entry, key)).map((e) => e.entity_id);
    for (const entity_id of owners) states[entity_id] = { entity_id, state, attributes };
  }
  const hass: Hass = {
    states,
    entities: Object.fromEntries(entries.map((entry) => [entry.entity_id, displayOf(entry)])),
    devices: Object.fromEntries(devices.map(({ device }) => [device.id, device])),
    language: options.language ?? "en",
    locale: options.locale ?? englishLocale,
    config: options.config ?? { time_zone: "Europe/Rome", unit_system: { temperature: "°C" } },
    connected: options.connected ?? true,
    connection: {},
    async callService(...call) {
      asked.services.push(call);
      if (options.refuse?.services !== undefined)
        throw { code: "home_assistant_error", message: options.refuse.services };
      return {};
    },
    async callWS<T>(message: { readonly type: string } & Readonly<Record<string, unknown>>): Promise<T> {
      asked.messages.push(message);
      if (options.refuse?.registry !== undefined) throw { code: "unauthorized", message: options.refuse.registry };
      const ids = message.entity_ids as readonly string[];
      return Object.fromEntries(ids.map((id) => [id, entries.find((entry) => entry.entity_id === id) ?? null])) as T;
    },
  };
  return { hass, asked };
}

/** The same house with other states: a new `hass`, as the frontend makes it. */
export function withStates(hass: Hass, states: Readonly<Record<string, StateObject>>): Hass {
  return { ...hass, states: { ...hass.states, ...states } };
}

function endsWith({ unique_id, entity_id }: FakeEntity, key: string): boolean {
  return unique_id.endsWith(`_${key}`) || entity_id.endsWith(`.renamed_${key}`);
}

function displayOf({ entity_id, device_id, platform, original_name }: FakeEntity): EntityDisplay {
  return { entity_id, device_id, platform, name: original_name ?? "" };
}

function deviceEntry(id: string, name: string, identifiers: DeviceEntry["identifiers"]): DeviceEntry {
  return { id, name, name_by_user: null, identifiers };
}
