import type { DayEnergy } from "@heatloop/core/energy/day-energy";
import type { PowerNow } from "@heatloop/core/live/power-now";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
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
import type { CsvHealth } from "../archive/csv-files.ts";
import { type Device, operationNow } from "../device/device.ts";
import type { Mqtt } from "../mqtt/mqtt.ts";
import { onForgotten } from "../mqtt/on-forgotten.ts";
import type { Voice } from "../mqtt/voice.ts";
import type { RoomFeedView } from "../room-feed/view.ts";

/** Often enough for a person who looks on, and no flood for Home Assistant's recorder. */
const powerEachMs = 15_000;

/** Publishes what Heatloop itself knows of one device, retained, when it changes and at each connection, where it speaks for it. */
export type StatePublisher = {
  /** Looks at everything and publishes what is not what the broker has. */
  refresh(): void;
  stop(): void;
};

export function startStatePublisher(parts: {
  readonly device: Device;
  readonly mqtt: Mqtt;
  readonly clock: Clock;
  readonly zone: () => Zone;
  readonly today: () => DayEnergy;
  readonly yesterday: () => DayEnergy;
  readonly roomFeed: () => readonly RoomFeedView[];
  readonly log: () => CsvHealth;
  readonly power: () => PowerNow;
  readonly voice: Voice;
}): StatePublisher {
  const { device, mqtt, clock } = parts;
  let operation = operationNow(device, clock.now());
  const sent = new Map<string, string>();

  function publish(topic: string, payload: string): void {
    if (!parts.voice.speaksFor(device.id)) {
      sent.delete(topic);
      return;
    }
    if (sent.get(topic) === payload || !mqtt.connected()) return;
    sent.set(topic, payload);
    void mqtt.publish(topic, payload, { retain: true, qos: 0 }).then((done) => {
      if (!done && sent.get(topic) === payload) sent.delete(topic);
    });
  }

  function publishDay(topic: string, day: DayEnergy): void {
    publish(topic, JSON.stringify(dayState(day, parts.zone().isoOf(parts.zone().startOf(day.date)))));
  }

  function refresh(): void {
    operation = operationNow(device, clock.now());
    publish(operationTopic(device.id), operationPayload(operation));
    publishPower();
    publishDay(dayTopic(device.id), parts.today());
    publishDay(yesterdayTopic(device.id), parts.yesterday());
    for (const feed of parts.roomFeed()) {
      const state: RoomFeedPayload = {
        state: feed.state,
        reason: feed.reason,
        temperature_c: feed.temperatureC,
        sent_c: feed.sentC,
      };
      publish(roomFeedTopic(device.id, feed.zone), JSON.stringify(state));
    }
    const { ok, reason } = parts.log();
    publish(logTopic(device.id), JSON.stringify({ ok, reason }));
  }

  function publishPower(): void {
    const { heatW, electricityW, cop } = parts.power();
    const state: PowerState = {
      heat_w: heatW === null ? null : Math.round(heatW),
      electricity_w: electricityW === null ? null : Math.round(electricityW),
      cop: cop === null ? null : Number(cop.toFixed(2)),
    };
    publish(powerTopic(device.id), JSON.stringify(state));
  }

  const stops: Stop[] = [
    clock.every(powerEachMs, publishPower),
    device.onReading(() => {
      if (operationNow(device, clock.now()) !== operation) refresh();
    }),
    parts.voice.onChange(refresh),
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

/** Clears what was ever published of a device that is gone. */
export function forgetStates(mqtt: Pick<Mqtt, "publish">, deviceId: string): void {
  const ofDevice = [operationTopic, powerTopic, dayTopic, yesterdayTopic, logTopic, reportTopic].map((topicOf) =>
    topicOf(deviceId),
  );
  const ofZones = ([1, 2] as const).map((zone) => roomFeedTopic(deviceId, zone));
  for (const topic of [...ofDevice, ...ofZones]) void mqtt.publish(topic, "", { retain: true, qos: 0 });
}
