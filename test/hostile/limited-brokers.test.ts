import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { migrationRequest } from "@heatloop/mqtt-discovery/publish-steps";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { receivedBy } from "#test/support/broker/mqtt-link.ts";
import { olderBroker } from "#test/support/broker/older-broker.ts";
import { type FirmwareOnMqtt, firmwareOnMqtt, publishedPoints } from "#test/support/firmware-on-mqtt.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

const wholeTopic = discoveryTopic("hp");
const pieceTopic = "homeassistant/sensor/heatloop_hp/flow_temperature/config";

type Alert = { readonly id: string; readonly message: string };

async function brokerAlerts(running: RunningApp): Promise<Alert[]> {
  return (await running.get<Alert[]>("/api/alerts")).filter(({ id }) => !id.startsWith("fault/"));
}

async function limited(line: string): Promise<TestBroker> {
  const config = (port: number) => `listener ${port} 127.0.0.1\nallow_anonymous true\n${line}\n`;
  const broker = await startBroker({ config });
  onTestFinished(() => broker.close());
  return broker;
}

/** Lets minutes pass in which the firmware goes on publishing, and returns those that are logged. */
async function minutesLogged(running: RunningApp, firmware: FirmwareOnMqtt, minutes: number): Promise<number[]> {
  for (let i = 0; i < minutes * 4; i += 1) {
    // The connection uses the machine's clock.
    await waitFor(() => running.mqtt.connected(), "connected");
    await firmware.publishPoint("flow_temperature", i % 2 === 0 ? "35.0" : "35.1");
    await running.pass(15 * secondMs);
  }
  const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
  const column = csv[0]?.split(",").indexOf("flow_temperature_c") ?? -1;
  const rows = csv.slice(1).map((row) => row.split(","));
  return rows.filter((row) => row[column] !== "").map((row) => Number(row[0]?.slice(14, 16)));
}

/** A program that has found a heat pump with everything that the firmware has. */
async function runningAt(url: string, firmwareUrl: string, limits?: { retain: boolean; qos: 0 | 1 }) {
  const firmware = await firmwareOnMqtt(firmwareUrl, "hp", "en", limits);
  await firmware.status("online");
  const running = await runningApp({ brokerUrl: url });
  await waitFor(() => running.mqtt.connected(), "connected");
  await running.pass(0);
  await firmware.publishPoints(publishedPoints);
  await waitFor(async () => (await running.get<object[]>("/api/devices")).length === 1, "found");
  return { running, firmware };
}

describe.each([
  ["5", (broker: TestBroker) => Promise.resolve(broker.url)],
  ["3.1.1", ({ port }: TestBroker) => olderBroker(port)],
] as const)("at a broker of MQTT %s that takes messages up to 64 KiB", (version, urlOf) => {
  it("each entity is announced by itself, and no minute is lost to it", async () => {
    const broker = await limited("max_packet_size 65536");
    const { running, firmware } = await runningAt(await urlOf(broker), broker.url);
    const logged = await minutesLogged(running, firmware, 5);
    await waitFor(async () => (await retainedTopics(broker.url)).has(pieceTopic), "announced in pieces");
    expect(logged).toEqual([0, 1, 2, 3, 4]);
    const topics = [...(await retainedTopics(broker.url, "homeassistant/#")).keys()];
    expect(topics).not.toContain(wholeTopic);
    expect(topics.length).toBeGreaterThan(180);
    const lost = running.lines().filter((line) => line.includes("connection lost"));
    // The limit of a broker that does not state it has to be met twice.
    expect(lost.length).toBe(version === "5" ? 0 : 2);
    const announcements = running.lines().filter((line) => line.includes("announced the heat pump to Home Assistant"));
    expect(announcements.at(-1)).toContain('form="one message each"');
    expect(await brokerAlerts(running)).toEqual([]);
  });
});

it("a heat pump moves to pieces when the broker gets a limit, and back when it goes, by Home Assistant's steps", async () => {
  const broker = await limited("");
  const { running } = await runningAt(broker.url, broker.url);
  await running.pass(minuteMs);
  await waitFor(async () => (await retainedTopics(broker.url)).has(wholeTopic), "announced as a whole");
  for (const [limit, steps] of [
    ["max_packet_size 65536", [migrationRequest, ""]],
    ["", [migrationRequest, "", "whole"]],
  ] as const) {
    await broker.restartWith(limit);
    const received = await receiveTopics(broker.url, "homeassistant/#");
    await received.settled();
    const before = received.messages.length;
    await waitFor(() => running.mqtt.connected(), "connected again");
    await running.pass(minuteMs);
    await received.settled();
    const topics = limit === "" ? [pieceTopic, wholeTopic] : [wholeTopic];
    const published = received.messages.slice(before).filter(({ topic }) => topics.includes(topic));
    expect(published.map(({ payload }) => (payload.length > 50 ? "whole" : payload))).toEqual(steps);
    const retained = await retainedTopics(broker.url, "homeassistant/#");
    expect([retained.has(wholeTopic), retained.has(pieceTopic)]).toEqual([limit === "", limit !== ""]);
  }
});

describe("at a broker that keeps nothing", () => {
  it("everything is published again when Home Assistant comes, and one alert names what to change", async () => {
    const broker = await limited("retain_available false");
    const { running, firmware } = await runningAt(broker.url, broker.url, { retain: false, qos: 1 });
    expect(await minutesLogged(running, firmware, 3)).toEqual([0, 1, 2]);
    const homeAssistant = await receiveTopics(broker.url, "homeassistant/device/#", "heatloop/#");
    await homeAssistant.settled();
    expect(homeAssistant.messages).toEqual([]);
    const client = await connectAsync(broker.url, { protocolVersion: 5 });
    await client.publishAsync("homeassistant/status", "online", { qos: 1 });
    await client.endAsync();
    await running.pass(40 * secondMs);
    await homeAssistant.settled();
    const announced = JSON.parse(homeAssistant.last(wholeTopic) ?? "{}") as { availability: object };
    // What the heat pump published before Home Assistant came is lost.
    expect(announced.availability).toEqual([{ topic: installationStatusTopic(running.installation) }]);
    expect(homeAssistant.last(installationStatusTopic(running.installation))).toBe("online");
    expect(homeAssistant.last("heatloop/hp/day")).toContain('"date":"2026-11-21"');
    const alerts = await brokerAlerts(running);
    expect(alerts).toMatchObject([{ id: "broker/retain" }]);
    expect(alerts[0]?.message).toContain("retain_available true");
    const { mqtt, status } = await running.get<{ mqtt: object; status: string }>("/api/health");
    expect(mqtt).toMatchObject({ state: "connected", detail: alerts[0]?.message });
    expect(status).toBe("ok");
    expect(running.lines().filter((line) => line.includes("retain_available true"))).toHaveLength(1);
  });
});

it("at a broker that takes QoS 0 only all is logged and announced, and one alert names what to change", async () => {
  const broker = await limited("max_qos 0");
  const { running, firmware } = await runningAt(broker.url, broker.url, { retain: true, qos: 0 });
  expect(await minutesLogged(running, firmware, 3)).toEqual([0, 1, 2]);
  const received = await receivedBy(broker.url, wholeTopic);
  await waitFor(() => received.some((message) => message.endsWith("retained")), "announced");
  expect(await brokerAlerts(running)).toMatchObject([{ id: "broker/qos" }]);
  expect(running.lines().filter((line) => line.includes("max_qos 2"))).toHaveLength(1);
});
