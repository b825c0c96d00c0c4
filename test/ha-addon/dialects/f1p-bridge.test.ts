import { commandTopic, stateTopic } from "@heatloop/core/catalogue/topics";
import type { Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import type { OpenWire } from "@heatloop/simulator/firmware/wire";
import { startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync } from "mqtt";
import { describe, expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

const prefix = "Ecodan/ASHP";

/** The simulator's messages go through the broker in the order of the app's own, so that the two keep pace. */
function wiresOver(mqtt: Mqtt): OpenWire {
  return ({ will, onConnected }) => {
    let isConnected = false;
    return {
      connected: () => isConnected,
      publish(topic, payload, how) {
        if (isConnected) void mqtt.publish(topic, payload, how);
      },
      subscribe(topic, receive) {
        mqtt.subscribe(topic, ({ payload }) => isConnected && receive(new TextDecoder().decode(payload)));
      },
      connect() {
        isConnected = true;
        onConnected();
      },
      async disconnect() {
        isConnected = false;
      },
      drop() {
        if (isConnected && will !== undefined) void mqtt.publish(will.topic, will.payload, { retain: true, qos: 0 });
        isConnected = false;
      },
    };
  };
}

/** The whole program and a simulated heat pump with the F1p firmware at a real broker, on one simulated clock. */
async function startHome(settings: object = {}, kept: readonly (readonly [topic: string, payload: string])[] = []) {
  const { url } = await testBroker();
  await retain(url, kept);
  const running = await runningApp({ brokerUrl: url });
  if (Object.keys(settings).length > 0) await running.put(settings);
  const simulator = startSimulator({
    clock: running.clock,
    prefix,
    dialect: "f1p",
    openWire: wiresOver(running.mqtt),
  });
  onTestFinished(() => simulator.close());
  const person = await connectAsync(url);
  onTestFinished(() => person.endAsync(true));
  const retained = new Map<string, string>();
  person.on("message", (topic, payload) => retained.set(topic, payload.toString()));
  await person.subscribeAsync(`${prefix}/#`);
  return { running, simulator, person, retained };
}

async function passUntil(running: RunningApp, isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  await waitFor(
    async () => {
      await running.pass(5_000);
      return isSo();
    },
    what,
    60_000,
  );
}

type Status = {
  readonly online: boolean;
  readonly operation: string;
  readonly values: Record<string, unknown>;
};

/** What the broker has of before. */
async function retain(url: string, kept: readonly (readonly [topic: string, payload: string])[]): Promise<void> {
  const client = await connectAsync(url);
  for (const [topic, payload] of kept) await client.publishAsync(topic, payload, { retain: true });
  await client.endAsync();
}

async function foundHome(kept: readonly (readonly [topic: string, payload: string])[] = []) {
  const home = await startHome({}, kept);
  const devices = () => home.running.get<readonly { readonly id: string }[]>("/api/devices");
  await passUntil(home.running, async () => (await devices()).length === 1, "the heat pump is found");
  return home;
}

describe("a heat pump with the F1p firmware", () => {
  it("is found, and read like any other: status, energy and log", async () => {
    const { running, simulator } = await foundHome();
    for (let s = 0; s < 420; s += 5) await running.pass(5_000);
    const [device] = await running.get<readonly { readonly id: string; readonly prefix: string }[]>("/api/devices");
    expect(device?.prefix).toBe(prefix);
    const status = await running.get<Status>(`/api/devices/${device?.id}/status`);
    expect(status.online).toBe(true);
    const flowC = Math.round(simulator.home.circuit.flowC * 2) / 2;
    expect(Math.abs(Number(status.values.flow_temperature_c) - flowC)).toBeLessThanOrEqual(1);
    expect(status.values.zone_1_operating_mode).toBeDefined();
    const csv = await running.text(`/api/devices/${device?.id}/minutes.csv?from=2026-11-21&to=2026-11-21`);
    const [header = "", ...rows] = csv.trim().split("\n");
    expect(rows.length).toBeGreaterThan(4);
    const covered = header.split(",").indexOf("covered_s");
    // The first minute begins in the middle; every other is whole although most reports come every 30 s only.
    expect(rows.slice(1).map((row) => row.split(",")[covered])).toEqual(rows.slice(1).map(() => "60"));
    expect(header).toContain("zone_1_room_temperature_c");
    const room = header.split(",").indexOf("zone_1_room_temperature_c");
    expect(rows.slice(1).every((row) => row.split(",")[room] !== "")).toBe(true);
  });

  it("obeys what is commanded in the topics that Home Assistant uses, and reports it", async () => {
    const { running, simulator, person, retained } = await foundHome();
    const { settings } = simulator.home;
    const commands = [
      ["dhw_climate_target", "47"],
      ["prohibit_dhw", "ON"],
      ["zone_1_operating_mode", "Heat Compensation Curve"],
      ["room_feedback_zone_1", "20.6"],
    ] as const;
    for (const [point, payload] of commands)
      await person.publishAsync(commandTopic(prefix, point, "en") ?? "", payload);
    await passUntil(running, () => settings.number("room_feedback_zone_1") === 20.6, "the commands arrived");
    expect(settings.number("dhw_climate_target")).toBe(47);
    expect(settings.on("prohibit_dhw")).toBe(true);
    expect(settings.choice("zone_1_operating_mode")).toBe("heat_compensation_curve");
    await passUntil(
      running,
      () => retained.get(stateTopic(prefix, "dhw_climate_target", "en")) === "47",
      "it is reported",
    );
    expect(retained.get(stateTopic(prefix, "zone_1_operating_mode", "en"))).toBe("Heat Compensation Curve");
    expect(retained.get(stateTopic(prefix, "room_feedback_zone_1", "en"))).toBe("20.6");
  });

  it.each<readonly [string, boolean, string, string]>([
    ["a value out of its range", false, "95", "no value that can be set"],
    ["a command that the broker kept", true, "41", "it was kept by the broker"],
  ])("is not sent %s; the log says so", async (_, isKept, payload, reason) => {
    const topic = commandTopic(prefix, "dhw_climate_target", "en") ?? "";
    const { running, simulator, person } = await foundHome(isKept ? [[topic, payload]] : []);
    const before = simulator.home.settings.number("dhw_climate_target");
    if (!isKept) await person.publishAsync(topic, payload);
    await passUntil(running, () => running.lines().some((line) => line.includes(reason)), "it is logged");
    expect(simulator.home.settings.number("dhw_climate_target")).toBe(before);
    expect(before).not.toBe(Number(payload));
  });

  it("goes offline with its last will, and is there again", async () => {
    const { running, simulator } = await foundHome();
    const online = async () => (await running.get<readonly { readonly online: boolean }[]>("/api/devices"))[0]?.online;
    simulator.dropConnection(60);
    await passUntil(running, async () => (await online()) === false, "it is offline");
    await running.pass(60_000);
    await passUntil(running, async () => (await online()) === true, "it is online");
  });

  it("is left alone where the settings name others only", async () => {
    const { running, retained } = await startHome({ devices: [{ prefix: "other" }] });
    await running.pass(60_000);
    await waitFor(() => retained.has(`${prefix}/Status/Zone1`), "it has published");
    expect([...retained.keys()].filter((topic) => topic.includes("/sensor/"))).toEqual([]);
  });
});
