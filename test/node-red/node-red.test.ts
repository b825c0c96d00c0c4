import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBroker, type TestBroker } from "#test/support/broker/broker.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { hasNodeRed, startNodeRed, type TestNodeRed } from "./node-red.ts";

const prefix = "ecodan-heatpump";
const rooms = [
  { name: "Living room", topic: "home/living_room" },
  { name: "Kitchen", topic: "home/kitchen", field: "temperature" },
  { name: "Bedroom", topic: "home/bedroom", scale: 0.5 },
];

describe.skipIf(!hasNodeRed())("the flows in the real Node-RED", () => {
  let broker: TestBroker;
  let simulator: Simulator;
  let nodeRed: TestNodeRed;
  let person: MqttClient;
  const commands: string[] = [];
  const alerts: { readonly alert: string; readonly raised: boolean; readonly message: string }[] = [];

  beforeAll(async () => {
    broker = await startBroker();
    person = await connectAsync(broker.url);
    person.on("message", (topic, payload) => {
      if (topic === "home/heat_pump/alert") alerts.push(JSON.parse(payload.toString()));
      else commands.push(`${topic.slice(prefix.length + 1)} ${payload}`);
    });
    await person.subscribeAsync([`${prefix}/+/+/command`, "home/heat_pump/alert"]);
    // What the broker kept is of an unknown age.
    await person.publishAsync("home/living_room", "28", { retain: true });
    simulator = startSimulator({
      clock: wallClock({ speed: 1 }),
      prefix,
      hasWatchdog: true,
      settings: { room_source_zone_1: "home_assistant" },
      openWire: mqttWires({ url: broker.url }, () => {}),
    });
    nodeRed = await startNodeRed({
      HEATLOOP_MQTT_HOST: "127.0.0.1",
      HEATLOOP_MQTT_PORT: new URL(broker.url).port,
      HEATLOOP_ROOMS: JSON.stringify(rooms),
      HEATLOOP_OFFLINE_MIN: 0,
    });
  }, 120_000);

  afterAll(async () => {
    await nodeRed?.close();
    await simulator?.close();
    await person?.endAsync(true);
    await broker?.close();
  });

  const fedC = () => simulator.home.settings.number("room_feedback_zone_1");
  const report = async (topic: string, payload: string) => void (await person.publishAsync(topic, payload));
  const numbers = () => commands.filter((line) => line.startsWith("number/"));

  /** Thermostats report again and again: what comes before the flow has subscribed is lost. */
  async function reportUntil(payloads: Readonly<Record<string, string>>, isSo: () => boolean, what: string) {
    let nextAt = 0;
    await waitFor(
      async () => {
        if (simulator.now() >= nextAt) {
          nextAt = simulator.now() + 2_000;
          for (const [topic, payload] of Object.entries(payloads)) await report(topic, payload);
        }
        return isSo();
      },
      what,
      60_000,
    );
  }

  /** Lets the flow look twice, which it does every 10 s. */
  async function twoLooks(): Promise<void> {
    const from = simulator.now();
    await waitFor(() => simulator.now() - from >= 21_000, "two looks", 60_000);
  }

  it("start without an error", () => {
    const lines = nodeRed.log().split("\n");
    expect(
      lines.filter((line) => /\[(error|warn)\]/.test(line) && !/credentials|Projects disabled/.test(line)),
    ).toEqual([]);
  });

  it("feed the heat pump with the mean of the rooms, its name first", async () => {
    const all = {
      "home/living_room": "21.0",
      "home/kitchen": '{"temperature": 20.4, "battery": 90}',
      "home/bedroom": "41.2",
    };
    await reportUntil(all, () => Math.abs(fedC() - 20.7) < 0.01, "the mean is fed");
    const [name, value] = commands.slice(-2);
    expect(name).toBe("text/room_feeder_z1/command Node-RED");
    expect(value).toBe("number/auto-adaptive__current_room_temperature_feedback_z1/command 20.7");
  }, 90_000);

  it("take no room that reports 0, a word, or what no room has; two of three are enough", async () => {
    const before = numbers().length;
    await report("home/living_room", "0");
    await report("home/kitchen", '{"temperature": 20.9}');
    await report("home/bedroom", "41.8");
    await waitFor(() => numbers().length > before, "the mean of the other two", 60_000);
    expect(numbers().at(-1)).toMatch(/ 20\.9$/);
    await report("home/living_room", "unavailable");
    await report("home/kitchen", '{"temperature": 21.3}');
    await waitFor(() => numbers().at(-1)?.endsWith(" 21.1"), "the mean of the other two again", 60_000);
  }, 150_000);

  it("send nothing where too few rooms are good, and go on once they are", async () => {
    await report("home/kitchen", "no JSON");
    const before = numbers().length;
    await twoLooks();
    expect(numbers()).toHaveLength(before);
    await report("home/bedroom", "43");
    await report("home/living_room", "unavailable");
    await report("home/kitchen", '{"temperature": 21.3}');
    await waitFor(() => numbers().length > before, "the feed goes on", 60_000);
    expect(numbers().slice(before)).toEqual([expect.stringMatching(/ 21\.4$/)]);
  }, 90_000);

  it("send one temperature at most in ten seconds, however much is reported", async () => {
    const before = numbers().length;
    for (let i = 0; i < 1000; i += 1) await report("home/kitchen", `{"temperature": ${20 + (i % 20) / 10}}`);
    await report("home/kitchen", '{"temperature": 20.5}');
    await waitFor(() => numbers().at(-1)?.endsWith(" 21.0"), "the last mean", 60_000);
    expect(numbers().length - before).toBeLessThanOrEqual(3);
    expect(fedC()).toBeCloseTo(21, 1);
  }, 90_000);

  it("after a restart wait for the rooms instead of sending what the broker kept", async () => {
    const before = numbers().length;
    await nodeRed.restart();
    const two = { "home/kitchen": '{"temperature": 20.5}', "home/bedroom": "41.8" };
    await reportUntil(two, () => numbers().length > before, "the feed goes on");
    expect(numbers().slice(before)).toEqual([expect.stringMatching(/ 20\.7$/)]);
  }, 150_000);

  it("say once that the heat pump is offline and has a fault, and once that it is over", async () => {
    simulator.fault("P6 1234");
    await waitFor(() => alerts.some(({ alert, raised }) => alert === "fault" && raised), "the fault", 60_000);
    simulator.fault(null);
    simulator.dropConnection(25);
    await waitFor(() => alerts.some(({ alert, raised }) => alert === "offline" && !raised), "it is back", 90_000);
    await waitFor(() => alerts.some(({ alert, raised }) => alert === "fault" && !raised), "the fault is over", 60_000);
    const said = alerts.map(({ alert, raised }) => `${alert} ${raised}`);
    expect(said.filter((each) => each.startsWith("fault"))).toEqual(["fault true", "fault false"]);
    expect(said.filter((each) => each.startsWith("offline"))).toEqual(["offline true", "offline false"]);
    expect(alerts.find(({ alert }) => alert === "fault")?.message).toBe("The heat pump reports the fault P6 1234");
  }, 180_000);
});
