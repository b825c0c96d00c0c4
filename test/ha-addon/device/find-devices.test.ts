import { languages } from "@heatloop/core/catalogue/languages";
import { stateTopic } from "@heatloop/core/catalogue/topics";
import type { Stop } from "@heatloop/core/time/clock";
import { findDevices } from "@heatloop/ha-addon/device/find-devices";
import type { MqttMessage } from "@heatloop/ha-addon/mqtt/message";
import type { Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Finder = {
  readonly mqtt: Mqtt;
  /** The prefixes that are followed now. */
  readonly following: Set<string>;
  /** The calls, in order: `found home/hp`, `gone home/hp`. */
  readonly events: string[];
  readonly messages: (MqttMessage & { readonly prefix: string; readonly text: string })[];
  readonly lines: readonly string[];
  readonly stop: Stop;
  readonly unknown: readonly string[];
};

async function finder(url: string, prefixes: readonly string[] = []): Promise<Finder> {
  const mqtt = await connectedMqtt(url);
  const log = recordingLog();
  const following = new Set<string>();
  const events: string[] = [];
  const messages: Finder["messages"] = [];
  const unknown: string[] = [];
  const stop = findDevices({
    mqtt,
    log,
    prefixes,
    followed: {
      onFound(prefix) {
        events.push(`found ${prefix}`);
        following.add(prefix);
      },
      onGone(prefix) {
        events.push(`gone ${prefix}`);
        following.delete(prefix);
      },
      onMessage(prefix, message) {
        messages.push({ ...message, prefix, text: Buffer.from(message.payload).toString() });
      },
      onUnknown: (prefix, path) => unknown.push(`${prefix} ${path}`),
    },
    isMapped: (topic) => topic === "hp/sensor/mapped/state",
  });
  onTestFinished(stop);
  return { mqtt, following, events, messages, unknown, lines: log.lines, stop };
}

describe("a heat pump is found", () => {
  it.each(languages)("where the language of its firmware is %s", async (language) => {
    const { url } = await testBroker();
    const { mqtt, events } = await finder(url);
    const firmware = await firmwareOnMqtt(url, "ecodan-heatpump", language);
    await firmware.publishPoints(basicPoints);
    await settled(mqtt);
    expect(events).toEqual(["found ecodan-heatpump"]);
  });

  it.each([
    "hp",
    "home/hp",
    "home/cellar/hp",
    "sensor",
    "climate/hp",
    "/home/cellar/heatpump",
    "/esphome/AABBCC",
    "keller/",
    "my house/hp",
    "prices",
  ])("under the prefix %s", async (prefix) => {
    const { url } = await testBroker();
    const { mqtt, events } = await finder(url);
    const firmware = await firmwareOnMqtt(url, prefix);
    await firmware.publishPoints(basicPoints);
    await settled(mqtt);
    expect(events).toEqual([`found ${prefix}`]);
  });

  it("by its retained messages, and no message is lost or comes twice", async () => {
    const { url } = await testBroker();
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    await firmware.publishPoint("fault_code", "No error");
    await firmware.status("online");
    const { mqtt, messages } = await finder(url);
    await settled(mqtt);
    const topics = messages.map(({ topic }) => topic);
    const published = [...basicPoints, "fault_code" as const].map((point) => stateTopic("hp", point, "en"));
    expect(topics.toSorted()).toEqual([...published, "hp/status"].toSorted());
    expect(messages.every(({ retained, prefix }) => retained && prefix === "hp")).toBe(true);
  });

  it("by what it publishes live, with the newest of what it published before it was known", async () => {
    const { url } = await testBroker();
    const { mqtt, messages } = await finder(url);
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.status("online");
    await firmware.publishPoint("flow_temperature", "30.0");
    await firmware.publishPoint("flow_temperature", "30.5");
    await firmware.publishPoint("compressor", "ON");
    await firmware.publishPoint("return_temperature", "27.0");
    await firmware.publishPoint("compressor_frequency", "40.00");
    await firmware.publishPoint("flow_rate", "17");
    await firmware.publishPoint("flow_rate", "18");
    await settled(mqtt);
    expect(messages.map(({ topic, text, retained }) => `${topic} ${text}${retained ? " retained" : ""}`)).toEqual([
      "hp/status online",
      "hp/sensor/feed_temp/state 30.5",
      "hp/binary_sensor/compressor/state ON",
      "hp/sensor/return_temp/state 27.0",
      "hp/sensor/compressor_frequency/state 40.00",
      "hp/sensor/flow_rate/state 17",
      "hp/sensor/flow_rate/state 18",
    ]);
  });

  it("beside one whose prefix differs in a sign that ids don't have", async () => {
    const { url } = await testBroker();
    const { mqtt, following } = await finder(url);
    for (const prefix of ["home_hp", "home/hp", "home hp"]) {
      const firmware = await firmwareOnMqtt(url, prefix);
      await firmware.publishPoints(basicPoints);
    }
    await settled(mqtt);
    expect([...following]).toEqual(["home_hp", "home/hp", "home hp"]);
  });

  it("beside another one, each with its own messages", async () => {
    const { url } = await testBroker();
    const { mqtt, following, messages } = await finder(url);
    const [first, second] = [await firmwareOnMqtt(url, "first"), await firmwareOnMqtt(url, "home/second", "de")];
    await first.publishPoints(basicPoints);
    await second.publishPoints(basicPoints);
    await settled(mqtt);
    expect([...following]).toEqual(["first", "home/second"]);
    expect(messages.every(({ prefix, topic }) => topic.startsWith(`${prefix}/`))).toBe(true);
    expect(messages).toHaveLength(2 * basicPoints.length);
  });
});

it("other things on the broker are no heat pump", async () => {
  const { url } = await testBroker();
  const { mqtt, events, messages } = await finder(url);
  const plug = await firmwareOnMqtt(url, "washing-machine");
  await plug.publish("status", "online");
  await plug.publish("sensor/wifi_signal_db/state", "-60");
  await plug.publish("sensor/esp_uptime/state", "1000");
  await plug.publish("sensor/power/state", "4.1");
  await plug.publish("switch/relay/state", "ON");
  const weather = await firmwareOnMqtt(url, "weather-station");
  await weather.publish("sensor/outside_temp/state", "4");
  await weather.publish("sensor/flow_rate/state", "1");
  await weather.publish("climate/greenhouse/current_temperature/state", "21");
  const zigbee = await firmwareOnMqtt(url, "zigbee2mqtt");
  await zigbee.publish("bridge/state", '{"state":"online"}');
  await zigbee.publish("living_room", '{"temperature":21.4,"battery":97}');
  await zigbee.publish("living_room/availability", '{"state":"online"}');
  const homeAssistant = await firmwareOnMqtt(url, "homeassistant");
  await homeAssistant.publish("status", "online");
  await homeAssistant.publish("sensor/feed_temp/config", "{}");
  const tooDeep = await firmwareOnMqtt(url, "a/house/in/a/street/there");
  await tooDeep.publishPoints(basicPoints);
  const binary = await firmwareOnMqtt(url, "garbage");
  await binary.publish("sensor/feed_temp/state/state", "\u0000\u0001");
  await settled(mqtt);
  expect(events).toEqual([]);
  expect(messages).toEqual([]);
});

describe("a heat pump that goes", () => {
  it("is gone once the last of its topics is cleared, and comes back when it publishes again", async () => {
    const { url } = await testBroker();
    const { mqtt, events } = await finder(url);
    const firmware = await firmwareOnMqtt(url, "hp");
    await firmware.publishPoints(basicPoints);
    await firmware.clear(["flow_temperature", "return_temperature", "flow_rate"]);
    await settled(mqtt);
    expect(events).toEqual(["found hp"]);
    await firmware.clear();
    await settled(mqtt);
    expect(events).toEqual(["found hp", "gone hp"]);
    await firmware.publishPoints(basicPoints);
    await settled(mqtt);
    expect(events).toEqual(["found hp", "gone hp", "found hp"]);
  });

  it("is not gone when it is offline, nor when it was updated to another language and the old topics are cleared", async () => {
    const { url } = await testBroker();
    const { mqtt, events } = await finder(url);
    const firmware = await firmwareOnMqtt(url, "hp", "en");
    await firmware.publishPoints(basicPoints);
    await firmware.status("offline");
    await firmware.publishPoints(basicPoints, { language: "de" });
    await firmware.clear(basicPoints);
    await settled(mqtt);
    expect(events).toEqual(["found hp"]);
  });

  it("may be renamed: the old prefix goes and the new one comes, in either order", async () => {
    const { url } = await testBroker();
    const { mqtt, events } = await finder(url);
    const [before, after] = [await firmwareOnMqtt(url, "before"), await firmwareOnMqtt(url, "after")];
    await before.publishPoints(basicPoints);
    await after.publishPoints(basicPoints);
    await before.clear();
    await settled(mqtt);
    expect(events).toEqual(["found before", "found after", "gone before"]);
    await after.clear();
    await before.publishPoints(basicPoints);
    await settled(mqtt);
    expect(events.slice(3)).toEqual(["gone after", "found before"]);
  });
});

describe("explicit prefixes", () => {
  it("are followed from the start, before anything is published", async () => {
    const { url } = await testBroker();
    const { events } = await finder(url, ["a/very/deep/prefix/hp", "hp"]);
    expect(events).toEqual(["found a/very/deep/prefix/hp", "found hp"]);
  });

  it("win: nothing else is followed, and what they publish comes whatever it is", async () => {
    const { url } = await testBroker();
    const { mqtt, events, messages } = await finder(url, ["a/very/deep/prefix/hp"]);
    const [named, other] = [await firmwareOnMqtt(url, "a/very/deep/prefix/hp"), await firmwareOnMqtt(url, "other")];
    await other.publishPoints(basicPoints);
    const below = await firmwareOnMqtt(url, "a/very/deep/prefix/hp/climate");
    await below.publishPoints(basicPoints);
    await named.publishPoint("flow_temperature", "30.5");
    await named.clear();
    await settled(mqtt);
    expect(events).toEqual(["found a/very/deep/prefix/hp"]);
    expect(messages.map(({ topic, text }) => [topic, text])).toEqual([
      ["a/very/deep/prefix/hp/sensor/feed_temp/state", "30.5"],
      ["a/very/deep/prefix/hp/sensor/feed_temp/state", ""],
    ]);
  });
});

it("nothing comes any more after the end, and a new start receives the retained messages again", async () => {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.publishPoints(basicPoints);
  const first = await finder(url);
  await settled(first.mqtt);
  first.stop();
  const before = first.messages.length;
  await firmware.publishPoints(basicPoints);
  await settled(first.mqtt);
  expect(first.messages).toHaveLength(before);
  const again: string[] = [];
  const stop = findDevices({
    mqtt: first.mqtt,
    log: recordingLog(),
    prefixes: [],
    followed: { onFound: (prefix) => again.push(prefix), onGone: () => {}, onMessage: () => {}, onUnknown: () => {} },
    isMapped: () => false,
  });
  onTestFinished(stop);
  await waitFor(() => again.length > 0, "found again");
  expect(again).toEqual(["hp"]);
});

it("topics of a heat pump that are not known are named, and those that the settings explain are left to them", async () => {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.publishPoints(basicPoints);
  const { mqtt, unknown, messages } = await finder(url);
  await settled(mqtt);
  messages.length = 0;
  await firmware.publish("sensor/vorlauf/state", "34.5");
  await firmware.publish("sensor/mapped/state", "34.5");
  await firmware.publish("climate/wasser/target_temperature/state", "50");
  await firmware.publish("debug", "x");
  await settled(mqtt);
  expect(unknown).toEqual(["hp sensor/vorlauf", "hp climate/wasser/target_temperature"]);
  expect(messages).toEqual([]);
});
