import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Language } from "@heatloop/core/catalogue/languages";
import type { PointId } from "@heatloop/core/catalogue/points";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { secondMs } from "@heatloop/core/time/durations";
import { openStateFiles } from "@heatloop/ha-addon/base/state-file";
import { type Device, startDevice } from "@heatloop/ha-addon/device/device";
import { type Announcer, startAnnouncer } from "@heatloop/ha-addon/heat-pump/announce";
import { startBrokerAnnouncements } from "@heatloop/ha-addon/heat-pump/broker-announcements";
import { type Installations, startInstallations } from "@heatloop/ha-addon/heat-pump/installations";
import type { Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { type DiscoveryPayload, discoveryPayload, discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { loadNames } from "@heatloop/mqtt-discovery/load-names";
import { connectAsync } from "mqtt";
import { onTestFinished } from "vitest";
import { type SimulatedClock, simulatedClock } from "#test/support/simulated-clock.ts";
import { namedZone } from "./archives/archive-folder.ts";
import type { TestBroker } from "./broker/broker.ts";
import { connectedMqtt, settled } from "./broker/connected-mqtt.ts";
import { firmwareState } from "./firmware-states.ts";
import { recordingLog } from "./recording-log.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** Where the device `hp` is announced. */
export const announcedTopic = discoveryTopic("hp");
const version = "1.2.3";

export type Announcement = {
  readonly at: number;
  readonly payload: string;
  readonly retain: boolean;
  readonly qos: number;
};

export type Announcing = {
  readonly clock: SimulatedClock;
  readonly mqtt: Mqtt;
  readonly announcer: Announcer;
  readonly installations: Installations;
  readonly device: Device;
  /** The devices that are followed. */
  readonly living: Device[];
  /** Ids of heat pumps that are followed and not ready yet, and of those that the settings do not name any more. */
  readonly followed: Set<string>;
  readonly dropped: Set<string>;
  readonly lines: readonly string[];
  /** What was published on the device's topic since the start, and when in simulated time. */
  readonly announced: Announcement[];
  /** Lets time pass, a second at a time, and waits until what is published meanwhile is at the broker. */
  pass(ms: number): Promise<void>;
  /** The firmware publishes points, and the announcer gets each change. */
  report(points: readonly PointId[], how?: ReportHow): void;
  /** As Home Assistant publishes at its start. */
  birth(payload?: string): Promise<void>;
};
type ReportHow = { readonly payload?: string; readonly language?: Language; readonly retained?: true };

/** The announcing installation where a test gives no other. */
export const installation = "aaaaaaaa";

/**
 * A device `hp` that has published nothing yet, and its announcer at a real broker, on simulated time. It keeps what it
 * announced in `folder`.
 */
export async function announcing(
  broker: TestBroker,
  random = () => 0.5,
  { own = installation, folder = temporaryFolder(), language = (): HomeLanguage => "en" } = {},
): Promise<Announcing> {
  const clock = simulatedClock(Date.parse("2026-11-21T12:00:00+01:00"));
  const mqtt = await connectedMqtt(broker.url);
  const someone = await connectAsync(broker.url, { protocolVersion: 5 });
  onTestFinished(() => someone.endAsync(true));
  const log = recordingLog();
  const announced: Announcement[] = [];
  const underWay = new Set<Promise<boolean>>();
  const watched: Mqtt = {
    ...mqtt,
    publish(topic, payload, how) {
      if (topic === announcedTopic) announced.push({ at: clock.now(), payload, ...how });
      const done = mqtt.publish(topic, payload, how);
      underWay.add(done);
      void done.finally(() => underWay.delete(done));
      return done;
    },
  };
  const device = startDevice({ prefix: "hp", mqtt, zone: () => namedZone("Europe/Rome"), at: clock.now() });
  const living = [device];
  const followed = new Set<string>();
  const dropped = new Set<string>();
  const stateFile = openStateFiles(folder, log)("announced");
  const brokerAnnouncements = startBrokerAnnouncements({ mqtt, own, stateFile });
  onTestFinished(() => brokerAnnouncements.stop());
  await brokerAnnouncements.loaded;
  const heatPumps = () => living.map(({ id }) => id);
  const installations = startInstallations({ own, mqtt: watched, clock, log, heatPumps });
  const announcer = startAnnouncer({
    mqtt: watched,
    clock,
    log,
    installations,
    brokerAnnouncements,
    version,
    random,
    devices: () => living,
    isFollowed: (id) => followed.has(id) || living.some((each) => each.id === id),
    isDropped: (id) => dropped.has(id),
    isScheduled: () => false,
    currency: () => "",
    appearance: () => loadNames(language())?.then((names) => ({ names })),
  });
  onTestFinished(announcer.stop);
  await settled(mqtt);
  return {
    clock,
    mqtt,
    announcer,
    installations,
    device,
    living,
    followed,
    dropped,
    lines: log.lines,
    announced,
    async pass(ms) {
      const end = clock.now() + ms;
      while (clock.now() < end) {
        clock.advanceTo(Math.min(end, clock.now() + secondMs));
        await new Promise((resolve) => setImmediate(resolve));
        while (underWay.size > 0) await Promise.all(underWay);
      }
    },
    report(points, { payload, language = "en", retained } = {}) {
      for (const point of points) {
        const text = payload ?? firmwareState(point, language, 1).payload;
        const identity = () =>
          [device.points().size, device.language(), device.firmwareVersion(), device.controllerVersion()].join();
        const before = identity();
        const message = { topic: stateTopic("hp", point, language), payload: text, retained: retained === true };
        device.take(message, clock.now());
        if (identity() !== before) announcer.changed(device);
      }
    },
    async birth(payload = "online") {
      await someone.publishAsync("homeassistant/status", payload, { qos: 1 });
      await settled(mqtt);
    },
  };
}

/** The announcement of a device that the broker shall have in the end. */
export function payloadOf(device: Device): DiscoveryPayload {
  const { id, prefix, name } = device;
  return discoveryPayload({
    device: id,
    prefix,
    name,
    language: device.language(),
    points: device.points(),
    firmwareVersion: device.firmwareVersion(),
    controllerVersion: device.controllerVersion(),
    availabilityTopics: [],
    installation,
    own: true,
    version,
  });
}

export function componentsOf({ payload }: Announcement): Record<string, Record<string, unknown>> {
  return (JSON.parse(payload) as { components: Record<string, Record<string, unknown>> }).components;
}

/** Leaves a device's config on the broker, as an earlier run of the program did. */
export async function leaveConfig(broker: TestBroker, device: string, payload: object): Promise<void> {
  const client = await connectAsync(broker.url);
  await client.publishAsync(discoveryTopic(device), JSON.stringify(payload), { retain: true, qos: 1 });
  await client.endAsync();
}
