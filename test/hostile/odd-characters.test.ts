import { topicProblem } from "@heatloop/ha-addon/mqtt/filter";
import fc from "fast-check";
import { expect, it } from "vitest";
import { connectedMqtt, settled } from "#test/support/broker/connected-mqtt.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";

const character = fc.oneof(
  fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  fc.integer({ min: 0, max: 0xff }).map((code) => String.fromCodePoint(code)),
  fc.constantFrom("\ud800", "\udfff", "\ufdd0", "\ufffe", "\u{10ffff}", "/", " ", "\u200b", "\ufeff"),
);
const text = fc.array(character, { minLength: 1, maxLength: 8 }).map((all) => all.join(""));

it("no topic that is taken makes Mosquitto end the connection", async () => {
  const { url } = await testBroker();
  const mqtt = await connectedMqtt(url);
  const topics = fc
    .sample(text, { numRuns: 3_000, seed: 20_261_130 })
    .filter((each) => topicProblem(each) === undefined);
  expect(topics.length).toBeGreaterThan(500);
  const taken = topics.filter((each) => !each.startsWith("$"));
  for (const topic of taken) mqtt.subscribe(topic, () => undefined);
  const refused = await Promise.all(
    taken.map(async (topic) => ((await mqtt.publish(topic, "x", { retain: false, qos: 1 })) ? [] : [topic])),
  );
  expect(refused.flat()).toEqual([]);
  await settled(mqtt);
  expect(mqtt.connected()).toBe(true);
});

it("a heat pump with such a prefix is not taken into the settings, and the others are followed on", async () => {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  expect(await running.put({ devices: ["hp"] })).toBe(200);
  expect(await running.put({ devices: ["hp", "p\u0092q"] })).toBe(400);
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoint("flow_temperature", "35");
  await settled(running.mqtt);
  expect(await running.text("/api/devices")).toContain('"hp"');
  expect(running.lines().filter((line) => line.includes("lost"))).toEqual([]);
});
