import type { MqttMessage } from "@heatloop/ha-addon/mqtt/message";
import { connectMqtt, type Mqtt } from "@heatloop/ha-addon/mqtt/mqtt";
import type { MqttServer } from "@heatloop/ha-addon/mqtt/server";
import type { MqttParts } from "@heatloop/ha-addon/mqtt/stay-connected";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync, type MqttClient } from "mqtt";
import { expect, onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { startBroker, type TestBroker } from "./broker.ts";

export const will = { topic: "heatloop/status", payload: "offline", retain: true, qos: 1 } as const;
export const now = { retain: false, qos: 0 } as const;
export const atLeastOnce = { retain: false, qos: 1 } as const;
export const kept = { retain: true, qos: 1 } as const;
let clients = 0;

/** A Mosquitto that goes with the test. */
export async function broker(options?: Parameters<typeof startBroker>[0]): Promise<TestBroker> {
  const started = await startBroker(options);
  onTestFinished(() => started.close());
  return started;
}

type Where = MqttServer | { readonly server: () => Promise<MqttServer> };
type More = Partial<Pick<MqttParts, "clientId" | "clock" | "random">>;

/** The program's connection to a broker, which hardly waits between attempts. */
export function link(where: Where, more: More = {}) {
  const log = recordingLog();
  clients += 1;
  const parts = { clientId: `heatloop-${clients}`, will, clock: systemClock(), random: () => 0.01, log, ...more };
  const mqtt = connectMqtt({ ...parts, ...where });
  onTestFinished(() => mqtt.close());
  return { mqtt, log };
}

export async function connected(where: Where, more: More = {}) {
  const made = link(where, more);
  await waitFor(() => made.mqtt.connected(), "connected");
  return made;
}

/** Another program at the broker. */
export async function other(url: string): Promise<MqttClient> {
  const client = await connectAsync(url, { protocolVersion: 5 });
  onTestFinished(async () => void (await client.endAsync(true)));
  return client;
}

/** What another program receives under a filter. */
export async function receivedBy(url: string, filter: string): Promise<string[]> {
  const received: string[] = [];
  const client = await other(url);
  client.on("message", (topic, payload, { retain }) =>
    received.push(`${topic} ${payload}${retain ? " retained" : ""}`),
  );
  await client.subscribeAsync(filter, { qos: 1 });
  return received;
}

/** What we receive under a filter. */
export function collect(mqtt: Mqtt, filter: string) {
  const messages: string[] = [];
  const take = ({ topic, payload, retained }: MqttMessage) =>
    messages.push(`${topic} ${Buffer.from(payload)}${retained ? " retained" : ""}`);
  return { messages, stop: mqtt.subscribe(filter, take) };
}

/** Waits until everything sent before has gone through the broker and come back. */
export async function settle(mqtt: Mqtt): Promise<void> {
  const marks = collect(mqtt, "mark/#");
  const mark = `mark/${Math.random()}`;
  expect(await mqtt.publish(mark, "x", atLeastOnce)).toBe(true);
  await waitFor(() => marks.messages.some((message) => message.startsWith(mark)), "the mark came back");
  marks.stop();
}
