import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { PowerNow } from "@heatloop/core/live/power-now";
import { round } from "@heatloop/core/math/rounding";
import type { Due } from "@heatloop/core/schedule/weekly-schedule";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import { alertsTopic } from "@heatloop/mqtt-discovery/alert-components";
import { type BoostState, boostTopic } from "@heatloop/mqtt-discovery/boost-components";
import {
  dayState,
  dayTopic,
  logTopic,
  operationPayload,
  operationTopic,
  type PowerState,
  powerTopic,
  type RoomFeedPayload,
  roomFeedTopic,
  yesterdayTopic,
} from "@heatloop/mqtt-discovery/own-states";
import { reportTopic } from "@heatloop/mqtt-discovery/report-states";
import { type NextChangeState, scheduleTopic } from "@heatloop/mqtt-discovery/schedule-components";
import type { CsvHealth } from "../archive/csv/csv-files.ts";
import { type Device, operationNow } from "../device/device.ts";
import type { BoostView } from "../hot-water/boost.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import type { PublishingRight } from "../mqtt/publishing-right.ts";
import type { RoomFeedView } from "../room-feed/view.ts";
import type { ScheduleSetting } from "../settings/schedule-settings.ts";

/** Often enough for a person who watches, and not too much for Home Assistant's recorder. */
const powerEachMs = 15_000;

/** Publishes what Heatloop itself knows of one device, retained, when it changes and at each connection, where it publishes for it. */
export type StatePublisher = {
  /** Publishes everything that is different from what the broker has. */
  refresh(): void;
  stop(): void;
};

type Parts = {
  readonly device: Device;
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly today: () => DayEnergy;
  readonly yesterday: () => DayEnergy;
  readonly roomFeed: () => readonly RoomFeedView[];
  /** undefined where the heat pump has none. */
  readonly boost: () => BoostView | undefined;
  /** What its schedule changes next; undefined where it has none. */
  readonly schedule: () => readonly Due<ScheduleSetting>[] | undefined;
  readonly log: () => CsvHealth;
  readonly power: () => PowerNow;
  readonly publishingRight: PublishingRight;
};

/** Publishes the states of a heat pump until it is stopped. */
export function startStatePublisher(parts: Parts): StatePublisher {
  const { device, mqtt, clock } = parts;
  const sent = new Map<string, string>();
  let operation = operationNow(device, clock.now());

  function publish(topic: string, payload: string): void {
    if (!parts.publishingRight.mayPublishFor(device.id)) {
      sent.delete(topic);
      return;
    }
    if (sent.get(topic) === payload || !mqtt.connected()) return;
    sent.set(topic, payload);
    void mqtt.publish(topic, payload, { retain: true, qos: 0 }).then((done) => {
      if (!done && sent.get(topic) === payload) sent.delete(topic);
    });
  }

  function publishPower(): void {
    publish(powerTopic(device.id), powerPayload(parts.power()));
  }

  function refresh(): void {
    operation = operationNow(device, clock.now());
    publish(operationTopic(device.id), operationPayload(operation));
    publishPower();
    publish(dayTopic(device.id), dayPayload(parts.today(), parts.zone()));
    publish(yesterdayTopic(device.id), dayPayload(parts.yesterday(), parts.zone()));
    for (const feed of parts.roomFeed()) publish(roomFeedTopic(device.id, feed.zone), roomFeedPayload(feed));
    const boost = parts.boost();
    if (boost !== undefined) publish(boostTopic(device.id), boostPayload(boost, parts.zone()));
    const next = parts.schedule();
    // Without a schedule nothing is said, but what was said of a former one is taken back.
    if (next !== undefined || sent.has(scheduleTopic(device.id))) {
      publish(scheduleTopic(device.id), nextChangePayload(next ?? [], parts.zone()));
    }
    const { ok, reason } = parts.log();
    publish(logTopic(device.id), JSON.stringify({ ok, reason }));
  }

  const stops: Stop[] = [
    clock.every(powerEachMs, publishPower),
    device.onReading(({ point }) => {
      if (point === "force_dhw" || operationNow(device, clock.now()) !== operation) refresh();
    }),
    parts.publishingRight.onChange(refresh),
    onForgotten({ mqtt, clock }, () => {
      sent.clear();
      refresh();
    }),
  ];
  return {
    refresh,
    stop() {
      for (const stop of stops) stop();
    },
  };
}

function dayPayload(day: DayEnergy, zone: Zone): string {
  return JSON.stringify(dayState(day, zone.isoOf(zone.startOf(day.date))));
}

function boostPayload({ minutes, until }: BoostView, zone: Zone): string {
  const state: BoostState = { minutes, until: until === null ? null : zone.isoOf(until) };
  return JSON.stringify(state);
}

function nextChangePayload(due: readonly Due<ScheduleSetting>[], zone: Zone): string {
  const [first] = due;
  const state: NextChangeState = {
    next: first === undefined ? null : zone.isoOf(first.at),
    changes: due.map(({ entry: { set, to } }) => ({ set, to, unit: set === "hot_water_boost" ? "min" : "°C" })),
  };
  return JSON.stringify(state);
}

function roomFeedPayload(feed: RoomFeedView): string {
  const state: RoomFeedPayload = {
    state: feed.state,
    reason: feed.reason,
    temperature_c: feed.temperatureC,
    sent_c: feed.sentC,
    read_back_c: feed.readBackC,
    source: feed.source,
  };
  return JSON.stringify(state);
}

function powerPayload({ heatW, electricityW, cop }: PowerNow): string {
  const state: PowerState = {
    heat_w: heatW === null ? null : Math.round(heatW),
    electricity_w: electricityW === null ? null : Math.round(electricityW),
    cop: cop === null ? null : round(cop, 2),
  };
  return JSON.stringify(state);
}

/** Where anything is retained of a device, beside what announces it. */
export function stateTopics(deviceId: string): readonly string[] {
  const ofDevice = [
    ...[operationTopic, powerTopic, dayTopic, yesterdayTopic, logTopic],
    ...[reportTopic, alertsTopic, boostTopic, scheduleTopic],
  ].map((topicOf) => topicOf(deviceId));
  const ofZones = ([1, 2] as const).map((zone) => roomFeedTopic(deviceId, zone));
  return [...ofDevice, ...ofZones];
}

/** Clears what was ever published of a device that is gone. */
export function forgetStates(mqtt: Pick<Mqtt, "publish">, deviceId: string): void {
  for (const topic of stateTopics(deviceId)) void mqtt.publish(topic, "", { retain: true, qos: 0 });
}
