import type { Clock } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import { type DiscoveryPayload, entitiesOf, withEarlierEntities } from "@heatloop/mqtt-discovery/discovery";
import {
  type Announced,
  componentsOf,
  type Form,
  nextStep,
  removalSteps,
  type Step,
} from "@heatloop/mqtt-discovery/publish-steps";
import { inBackground } from "@heatloop/program/background";
import type { Log } from "@heatloop/program/log";
import { problemText } from "../alerts/texts/problem-text.ts";
import type { Device } from "../device/device.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { separateAdvice } from "../mqtt/shared-heat-pumps.ts";
import { type Appearance, announcementOf, formOf } from "./announcement.ts";
import type { BrokerAnnouncements } from "./broker-announcements.ts";
import { completeAfterMs, inheritedEntities, isComplete } from "./inherited-entities.ts";
import type { Installations } from "./installations.ts";
import type { KeyedTimers } from "./keyed-timers.ts";

/** What announcing a heat pump needs, and what is remembered of each device id between two announcements. */
export type Announcing = {
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly installations: Installations;
  readonly brokerAnnouncements: BrokerAnnouncements;
  readonly devices: () => readonly Device[];
  /** Whether the heat pump of an id is followed, ready or not; undefined: that is not known yet. */
  readonly isFollowed: (deviceId: string) => boolean | undefined;
  /** Whether the settings name heat pumps, and not this one. */
  readonly isDropped: (deviceId: string) => boolean;
  /** Whether the heat pump of an id has a weekly schedule. */
  readonly isScheduled: (deviceId: string) => boolean;
  /** Of the tariff; empty: none is known. */
  readonly currency: () => string;
  /** undefined: English names, and no link. */
  readonly appearance: () => Promise<Appearance> | undefined;
  /** By device id, and for what else waits by `<id> unseen` and `<id> other`. */
  readonly timers: KeyedTimers;
  /** Entities that an earlier run announced and this one has not seen (yet). */
  readonly inherited: Map<string, Announced["components"]>;
  /** Devices to announce even where nothing has changed. */
  readonly due: Set<string>;
  /** The other installation that the log named last, by device. */
  readonly loggedPublishers: Map<string, string>;
};

/** Home Assistant skips parts of a payload that comes while it still works on the one before. */
const betweenStepsMs = 5_000;
/** How often to check whether another installation still publishes for a heat pump. */
const checkOtherEachMs = minuteMs;

/** Another installation that announces a heat pump, unless it has been offline for long. */
export function otherPublisherOf(
  { brokerAnnouncements, installations }: Pick<Announcing, "brokerAnnouncements" | "installations">,
  deviceId: string,
): string | undefined {
  const publisher = brokerAnnouncements.publisherOf(deviceId);
  const isOther = publisher !== undefined && publisher !== installations.own && !installations.isGone(publisher);
  return isOther ? publisher : undefined;
}

/** What this does, for the log. */
export const announcingWork = "announcing a heat pump to Home Assistant";

/** Takes the next step towards the broker holding what Home Assistant shall know of a device; does nothing at the goal. */
async function announce(announcing: Announcing, device: Device): Promise<void> {
  await inBackground(announcing.log, announcingWork, takeStep)(announcing, device);
}

async function takeStep(announcing: Announcing, { id }: Device): Promise<void> {
  const { brokerAnnouncements, timers, due, mqtt } = announcing;
  if (!brokerAnnouncements.isLoaded()) await brokerAnnouncements.loaded;
  const loading = announcing.appearance();
  const appearance = loading && (await loading);
  // The settings may have given it another name meanwhile.
  const device = announcing.devices().find((each) => each.id === id);
  if (timers.isStopped() || device === undefined || device.points().size === 0) return;
  const otherPublisher = otherPublisherOf(announcing, id);
  if (otherPublisher !== undefined) return leaveToOther(announcing, device, otherPublisher);
  announcing.loggedPublishers.delete(id);
  const before = brokerAnnouncements.of(id);
  const next = payloadOf(announcing, device, appearance);
  const form = formOf(id, before, next, mqtt.limits().packetBytes);
  const stepFrom = (published: typeof before, republish: boolean) =>
    nextStep({ device: id, published, next, form, republish });
  // Where the broker has forgotten it, Home Assistant does not know it though it was announced.
  const step = stepFrom(before, due.has(id) || !brokerAnnouncements.isOnBroker(id));
  if (step === undefined || !mqtt.connected()) return;
  due.delete(id);
  const isNews = stepFrom(before, false) !== undefined;
  const isLast = stepFrom(step.after, step.republish === true) === undefined;
  brokerAnnouncements.keep(id, step.after);
  if (!isLast) timers.after(id, betweenStepsMs, () => void announce(announcing, device));
  if (step.republish) due.add(id);
  const sent = await publishAll(mqtt, step.messages);
  if (sent && isNews && (isLast || step.republish)) logAnnounced(announcing.log, id, next, form);
  if (sent) return;
  // It is announced again at the next connection; what is to be removed is still on the broker.
  due.add(id);
  timers.cancel(id);
  brokerAnnouncements.keep(id, before);
}

/** Announces a device in `ms`, also where nothing has changed. */
export function announceAgain(announcing: Announcing, device: Device, ms: number): void {
  announcing.due.add(device.id);
  announceLater(announcing, device, ms);
}

/** Announces in `ms` what has changed of a device by then. */
export function announceLater(announcing: Announcing, device: Device, ms: number): void {
  announcing.timers.after(device.id, ms, () => void announce(announcing, device));
}

/** Removes a device's entities from Home Assistant; false, and they stay, where another installation announces them. */
export function removeAnnounced(announcing: Announcing, id: string, logLine: string): boolean {
  const { mqtt, brokerAnnouncements, timers, log } = announcing;
  for (const key of [id, unseenKey(id), otherKey(id)]) timers.cancel(key);
  announcing.due.delete(id);
  announcing.inherited.delete(id);
  announcing.loggedPublishers.delete(id);
  if (otherPublisherOf(announcing, id) !== undefined) return false;
  const messages = removalSteps(id, brokerAnnouncements.of(id));
  brokerAnnouncements.forget(id);
  log.info(logLine, { device: id });
  void publishAll(mqtt, messages);
  return true;
}

function payloadOf(announcing: Announcing, device: Device, appearance: Appearance | undefined): DiscoveryPayload {
  const { mqtt, clock, brokerAnnouncements, inherited, timers } = announcing;
  const payload = announcementOf(device, {
    ...appearance,
    isScheduled: announcing.isScheduled(device.id),
    currency: announcing.currency(),
    version: announcing.version,
    installation: announcing.installations.own,
    // At a broker that keeps nothing Home Assistant would wait for the heat pump's next start.
    hasAvailability: device.availabilitySeen() && mqtt.limits().retain,
  });
  const earlier = inherited.get(device.id) ?? componentsOf(brokerAnnouncements.of(device.id));
  const unseen = Object.entries(earlier).filter(([id]) => !Object.hasOwn(payload.components, id));
  const left = inheritedEntities(Object.fromEntries(unseen), device, clock.now());
  inherited.set(device.id, left);
  if (unseen.length > 0 && !isComplete(device, clock.now())) {
    timers.after(unseenKey(device.id), completeAfterMs, () => void announce(announcing, device));
  }
  return withEarlierEntities(payload, device.id, left);
}

function leaveToOther(announcing: Announcing, device: Device, publisher: string): void {
  const { id, name } = device;
  announcing.due.delete(id);
  announcing.inherited.delete(id);
  announcing.timers.after(otherKey(id), checkOtherEachMs, () => void announce(announcing, device));
  if (announcing.loggedPublishers.get(id) === publisher) return;
  announcing.loggedPublishers.set(id, publisher);
  announcing.log.warn(
    `another Heatloop announces this heat pump to Home Assistant; this one logs it and announces nothing: ${problemText(separateAdvice, "en")}`,
    { device: id, name, installation: publisher },
  );
}

async function publishAll(mqtt: Mqtt, messages: Step["messages"]): Promise<boolean> {
  const sent = await Promise.all(
    messages.map(({ topic, payload }) => mqtt.publish(topic, payload, { retain: true, qos: 1 })),
  );
  return sent.every(Boolean);
}

function logAnnounced(log: Log, device: string, payload: DiscoveryPayload, form: Form): void {
  const fields = { device, entities: Object.keys(entitiesOf(payload)).length };
  log.info(
    "announced the heat pump to Home Assistant",
    form === "whole" ? fields : { ...fields, form: "one message each" },
  );
}

function unseenKey(id: string): string {
  return `${id} unseen`;
}

function otherKey(id: string): string {
  return `${id} other`;
}
