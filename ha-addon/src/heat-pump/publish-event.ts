import type { Transition } from "@heatloop/core/live/transition";
import type { Zone } from "@heatloop/core/time/local-day";
import { type DeviceEvent, eventOf, eventTopic } from "@heatloop/mqtt-discovery/device-triggers";
import type { Mqtt } from "../mqtt/mqtt.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";

/**
 * Publishes what happened to a heat pump, for automations, where this installation publishes for it. While the broker is
 * away nothing is kept for later: an automation would take it for news.
 */
export function publishEvent(
  parts: {
    readonly mqtt: Pick<Mqtt, "publish">;
    readonly publishingRight: Pick<PublishingRight, "mayPublishFor">;
    readonly zone: () => Zone;
  },
  device: string,
  { kind, from, to, at }: Transition,
): void {
  const event = eventOf(kind, from, to);
  if (event === undefined || !parts.publishingRight.mayPublishFor(device)) return;
  const happened: DeviceEvent = { event, at: parts.zone().isoOf(at), from, to };
  void parts.mqtt.publish(eventTopic(device), JSON.stringify(happened), { retain: false, qos: 1 }).catch(() => false);
}
