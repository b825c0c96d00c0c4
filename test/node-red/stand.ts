import { wallClock } from "@heatloop/simulator/clock";
import { mqttWires } from "@heatloop/simulator/mqtt";
import { type Simulator, startSimulator } from "@heatloop/simulator/simulator";
import { connectAsync } from "mqtt";
import { startBroker } from "#test/support/broker/broker.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startNodeRed, type TestNodeRed } from "./node-red.ts";

export const prefix = "ecodan-heatpump";
/** How often the flows look at the clock here. */
export const everyS = 0.5;

const rooms = [
  { name: "Living room", topic: "home/living_room" },
  { name: "Kitchen", topic: "home/kitchen", field: "temperature" },
  { name: "Bedroom", topic: "home/bedroom", scale: 0.5 },
];

export type Alert = { readonly alert: string; readonly raised: boolean; readonly message: string };

/** A broker, a heat pump, the real Node-RED with the flows, and a person who publishes and sees what they send. */
export type Stand = {
  readonly simulator: Simulator;
  readonly nodeRed: TestNodeRed;
  /** Every command that reached the broker: its path below the prefix, a space, its payload. */
  readonly commands: readonly string[];
  readonly alerts: readonly Alert[];
  /** What the heat pump has published last on a path below its prefix. */
  reported(path: string): string;
  publish(topic: string, payload: string): Promise<void>;
  publishRetained(topic: string, payload: string): Promise<void>;
  /** Reports again and again, as thermostats and meters do: what comes before the flow has subscribed is lost. */
  reportUntil(payloads: Readonly<Record<string, string>>, isSo: () => boolean, what: string): Promise<void>;
  /** Reports again and again while the flows look at the clock `count` times. */
  reportFor(payloads: Readonly<Record<string, string>>, count: number): Promise<void>;
  /** Lets the flows look at the clock `count` times. */
  looks(count: number): Promise<void>;
  close(): Promise<void>;
};

export async function startStand(): Promise<Stand> {
  const broker = await startBroker();
  const person = await connectAsync(broker.url);
  const commands: string[] = [];
  const alerts: Alert[] = [];
  const reported = new Map<string, string>();
  person.on("message", (topic, payload) => {
    if (topic.endsWith("/state")) reported.set(topic.slice(prefix.length + 1), payload.toString());
    else if (topic === "home/heat_pump/alert") alerts.push(JSON.parse(payload.toString()));
    else commands.push(`${topic.slice(prefix.length + 1)} ${payload}`);
  });
  const heard = ["+/+/command", "+/+/+/command", "sensor/+/state"].map((path) => `${prefix}/${path}`);
  await person.subscribeAsync([...heard, "home/heat_pump/alert"]);
  // What the broker kept is of an unknown age.
  await person.publishAsync("home/living_room", "28", { retain: true });
  await person.publishAsync("home/pv", '{"surplus": 5}', { retain: true });
  const simulator = startSimulator({
    // Whenever the tests run, the heat pump is at a time at which it neither defrosts nor heats the tank.
    clock: wallClock({ startAt: Date.parse("2026-11-29T12:07:00Z"), speed: 3 }),
    prefix,
    hasWatchdog: true,
    settings: { room_source_zone_1: "home_assistant", dhw_climate_target: 48 },
    openWire: mqttWires({ url: broker.url }, () => {}),
  });
  const nodeRed = await startNodeRed({
    settings: settingsFor(new URL(broker.url).port),
    with: "heatloop-dashboard.json",
  });
  const publish = async (topic: string, payload: string) => void (await person.publishAsync(topic, payload));

  async function reportUntil(payloads: Readonly<Record<string, string>>, isSo: () => boolean, what: string) {
    let nextAt = 0;
    async function isNow() {
      if (performance.now() >= nextAt) {
        nextAt = performance.now() + 1_000;
        for (const [topic, payload] of Object.entries(payloads)) await publish(topic, payload);
      }
      return isSo();
    }
    await waitFor(isNow, what, 60_000);
  }
  async function reportFor(payloads: Readonly<Record<string, string>>, count: number) {
    const from = performance.now();
    await reportUntil(payloads, () => performance.now() - from >= (count * everyS + 1) * 1000, "looks at the clock");
  }

  return {
    simulator,
    nodeRed,
    commands,
    alerts,
    reported: (path) => reported.get(path) ?? "",
    publish,
    publishRetained: async (topic, payload) => void (await person.publishAsync(topic, payload, { retain: true })),
    reportUntil,
    reportFor,
    looks: (count) => reportFor({}, count),
    async close() {
      await nodeRed.close();
      await simulator.close();
      await person.endAsync(true);
      await broker.close();
    },
  };
}

function settingsFor(port: string): Readonly<Record<string, string | number>> {
  return {
    HEATLOOP_MQTT_HOST: "127.0.0.1",
    HEATLOOP_MQTT_PORT: port,
    HEATLOOP_EVERY_S: everyS,
    HEATLOOP_ROOMS: JSON.stringify(rooms),
    HEATLOOP_OFFLINE_MIN: 0,
    HEATLOOP_SURPLUS_TOPIC: "home/pv",
    HEATLOOP_SURPLUS_FIELD: "surplus",
    HEATLOOP_SURPLUS_SCALE: 1000,
    HEATLOOP_SURPLUS_MIN: 0.02,
    HEATLOOP_SURPLUS_MAX_AGE_MIN: 0.1,
    HEATLOOP_SURPLUS_HOT_WATER_C: 58,
    HEATLOOP_HOT_WATER_MAX_C: 54,
    HEATLOOP_PRICES_TOPIC: "home/prices",
    HEATLOOP_CHEAP_HOURS: 1,
    HEATLOOP_CHEAP_HOT_WATER_C: 51,
    HEATLOOP_CHEAP_ROOM_K: 1,
  };
}
