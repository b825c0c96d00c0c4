import type { Clock, Stop } from "@heatloop/core/time/clock";
import { type DiscoveryPayload, keeping } from "@heatloop/mqtt-discovery/discovery";
import {
  type Announced,
  componentsOf,
  type Form,
  nextStep,
  removalSteps,
  type Step,
} from "@heatloop/mqtt-discovery/publish-steps";
import { backgroundClock, inBackground } from "../base/background.ts";
import type { Log } from "../base/log.ts";
import type { Device } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { birthTopic, isBirth } from "../mqtt/on-forgotten.ts";
import { separate } from "../mqtt/shared-heat-pumps.ts";
import { announcementOf, formOf } from "./announcement.ts";
import { hasToldAll, inheritedEntities, toldAllMs } from "./inherited-entities.ts";
import type { Installations } from "./installations.ts";
import { forgetStates } from "./publish-states.ts";
import type { StandingAnnouncements } from "./standing-announcements.ts";

/** Tells Home Assistant what heat pumps there are. */
export type Announcer = {
  /** Something about a device changed: a point came or went, the language, a zone. Published after a moment of quiet. */
  changed(device: Device): void;
  /** The device is gone: its entities go too, where this installation told of them. */
  gone(deviceId: string): void;
  /** Another installation that speaks for a heat pump now. */
  tellerOf(deviceId: string): string | undefined;
  /** Whether this installation speaks for a heat pump; false while it is another one's, or while that is not known. */
  speaksFor(deviceId: string): boolean;
  stop(): void;
};

/** A device tells its 150 points within seconds; one payload shall hold them all. */
const quietMs = 5_000;
/** Home Assistant skips parts of a payload that comes while it still works on the one before. */
const betweenStepsMs = 5_000;
/** After this long on the broker every living device has shown itself. */
const settledMs = 60_000;
/** How often it is looked whether another installation still speaks for a heat pump. */
const lookAgainMs = 60_000;
/** What this does, for the log. */
const telling = "telling Home Assistant of a heat pump";
/** Before a new one has found the heat pumps and tells of them itself. */
const newcomerMs = 1_000;

export function startAnnouncer(parts: {
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly installations: Installations;
  readonly standing: StandingAnnouncements;
  readonly devices: () => readonly Device[];
  /** Whether the heat pump of an id is followed, ready or not; undefined: that is not known yet. */
  readonly isFollowed: (deviceId: string) => boolean | undefined;
  /** Whether the settings name heat pumps, and not this one. */
  readonly isDropped: (deviceId: string) => boolean;
  /** Of the tariff; empty: none is known. */
  readonly currency: () => string;
  /** 0 up to 1. */
  readonly random?: () => number;
}): Announcer {
  const { mqtt, log, installations, standing, random = Math.random } = parts;
  const clock = backgroundClock(parts.clock, log, telling);
  const { own } = installations;
  /** What an earlier run has told and this one has not seen (yet). */
  const inherited = new Map<string, Announced["components"]>();
  const waiting = new Map<string, Stop>();
  /** Devices that are to be told even if nothing has changed. */
  const due = new Set<string>();
  const saidOthers = new Map<string, string>();
  let connectedAt = clock.now();
  let stopped = false;
  let others: readonly string[] = [];

  function payloadOf(device: Device): DiscoveryPayload {
    const payload = announcementOf(device, {
      currency: parts.currency(),
      version: parts.version,
      installation: own,
      // At a broker that keeps nothing Home Assistant would wait for the heat pump's next start.
      hasAvailability: device.availabilitySeen() && mqtt.limits().retain,
    });
    const earlier = inherited.get(device.id) ?? componentsOf(standing.of(device.id));
    const unseen = Object.entries(earlier).filter(([id]) => !Object.hasOwn(payload.components, id));
    const left = inheritedEntities(Object.fromEntries(unseen), device, clock.now());
    inherited.set(device.id, left);
    if (unseen.length > 0 && !hasToldAll(device, clock.now())) {
      after(`${device.id} unseen`, toldAllMs, () => void announce(device));
    }
    return keeping(payload, device.id, left);
  }

  function after(deviceId: string, ms: number, work: () => void): void {
    if (stopped) return;
    cancel(deviceId);
    waiting.set(
      deviceId,
      clock.after(ms, () => {
        waiting.delete(deviceId);
        work();
      }),
    );
  }

  function cancel(key: string): void {
    waiting.get(key)?.();
    waiting.delete(key);
  }

  /** Another installation that tells of a heat pump, and has not been gone for long. */
  function otherOwnerOf(deviceId: string): string | undefined {
    const owner = standing.ownerOf(deviceId);
    return owner === undefined || owner === own || installations.isGone(owner) ? undefined : owner;
  }

  const announce = inBackground(log, telling, async (device: Device) => {
    const { id } = device;
    if (!standing.isLoaded()) await standing.loaded;
    if (stopped || !parts.devices().includes(device) || device.points().size === 0) return;
    if (otherOwnerOf(id) !== undefined) return leaveToOther(device);
    saidOthers.delete(id);
    const before = standing.of(id);
    const next = payloadOf(device);
    // Where the broker has forgotten it, it is not known there though it was told.
    const again = due.has(id) || !standing.isOnBroker(id);
    const form = formOf(id, before, next, mqtt.limits().packetBytes);
    const step = nextStep({ device: id, standing: before, next, form, again });
    if (step === undefined || !mqtt.connected()) return;
    due.delete(id);
    const isNews = nextStep({ device: id, standing: before, next, form, again: false }) !== undefined;
    const isLast = nextStep({ device: id, standing: step.after, next, form, again: step.again === true }) === undefined;
    standing.keep(id, step.after);
    if (!isLast) after(id, betweenStepsMs, () => void announce(device));
    if (step.again) due.add(id);
    const sent = await publishAll(step.messages);
    if (sent && isNews && (isLast || step.again)) sayTold(id, next, form);
    if (sent) return;
    // It is told again at the next connection; what is to be removed still stands.
    due.add(id);
    cancel(id);
    standing.keep(id, before);
  });

  function sayTold(device: string, { components }: DiscoveryPayload, form: Form): void {
    const facts = { device, entities: Object.keys(components).length };
    log.info("told Home Assistant of the heat pump", form === "whole" ? facts : { ...facts, form: "one message each" });
  }

  async function publishAll(messages: Step["messages"]): Promise<boolean> {
    const sent = await Promise.all(
      messages.map(({ topic, payload }) => mqtt.publish(topic, payload, { retain: true, qos: 1 })),
    );
    return sent.every(Boolean);
  }

  function leaveToOther(device: Device): void {
    const { id, name } = device;
    const owner = otherOwnerOf(id) ?? "";
    due.delete(id);
    inherited.delete(id);
    after(`${id} other`, lookAgainMs, () => void announce(device));
    if (saidOthers.get(id) === owner) return;
    saidOthers.set(id, owner);
    log.warn(
      `another Heatloop tells Home Assistant of this heat pump; this one logs it and tells nothing: ${separate}`,
      { device: id, name, installation: owner },
    );
  }

  function tellLater(device: Device, ms: number): void {
    due.add(device.id);
    after(device.id, ms, () => void announce(device));
  }

  function takeBirth(message: MqttMessage): void {
    if (!isBirth(message)) return;
    for (const device of parts.devices()) tellLater(device, 1_000 + 9_000 * random());
  }

  /**
   * Removes what the settings dropped, and what a person cleared from a broker that still has our announcement of it. A
   * broker that has lost its memory knows neither: there a heat pump is only away.
   */
  function removeForgotten(): void {
    for (const id of standing.ownDevices()) {
      if (parts.isFollowed(id) !== false) continue;
      const why = parts.isDropped(id) ? "the settings do not name any more" : "is no longer on the broker";
      if (!parts.isDropped(id) && !standing.isOnBroker(id)) continue;
      if (remove(id, `removed a heat pump that ${why}`)) forgetStates(mqtt, id);
    }
  }

  function remove(id: string, sentence: string): boolean {
    for (const key of [id, `${id} unseen`, `${id} other`]) cancel(key);
    due.delete(id);
    inherited.delete(id);
    saidOthers.delete(id);
    if (otherOwnerOf(id) !== undefined) return false;
    const messages = removalSteps(id, standing.of(id));
    standing.forget(id);
    log.info(sentence, { device: id });
    void publishAll(messages);
    return true;
  }

  function lookAt(deviceId: string): void {
    const device = parts.devices().find(({ id }) => id === deviceId);
    if (device !== undefined) after(deviceId, quietMs, () => void announce(device));
  }

  /** A broker that keeps nothing has not told a new installation of what was told before. */
  function tellNewcomer(): void {
    const now = installations.others().map(({ id }) => id);
    const isNew = now.some((id) => !others.includes(id));
    others = now;
    if (isNew && !mqtt.limits().retain) for (const device of parts.devices()) tellLater(device, newcomerMs);
  }

  const stops = [
    standing.onForeign(lookAt),
    installations.onChange(tellNewcomer),
    mqtt.subscribe(birthTopic, takeBirth),
    mqtt.onConnected(() => {
      connectedAt = clock.now();
      for (const device of parts.devices()) {
        // The broker may have forgotten what this run told it; what an earlier one told is about to come.
        if (standing.isOnBroker(device.id)) tellLater(device, quietMs);
        else after(device.id, quietMs, () => void announce(device));
      }
      after("", settledMs, removeForgotten);
    }),
  ];

  return {
    changed(device) {
      standing.follow(device.id);
      // Right after the connection the retained topics pour in and start the quiet again and again: that is meant.
      if (waiting.has(device.id) && clock.now() - connectedAt > settledMs) return;
      after(device.id, quietMs, () => void announce(device));
    },
    gone(deviceId) {
      remove(deviceId, "the heat pump's topics were cleared; its entities are removed");
    },
    tellerOf: otherOwnerOf,
    speaksFor: (deviceId) => installations.hasHeardAll() && otherOwnerOf(deviceId) === undefined,
    stop() {
      stopped = true;
      for (const stop of stops) stop();
      for (const stop of waiting.values()) stop();
    },
  };
}
