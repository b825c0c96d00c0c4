import { computeDomain } from "custom-card-helpers";
import type { EntityIds, HeatPumpEntity } from "./entity-id.ts";
import { firmwareKey, rowOf } from "./firmware-key.ts";
import { firmwareEntities } from "./firmware-points.ts";
import type { DeviceEntry, Hass } from "./hass.ts";

/** An entry of the entity registry: `config/entity_registry/get_entries`. */
export type RegistryEntry = {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly original_name: string | null;
};

/** A heat pump in Home Assistant. `firmware`: its own entities, without Heatloop; they are shown, not changed. */
export type HeatPumpEntities = {
  readonly device: DeviceEntry;
  readonly source: "heatloop" | "firmware";
  readonly entities: EntityIds;
};

const ourPrefix = "heatloop_";

/** Heatloop's id of a device, or undefined for a device that is not Heatloop's. */
export function heatloopId(device: DeviceEntry): string | undefined {
  for (const [domain, id] of device.identifiers) {
    if (domain === "mqtt" && id?.startsWith(ourPrefix)) return id.slice(ourPrefix.length);
  }
  return undefined;
}

/** A device by its id in Home Assistant or in Heatloop. */
export function deviceOf(hass: Hass, wanted: string): DeviceEntry | undefined {
  const exact = hass.devices[wanted];
  return exact ?? Object.values(hass.devices).find((device) => device !== undefined && heatloopId(device) === wanted);
}

/** Heat pumps of this house, Heatloop's first; with the firmware's own where it has at least five names of its. */
export function heatPumpsOf(hass: Hass): readonly DeviceEntry[] {
  return [...ownDevices(hass), ...firmwareDevices(hass)];
}

/** The first of them: entities are looked through only where none is Heatloop's. */
export function firstHeatPumpOf(hass: Hass): DeviceEntry | undefined {
  return ownDevices(hass)[0] ?? firmwareDevices(hass)[0];
}

function ownDevices(hass: Hass): readonly DeviceEntry[] {
  return devicesOf(hass).filter((device) => heatloopId(device) !== undefined);
}

function firmwareDevices(hass: Hass): readonly DeviceEntry[] {
  const hits = new Map<string, number>();
  for (const entity of Object.values(hass.entities)) {
    if (entity?.device_id === undefined || (entity.platform !== "esphome" && entity.platform !== "mqtt")) continue;
    if (firmwareEntity(entity.entity_id, entity.name ?? "") === undefined) continue;
    hits.set(entity.device_id, (hits.get(entity.device_id) ?? 0) + 1);
  }
  return devicesOf(hass).filter((device) => heatloopId(device) === undefined && (hits.get(device.id) ?? 0) >= 5);
}

function devicesOf({ devices }: Hass): readonly DeviceEntry[] {
  return Object.values(devices).filter((device) => device !== undefined);
}

/** The ids of the enabled entities of a device, sorted. */
export function entityIdsOf(hass: Hass, deviceId: string): readonly string[] {
  const ids: string[] = [];
  for (const id in hass.entities) if (hass.entities[id]?.device_id === deviceId) ids.push(id);
  return ids.sort();
}

/** Which entity is what, by unique id where the device is Heatloop's, else by the firmware's names in any language. */
export function heatPumpFrom(device: DeviceEntry, entries: readonly RegistryEntry[]): HeatPumpEntities {
  const ours = heatloopId(device);
  const entities = new Map<HeatPumpEntity, string>();
  for (const { entity_id, unique_id, original_name } of entries) {
    const id =
      ours === undefined
        ? (firmwareEntity(entity_id, original_name ?? "") ?? firmwareEntity(entity_id, objectIdOf(unique_id)))
        : ownEntity(unique_id, `${ourPrefix}${ours}_`);
    if (id !== undefined && !entities.has(id)) entities.set(id, entity_id);
  }
  return { device, source: ours === undefined ? "firmware" : "heatloop", entities };
}

function ownEntity(uniqueId: string, prefix: string): HeatPumpEntity | undefined {
  return uniqueId.startsWith(prefix) ? (uniqueId.slice(prefix.length) as HeatPumpEntity) : undefined;
}

function firmwareEntity(entityId: string, name: string): HeatPumpEntity | undefined {
  return rowOf(firmwareEntities, firmwareKey(computeDomain(entityId), name));
}

/** `<mac>-sensor-feed_temp` of the native API, `ESPsensorfeed_temp` of the firmware's own MQTT discovery. */
function objectIdOf(uniqueId: string): string {
  return uniqueId.replace(/^(ESP|.*?-)(text_sensor|binary_sensor|sensor|climate)-?/, "");
}
