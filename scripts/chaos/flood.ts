/** Another program at the broker, which publishes what nobody needs until it is told to end. */
import { stateTopic } from "@heatloop/core/catalogue/topics";
import { connectAsync, type MqttClient } from "mqtt";
import { z } from "zod";
import { floodKinds } from "./flooding.ts";
import { prefix } from "./house.ts";

/** In one go, each 10 ms. */
const turnMs = 10;
const messagesPerTurn = 100;
const largeBytes = 1024 * 1024;

const url = z.string().parse(process.argv[2]);
const kind = z.enum(floodKinds).parse(process.argv[3]);
const client = await connectAsync(url, { protocolVersion: 5, queueQoSZero: false });
const retained = new Set<string>();
let published = 0;

function publish(topic: string, payload: string | Buffer): void {
  client.publish(topic, payload);
  published += 1;
}

async function keep(topic: string, payload: string | Buffer): Promise<void> {
  retained.add(topic);
  await client.publishAsync(topic, payload, { retain: true, qos: 1 });
}

const garbage = ["nan", "", "1e999", "-", "{", "null", "\0", "ÿÿ", "9".repeat(400), "x".repeat(100_000), "[[[[[["];
/** Enough of them to be taken for a heat pump. */
const signs = [
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "dhw_temperature",
  "flow_rate",
] as const;
const signTopic = (of: string, count: number) => stateTopic(of, signs[count % signs.length] ?? signs[0], "en");

async function keepGarbage(): Promise<void> {
  const sensors = [...signs, "daily_electricity", "room_feedback_zone_1"] as const;
  const topics = [
    ...sensors.map((point) => stateTopic(prefix, point, "en")),
    `${prefix}/climate/nothing/mode/state`,
    `${prefix}/switch/nothing/state`,
    "homeassistant/device/heatloop_strange/config",
    "homeassistant/sensor/strange/config",
    "homeassistant/status/strange",
    "heatloop/strange/status",
    "heatloop/strange/report",
    stateTopic("some/other/house", "flow_temperature", "en"),
    "x/status",
  ];
  for (const [index, topic] of topics.entries()) {
    for (const offset of [0, 1, 2]) await keep(topic, garbage[(index + offset) % garbage.length] ?? "");
  }
}

async function keepDevices(): Promise<void> {
  for (let device = 0; device < 1000; device += 1) {
    await Promise.all(
      signs.map((sign) => keep(stateTopic(`strange-${device}`, sign, "en"), String(20 + (device % 30)))),
    );
  }
}

/** One turn of a flood. */
function turn(): void {
  if (kind === "large") publish(signTopic("strange", published), Buffer.alloc(largeBytes, "9"));
  if (kind !== "messages" && kind !== "topics") return;
  for (let count = 0; count < messagesPerTurn; count += 1) {
    if (kind === "topics") publish(signTopic(`strange/${published}`, published), "21.5");
    else publish(signTopic("strange", published % 3), String(20 + (published % 10)));
  }
}

async function clear(broker: MqttClient): Promise<void> {
  for (const topic of retained) await broker.publishAsync(topic, "", { retain: true, qos: 1 });
  await broker.endAsync();
}

if (kind === "garbage") await keepGarbage();
if (kind === "devices") await keepDevices();
const startedAt = performance.now();
let turns = 0;
const timer = setInterval(() => {
  // As many as the time allows, also where the timer comes late; a broker that does not keep up is not waited for long.
  const due = Math.min(Math.floor((performance.now() - startedAt) / turnMs), turns + 20);
  for (; turns < due && client.stream.writableLength < 8 * largeBytes; turns += 1) turn();
}, turnMs);
process.send?.("begun");
process.on("message", () => {
  clearInterval(timer);
  void clear(client).then(() => process.exit(0));
});
process.on("disconnect", () => process.exit(0));
