import { availabilityTopic } from "@heatloop/core/catalogue/topics";
import {
  type AnnouncedDevice,
  type DiscoveryPayload,
  discoveryPayload,
  discoveryTopic,
} from "@heatloop/mqtt-discovery/discovery";
import type { Form, PublishedDiscovery } from "@heatloop/mqtt-discovery/publish-steps";
import type { Device } from "../device/device.ts";
import { publishBytes } from "../mqtt/limits.ts";

/** What a heat pump has in Home Assistant by the settings: the language of its entities, and its link to the page. */
export type Appearance = Pick<AnnouncedDevice, "names" | "pageUrl">;

/** What a removal adds to a payload, and a margin so that the form does not change with each entity that comes and goes. */
const spareBytes = 4_096;

/** The discovery payload of a heat pump as it is now, with the language and the points that it was seen with. */
export function announcementOf(
  device: Device,
  how: Appearance & {
    readonly isScheduled: boolean;
    readonly currency: string;
    readonly version: string;
    readonly installation: string;
    readonly hasAvailability: boolean;
  },
): DiscoveryPayload {
  const { hasAvailability, ...details } = how;
  return discoveryPayload({
    ...details,
    device: device.id,
    prefix: device.prefix,
    name: device.name,
    language: device.language(),
    points: device.points(),
    firmwareVersion: device.firmwareVersion(),
    controllerVersion: device.controllerVersion(),
    availabilityTopics: hasAvailability ? [availabilityTopic(device.prefix)] : [],
    own: true,
  });
}

/** So that a payload near the limit does not go to and fro between the two forms. */
const backBelow = 0.9;

/** In pieces where the broker takes no message of the size; back only where a tenth is to spare. */
export function formOf(
  device: string,
  { whole, pieces }: PublishedDiscovery,
  next: DiscoveryPayload,
  packetBytes: number,
): Form {
  const bytes = publishBytes(discoveryTopic(device), JSON.stringify(next)) + spareBytes;
  const isInPieces = whole === null && Object.keys(pieces).length > 0;
  return bytes > packetBytes * (isInPieces ? backBelow : 1) ? "pieces" : "whole";
}
