import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import { availabilityTopic, commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import { wallClock } from "@heatloop/simulator/clock";
import { builtPoints } from "@heatloop/simulator/firmware/entities";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync, type MqttClient } from "mqtt";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { waitFor } from "#test/support/wait-for.ts";

const prefix = "ecodan-heatpump";
const status = availabilityTopic(prefix);
const stateOf = (point: PointId) => stateTopic(prefix, point, "en");
const commandTo = (point: PointId) => commandTopic(prefix, point, "en") ?? "";

type Received = { readonly topic: string; readonly payload: string; readonly retain: boolean; readonly qos: number };

let broker: TestBroker;
let simulator: Simulator | undefined;
let listener: MqttClient | undefined;
let received: Received[] = [];
let logged: string[] = [];

beforeEach(async () => {
  broker = await startBroker();
  received = [];
  logged = [];
});

afterEach(async () => {
  await simulator?.close();
  await listener?.endAsync(true);
  await broker.close();
  simulator = undefined;
  listener = undefined;
});

async function listen(): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 100 });
  client.on("message", (topic, payload, packet) =>
    received.push({ topic, payload: payload.toString(), retain: packet.retain, qos: packet.qos }),
  );
  await client.subscribeAsync("#");
  listener = client;
  return client;
}

function start(speed = 20): Simulator {
  const clock = wallClock({ speed, startAt: Date.parse("2026-02-05T11:00:00Z") });
  simulator = startSimulator({ clock, openWire: mqttWires({ url: broker.url }, (sentence) => logged.push(sentence)) });
  return simulator;
}

const last = (topic: string) => received.findLast((message) => message.topic === topic)?.payload;
const payloadsOf = (topic: string) =>
  received.filter((message) => message.topic === topic).map(({ payload }) => payload);

describe("through a real Mosquitto", () => {
  it("leaves every state retained, at QoS 0, with online", async () => {
    start();
    const early = await listen();
    await waitFor(() => last(stateOf("compressor_starts")), "everything once");
    await early.endAsync();
    received.length = 0;
    await listen();
    const retained = () => received.filter(({ topic, retain }) => topic.startsWith(`${prefix}/`) && retain);
    const entities = builtPoints(1).filter(
      (point) => pointOf(point).component !== "button" && point !== "solver_ip_address",
    );
    await waitFor(() => retained().length > entities.length, "retained states");
    expect(new Set(retained().map(({ topic }) => topic))).toEqual(new Set([status, ...entities.map(stateOf)]));
    expect(received.filter(({ qos }) => qos !== 0)).toEqual([]);
    expect(last(status)).toBe("online");
    expect(last(`${prefix}-thermostats/bridge`)).toBe("online");
    expect(last("homeassistant/device/ecodan-heatpump_bedroom_thermostat/config")).toContain(
      "climate.bedroom_thermostat",
    );
  });

  it("obeys a command and reads it back", async () => {
    start();
    const client = await listen();
    await waitFor(() => last(status) === "online", "online");
    client.publish(commandTo("room_feedback_zone_1"), "21.5");
    await waitFor(() => last(stateOf("room_feedback_zone_1")) === "21.500000", "the read-back");
    client.publish(commandTo("room_feedback_zone_1"), "nan");
    client.publish(commandTo("room_feedback_zone_2"), "18");
    await waitFor(() => last(stateOf("room_feedback_zone_2")) === "18.000000", "the next read-back");
    expect(last(stateOf("room_feedback_zone_1"))).toBe("21.500000");
  });

  it("executes a retained command at every connection, as the real firmware does", async () => {
    const client = await listen();
    client.publish(commandTo("esp_restart"), "PRESS", { retain: true });
    start(30);
    await waitFor(() => payloadsOf(status).filter((payload) => payload === "offline").length >= 3, "a reboot loop");
    client.publish(commandTo("esp_restart"), "", { retain: true });
    await waitFor(() => simulator?.esp().kind === "running" && last(status) === "online", "the end of the loop");
  });

  it("leaves its last will at a power cut and comes back online by itself", async () => {
    const running = start();
    await listen();
    await waitFor(() => last(status) === "online", "online");
    running.powerCut(60);
    await waitFor(() => last(status) === "offline", "the last will");
    expect(last(`${prefix}-thermostats/bridge`)).toBe("online");
    received.length = 0;
    await waitFor(() => last(status) === "online", "online again");
    await waitFor(() => last(stateOf("minimum_on_time")) === "5.000000", "restored numbers");
    await waitFor(() => last(stateOf("flow_temperature")), "a new poll");
  });

  it("comes back by itself, with every state, when the broker was away", async () => {
    start();
    await listen();
    await waitFor(() => last(status) === "online", "online");
    await broker.stop();
    await waitFor(() => logged.length > 0, "a sentence about the broker");
    received.length = 0;
    await broker.start();
    await waitFor(() => last(status) === "online", "online again");
    await waitFor(() => last(stateOf("operation_mode")), "its states again");
    expect(logged.join("\n")).toContain("can't reach the broker");
    await waitFor(() => logged.some((sentence) => sentence.includes("reached the broker")), "the good news");
    expect(logged.length).toBeLessThan(12);
  });

  it("begins without a broker and finds it later", async () => {
    await broker.stop();
    start();
    await waitFor(() => logged.length > 0, "a sentence about the broker");
    await broker.start();
    await listen();
    await waitFor(() => last(status) === "online", "online");
  });

  it("publishes offline when it is closed", async () => {
    const running = start();
    await listen();
    await waitFor(() => last(status) === "online", "online");
    await running.close();
    await waitFor(() => last(status) === "offline" && last(`${prefix}-thermostats/bridge`) === "offline", "goodbye");
  });

  it("never logs a password", async () => {
    await broker.stop();
    const clock = wallClock();
    const url = broker.url.replace("mqtt://", "mqtt://person:hunter2@");
    const openWire = mqttWires({ url, username: "person", password: "hunter2" }, (sentence) => logged.push(sentence));
    simulator = startSimulator({ clock, openWire });
    await waitFor(() => logged.length > 0, "a sentence about the broker");
    expect(logged.join("\n")).not.toContain("hunter2");
    await broker.start();
  });
});
