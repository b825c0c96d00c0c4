import type { DiscoveryPayload } from "./discovery.ts";

/**
 * A device's announcement in pieces: a message for each entity. Home Assistant takes them for the same entities as those
 * of the whole, as their unique ids and the device are the same; its node id and object id are the device's object id and
 * the component's key (Home Assistant, MQTT, "Migration from single component to device-based discovery").
 */
export type Pieces = Readonly<Record<string, string>>;

/** Where the pieces of a device go; a topic filter. */
export function piecesFilter(device: string): string {
  return `homeassistant/+/heatloop_${device}/+/config`;
}

/** The pieces of an announcement, payloads by their topics. */
export function piecesOf(device: string, { components, ...shared }: DiscoveryPayload): Pieces {
  return Object.fromEntries(
    Object.entries(components).map(([id, { platform, ...component }]) => [
      `homeassistant/${platform}/heatloop_${device}/${id}/config`,
      JSON.stringify({ ...component, ...shared, ...pickAvailability(component) }),
    ]),
  );
}

function pickAvailability(component: object): object {
  return "availability" in component ? { availability: component.availability } : {};
}

/** Which entity of which device a topic is of. */
export function pieceOf(
  topic: string,
): { readonly device: string; readonly platform: string; readonly id: string } | undefined {
  const parts = /^homeassistant\/(\w+)\/heatloop_([^/]+)\/([^/]+)\/config$/.exec(topic);
  const [, platform, device, id] = parts ?? [];
  return platform === undefined || device === undefined || id === undefined ? undefined : { device, platform, id };
}
