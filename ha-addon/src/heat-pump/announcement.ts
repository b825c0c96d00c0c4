import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import { type DiscoveryPayload, discoveryPayload, discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import type { Form, PublishedDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import type { Device } from "../device/device.ts";
import { publishBytes } from "../mqtt/limits.ts";

/** What a removal adds to a payload, and room so that a heat pump does not move with each entity that comes and goes. */
const spareBytes = 4_096;

/** What Home Assistant is told of a heat pump as it is now; the language and the points as they were heard. */
export function announcementOf(
  device: Device,
  how: {
    readonly currency: string;
    readonly version: string;
    readonly installation: string;
    readonly hasAvailability: boolean;
  },
): DiscoveryPayload {
  const { hasAvailability, ...told } = how;
  return discoveryPayload({
    ...told,
    device: device.id,
    prefix: device.prefix,
    name: device.name,
    language: device.language(),
    points: device.points(),
    availabilityTopics: hasAvailability ? [availabilityTopic(device.prefix)] : [],
    own: true,
  });
}

/** In pieces where the broker takes no message of the size; back only where there is room to spare. */
export function formOf(
  device: string,
  { whole, pieces }: PublishedDiscovery,
  next: DiscoveryPayload,
  packetBytes: number,
): Form {
  const bytes = publishBytes(discoveryTopic(device), JSON.stringify(next)) + spareBytes;
  const isInPieces = whole === null && Object.keys(pieces).length > 0;
  return bytes > packetBytes * (isInPieces ? 0.9 : 1) ? "pieces" : "whole";
}
