import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { hasZone2 } from "@heatloop/core/catalogue/zone-2";
import type { Availability, DiscoveryComponent } from "./component.ts";
import { type DeviceTrigger, deviceTriggers } from "./device-triggers.ts";
import { asEnabledAtFirst } from "./enabled-entities.ts";
import { installationOf, installationStatusTopic } from "./installation.ts";
import { type EntityNames, type EntityPoint, nameIn } from "./names.ts";
import { type OwnId, ownComponents } from "./own-components.ts";
import type { ZoneNumber } from "./own-states.ts";
import { entityIdOf, pointComponent } from "./point-component.ts";
import type { EntitySource } from "./source.ts";

/** A heat pump as it shall appear in Home Assistant. */
export type AnnouncedDevice = EntitySource & {
  /** What people call it; made from the device id where absent. */
  readonly name?: string;
  /** What its entities are called; English where absent. */
  readonly names?: EntityNames | undefined;
  /** Heatloop's page, as Home Assistant's frontend opens it: `http:`, `https:` or `homeassistant:`. */
  readonly pageUrl?: string | undefined;
  /** The points that were really seen, without sensors that are not fitted. */
  readonly points: ReadonlySet<PointId>;
  /** Heatloop's own entities and its device triggers: all, none, or some entities. */
  readonly own: boolean | readonly OwnId[];
  /** Whether it has a weekly schedule. */
  readonly isScheduled?: boolean;
  /** Of the tariff, EUR; without one there are no entities of cost. */
  readonly currency?: string;
  /** The id of the Heatloop that announces it. */
  readonly installation: string;
  /** The topic on which the heat pump publishes whether it is online; empty where it never does. */
  readonly availabilityTopics: readonly string[];
  /** Heatloop's version. */
  readonly version: string;
  /** Of the ESP32's firmware. */
  readonly firmwareVersion?: string | undefined;
  /** What the controller says that it is, such as FTC6. */
  readonly controllerVersion?: string | undefined;
};

/** The payload of a device; Home Assistant refuses it whole where the top level has a key that it does not know. */
export type DiscoveryPayload = {
  readonly device: {
    readonly identifiers: readonly string[];
    readonly name: string;
    readonly manufacturer: string;
    readonly model: string;
    readonly sw_version?: string;
    readonly hw_version?: string;
    readonly configuration_url?: string;
  };
  readonly origin: { readonly name: string; readonly sw_version: string };
  readonly availability: Availability;
  readonly availability_mode: "all";
  readonly qos: 1;
  readonly components: Readonly<Record<string, DiscoveryComponent | DeviceTrigger>>;
};

/** Where the payload of a device goes: retained, QoS 1. */
export function discoveryTopic(device: string): string {
  return `homeassistant/device/heatloop_${device}/config`;
}

/**
 * All entities and device triggers of a heat pump in one payload (Home Assistant's device discovery, 2024.11 and later). The heat pump's are
 * available while both the heat pump and Heatloop are online, Heatloop's own while Heatloop is.
 */
export function discoveryPayload(device: AnnouncedDevice): DiscoveryPayload {
  const ofHeatloop: Availability = [{ topic: installationStatusTopic(device.installation) }];
  const ofHeatPump = device.availabilityTopics.map((topic) => ({ topic }));
  return {
    device: {
      identifiers: [`heatloop_${device.device}`],
      name: device.name ?? nameOf(device.device),
      manufacturer: "Mitsubishi Electric",
      model: "Ecodan (CN105)",
      ...(device.firmwareVersion && { sw_version: device.firmwareVersion }),
      ...(device.controllerVersion && { hw_version: device.controllerVersion }),
      ...(device.pageUrl && { configuration_url: device.pageUrl }),
    },
    origin: { name: "Heatloop", sw_version: device.version },
    availability: [...ofHeatPump, ...ofHeatloop],
    availability_mode: "all",
    qos: 1,
    components: {
      ...enabledAndNamed(firmwareComponents(device), device),
      ...enabledAndNamed(
        ofHeatPump.length === 0 ? chosenOwnComponents(device) : ownAvailable(device, ofHeatloop),
        device,
      ),
      ...(device.own === true && deviceTriggers(device.device, roomZonesOf(device).length > 0)),
    },
  };
}

/** The entities of a payload, without its device triggers. */
export function entitiesOf({ components }: Pick<DiscoveryPayload, "components">): Record<string, DiscoveryComponent> {
  const entities = Object.entries(components).flatMap(([id, each]) =>
    each.platform === "device_automation" ? [] : [[id, each] as const],
  );
  return Object.fromEntries(entities);
}

/** The installation that announced a payload, read from its availability; undefined where it is of an older release. */
export function installationIn(payload: { readonly availability?: unknown }): string | undefined {
  if (!Array.isArray(payload.availability)) return undefined;
  const topics = (payload.availability as readonly { readonly topic?: unknown }[]).map((one) => one?.topic);
  return topics.flatMap((topic) => (typeof topic === "string" ? (installationOf(topic) ?? []) : []))[0];
}

/** A payload with entities of an earlier announcement beside its own, available as these are. */
export function withEarlierEntities(
  payload: DiscoveryPayload,
  device: string,
  earlier: Readonly<Record<string, { readonly platform: string }>>,
): DiscoveryPayload {
  const ofHeatloop = payload.availability.slice(-1);
  const kept = Object.entries(earlier as Readonly<Record<string, DiscoveryComponent>>).map(([id, it]) => {
    const { availability, ...component } = it;
    const isOwn = component.state_topic?.startsWith(`heatloop/${device}/`) && payload.availability.length > 1;
    return [id, isOwn ? { ...component, availability: ofHeatloop } : component] as const;
  });
  return { ...payload, components: { ...Object.fromEntries(kept), ...payload.components } };
}

/** As they are enabled at first, with names in the language that is chosen; ids are the same in every language. */
function enabledAndNamed(
  entities: Readonly<Record<string, DiscoveryComponent>>,
  { points, names }: AnnouncedDevice,
): Record<string, DiscoveryComponent> {
  const isZone2 = hasZone2(points);
  const called = (id: string, { name }: DiscoveryComponent) => (names && nameIn(names, id)) ?? name;
  return Object.fromEntries(
    Object.entries(entities).map(([id, each]) => [
      id,
      asEnabledAtFirst(id, { ...each, name: called(id, each) }, isZone2),
    ]),
  );
}

function ownAvailable(device: AnnouncedDevice, availability: Availability): Record<string, DiscoveryComponent> {
  const own = Object.entries(chosenOwnComponents(device));
  return Object.fromEntries(own.map(([id, component]) => [id, { ...component, availability }]));
}

function firmwareComponents(device: AnnouncedDevice): Record<string, DiscoveryComponent> {
  const components: Record<string, DiscoveryComponent> = {};
  for (const point of pointIds) {
    if (!isEntity(point) || !isThere(point, device.points)) continue;
    components[entityIdOf(point)] = pointComponent(point, device);
  }
  return components;
}

function chosenOwnComponents({
  device,
  points,
  own,
  isScheduled = false,
  currency,
}: AnnouncedDevice): Partial<Record<OwnId, DiscoveryComponent>> {
  const zones = roomZonesOf({ points });
  const all = ownComponents(device, { zones, boosts: points.has("force_dhw"), isScheduled, currency });
  if (typeof own === "boolean") return own ? all : {};
  return Object.fromEntries(Object.entries(all).filter(([id]) => (own as readonly string[]).includes(id)));
}

/** The zones that the heat pump takes a room temperature of. */
function roomZonesOf({ points }: Pick<AnnouncedDevice, "points">): readonly ZoneNumber[] {
  return ([1, 2] as const).filter((zone) => takesRoomTemperature(zone, points));
}

function takesRoomTemperature(zone: ZoneNumber, points: ReadonlySet<PointId>): boolean {
  return points.has(`room_feedback_zone_${zone}`) && (zone === 1 || hasZone2(points));
}

/** A button has no state: it is there where the point is that its row names. */
function isThere(point: PointId, points: ReadonlySet<PointId>): boolean {
  const { shownWith } = pointOf(point);
  return points.has(point) || (shownWith !== undefined && points.has(shownWith as PointId));
}

function isEntity(point: PointId): point is EntityPoint {
  const { part } = pointOf(point);
  return part === undefined || part === "target_temperature";
}

function nameOf(device: string): string {
  const words = device.split(/[-_]+/).filter(Boolean).join(" ");
  return words === "" ? "Heat pump" : words.charAt(0).toUpperCase() + words.slice(1);
}
