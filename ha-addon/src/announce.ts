import type { Clock, Stop } from "@heatloop/core/clock";
import { type DiscoveryPayload, discoveryPayload, discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { type Announced, publishSteps, removal } from "@heatloop/mqtt-discovery/publish-steps";
import type { Device } from "./device.ts";
import { hasToldAll, inheritedEntities, toldAllMs } from "./inherited-entities.ts";
import { parseJson } from "./json-text.ts";
import type { Log } from "./log.ts";
import type { Mqtt, MqttMessage } from "./mqtt.ts";
import { forgetStates } from "./publish-states.ts";

/** Tells Home Assistant what heat pumps there are. */
export type Announcer = {
  /** Something about a device changed: a point came or went, the language, a zone. Published after a moment of quiet. */
  changed(device: Device): void;
  /** The device is gone: its entities go too. */
  gone(deviceId: string): void;
  stop(): void;
};

/** A device tells its 150 points within seconds; one payload shall hold them all. */
const quietMs = 5_000;
/** Home Assistant skips parts of a payload that comes while it still works on the one before. */
const betweenStepsMs = 5_000;
const birthTopic = "homeassistant/status";
const ownConfigs = "homeassistant/device/+/config";
/** After this long on the broker every living device has shown itself. */
const settledMs = 60_000;

export function startAnnouncer(parts: {
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly devices: () => readonly Device[];
  /** Of the tariff; empty: none is known. */
  readonly currency: () => string;
  /** 0 up to 1. */
  readonly random?: () => number;
}): Announcer {
  const { mqtt, clock, log, version, random = Math.random } = parts;
  /** What the broker has of each device, as far as Home Assistant still needs to know of it. */
  const standing = new Map<string, Announced>();
  /** What an earlier run has told and this one has not seen (yet). */
  const inherited = new Map<string, Announced["components"]>();
  const waiting = new Map<string, Stop>();
  /** Devices that are to be told even if nothing has changed. */
  const due = new Set<string>();
  let connectedAt = clock.now();
  let stopped = false;

  function payloadOf(device: Device): DiscoveryPayload {
    const payload = discoveryPayload({
      device: device.id,
      prefix: device.prefix,
      name: device.name,
      language: device.language(),
      points: device.points(),
      own: true,
      currency: parts.currency(),
      version,
    });
    const unseen = Object.entries(inherited.get(device.id) ?? {}).filter(
      ([id]) => !Object.hasOwn(payload.components, id),
    );
    const left = inheritedEntities(Object.fromEntries(unseen), device, clock.now());
    inherited.set(device.id, left);
    if (unseen.length > 0 && !hasToldAll(device, clock.now())) {
      after(`${device.id} unseen`, toldAllMs, () => void announce(device));
    }
    // As they were announced: our own words of another run.
    return { ...payload, components: { ...(left as DiscoveryPayload["components"]), ...payload.components } };
  }

  function after(deviceId: string, ms: number, work: () => void): void {
    if (stopped) return;
    waiting.get(deviceId)?.();
    waiting.set(
      deviceId,
      clock.after(ms, () => {
        waiting.delete(deviceId);
        work();
      }),
    );
  }

  async function announce(device: Device): Promise<void> {
    const { id } = device;
    if (!parts.devices().includes(device) || device.points().size === 0) return;
    const before = standing.get(id);
    const next = payloadOf(device);
    const isNews = before === undefined || textOf(before) !== textOf(next);
    if (!isNews && !due.has(id)) return;
    const [first, rest] = publishSteps(before, next);
    due.delete(id);
    standing.set(id, next);
    if (!(await publish(id, JSON.stringify(first)))) {
      // It is told again at the next connection; what is to be removed still stands.
      if (standing.get(id) === next) keepStanding(id, before);
      return;
    }
    if (rest !== undefined) tellLater(device, betweenStepsMs);
    const entities = Object.keys(next.components).length;
    if (isNews) log.info("told Home Assistant of the heat pump", { device: id, entities });
  }

  function keepStanding(id: string, announced: Announced | undefined): void {
    if (announced === undefined) standing.delete(id);
    else standing.set(id, announced);
  }

  function tellLater(device: Device, ms: number): void {
    due.add(device.id);
    after(device.id, ms, () => void announce(device));
  }

  function publish(deviceId: string, payload: string): Promise<boolean> {
    return mqtt.publish(discoveryTopic(deviceId), payload, { retain: true, qos: 1 });
  }

  /** What an earlier run has told: the way to entities and devices that went away meanwhile. */
  function takeConfig(message: MqttMessage): void {
    const id = /^homeassistant\/device\/heatloop_(.+)\/config$/.exec(message.topic)?.[1];
    if (id === undefined || !message.retained || standing.has(id) || message.payload.length === 0) return;
    const announced = announcedIn(message.payload);
    if (announced === undefined) return;
    standing.set(id, announced);
    inherited.set(id, announced.components);
  }

  function takeBirth(message: MqttMessage): void {
    if (message.retained || new TextDecoder().decode(message.payload) !== "online") return;
    for (const device of parts.devices()) tellLater(device, 1_000 + 9_000 * random());
  }

  function removeForgotten(): void {
    const living = new Set(parts.devices().map((device) => device.id));
    for (const id of standing.keys()) {
      if (living.has(id)) continue;
      remove(id, "removed a heat pump that is no longer on the broker");
      forgetStates(mqtt, id);
    }
  }

  function remove(id: string, sentence: string): void {
    waiting.get(id)?.();
    waiting.delete(id);
    due.delete(id);
    standing.delete(id);
    inherited.delete(id);
    log.info(sentence, { device: id });
    void publish(id, removal);
  }

  const stops = [
    mqtt.subscribe(ownConfigs, takeConfig),
    mqtt.subscribe(birthTopic, takeBirth),
    mqtt.onConnected(() => {
      connectedAt = clock.now();
      for (const device of parts.devices()) {
        // The broker may have forgotten what this run told it; what an earlier one told is about to come.
        if (standing.has(device.id)) tellLater(device, quietMs);
        else after(device.id, quietMs, () => void announce(device));
      }
      after("", settledMs, removeForgotten);
    }),
  ];

  return {
    changed(device) {
      // Right after the connection the retained topics pour in and start the quiet again and again: that is meant.
      if (waiting.has(device.id) && clock.now() - connectedAt > settledMs) return;
      after(device.id, quietMs, () => void announce(device));
    },
    gone: (deviceId) => remove(deviceId, "the heat pump's topics were cleared; its entities are removed"),
    stop() {
      stopped = true;
      for (const stop of stops) stop();
      for (const stop of waiting.values()) stop();
    },
  };
}

/** The order of the components is that in which they became known. */
function textOf(announced: Announced): string {
  return JSON.stringify({
    ...announced,
    components: Object.entries(announced.components).sort(([a], [b]) => (a < b ? -1 : 1)),
  });
}

function announcedIn(payload: Uint8Array): Announced | undefined {
  const json = parseJson(new TextDecoder().decode(payload));
  if (!json.ok || typeof json.value !== "object" || json.value === null) return undefined;
  const { components } = json.value as { readonly components?: unknown };
  return typeof components === "object" && components !== null ? (json.value as Announced) : undefined;
}
