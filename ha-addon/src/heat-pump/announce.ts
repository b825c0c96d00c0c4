import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { backgroundClock } from "@heatloop/program/background";
import type { Device } from "../device/device.ts";
import type { MqttMessage } from "../mqtt/message.ts";
import { birthTopic, isBirth } from "../mqtt/on-forgotten.ts";
import {
  type Announcing,
  announceAgain,
  announceLater,
  announcingWork,
  otherPublisherOf,
  removeAnnounced,
} from "./announce-device.ts";
import { keyedTimers } from "./keyed-timers.ts";
import { forgetStates } from "./publish-states.ts";

/** Announces the heat pumps to Home Assistant (MQTT discovery). */
export type Announcer = {
  /** Something about a device changed: a point came or went, the language, a zone. Published after a moment of quiet. */
  changed(device: Device): void;
  /** The device is gone: its entities go too, where this installation announced them. */
  gone(deviceId: string): void;
  /** Another installation that publishes for a heat pump now. */
  otherPublisherOf(deviceId: string): string | undefined;
  /** Whether this installation publishes for a heat pump; false while another one does, or while that is not known. */
  mayPublishFor(deviceId: string): boolean;
  stop(): void;
};

/** A device reports its 150 points within seconds; one payload shall hold them all. */
const quietMs = 5_000;
/** After this long on the broker every living device has been seen. */
const settledMs = minuteMs;
/** Before a new one has found the heat pumps and announces them itself. */
const newcomerMs = secondMs;
/** After Home Assistant's start each installation waits for a random time between the two, so that not all come at once. */
const afterBirthMs = { least: secondMs, most: 10 * secondMs };

/** Announces each device after its changes, and again where Home Assistant or the broker may have forgotten it. */
export function startAnnouncer(
  parts: Omit<Announcing, "timers" | "inherited" | "due" | "loggedPublishers"> & {
    /** 0 up to 1. */
    readonly random?: () => number;
  },
): Announcer {
  const { mqtt, log, installations, brokerAnnouncements, random = Math.random } = parts;
  const clock = backgroundClock(parts.clock, log, announcingWork);
  const timers = keyedTimers(clock);
  const announcing: Announcing = {
    ...parts,
    clock,
    timers,
    inherited: new Map(),
    due: new Set(),
    loggedPublishers: new Map(),
  };
  let connectedAt = clock.now();

  function connected(): void {
    connectedAt = clock.now();
    for (const device of parts.devices()) {
      // The broker may have forgotten what this run announced; what an earlier one did is about to come.
      if (brokerAnnouncements.isOnBroker(device.id)) announceAgain(announcing, device, quietMs);
      else announceLater(announcing, device, quietMs);
    }
    timers.after("", settledMs, () => removeForgotten(announcing));
  }

  const stops = [
    brokerAnnouncements.onForeign((deviceId) => {
      const device = parts.devices().find(({ id }) => id === deviceId);
      if (device !== undefined) announceLater(announcing, device, quietMs);
    }),
    installations.onChange(whenNewcomers(announcing)),
    mqtt.subscribe(birthTopic, (message) => announceAfterBirth(announcing, message, random)),
    mqtt.onConnected(connected),
  ];

  return {
    changed(device) {
      brokerAnnouncements.follow(device.id);
      // Right after the connection the retained topics pour in and start the quiet again and again: that is meant.
      if (timers.isWaiting(device.id) && clock.now() - connectedAt > settledMs) return;
      announceLater(announcing, device, quietMs);
    },
    gone(deviceId) {
      removeAnnounced(announcing, deviceId, "the heat pump's topics were cleared; its entities are removed");
    },
    otherPublisherOf: (deviceId) => otherPublisherOf(announcing, deviceId),
    mayPublishFor: (deviceId) => installations.hasAllRetained() && otherPublisherOf(announcing, deviceId) === undefined,
    stop() {
      for (const stop of stops) stop();
      timers.stop();
    },
  };
}

function announceAfterBirth(announcing: Announcing, message: MqttMessage, random: () => number): void {
  if (!isBirth(message)) return;
  const { least, most } = afterBirthMs;
  for (const device of announcing.devices()) announceAgain(announcing, device, least + (most - least) * random());
}

/**
 * Removes what the settings dropped, and what a person cleared from a broker that still has our announcement of it. A
 * broker that has lost its memory knows neither: there a heat pump is only away.
 */
function removeForgotten(announcing: Announcing): void {
  const { brokerAnnouncements, isFollowed, isDropped } = announcing;
  for (const id of brokerAnnouncements.ownDevices()) {
    if (isFollowed(id) !== false) continue;
    const why = isDropped(id) ? "the settings do not name any more" : "is no longer on the broker";
    if (!isDropped(id) && !brokerAnnouncements.isOnBroker(id)) continue;
    if (removeAnnounced(announcing, id, `removed a heat pump that ${why}`)) forgetStates(announcing.mqtt, id);
  }
}

/** A broker that keeps nothing cannot show a new installation what was announced before: then all is announced again. */
function whenNewcomers(announcing: Announcing): () => void {
  const { mqtt, installations, devices } = announcing;
  let others: readonly string[] = [];
  return () => {
    const now = installations.others().map(({ id }) => id);
    const isNew = now.some((id) => !others.includes(id));
    others = now;
    if (isNew && !mqtt.limits().retain) for (const device of devices()) announceAgain(announcing, device, newcomerMs);
  };
}
