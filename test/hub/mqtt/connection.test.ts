import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

function hubAt(url: string) {
  const mqtt = openHubMqtt({ url, password: undefined, ca: undefined, clock: systemClock(), log: recordingLog() });
  onTestFinished(() => mqtt.close());
  return mqtt;
}

/** A message `a` of topic `t` at QoS 1, number 1 of its connection (MQTT 5, 3.3). */
const publishA = Buffer.from([0x32, 7, 0, 1, 0x74, 0, 1, 0, 0x61]);
const packetTypes = { connect: 0x10, puback: 0x40, subscribe: 0x82 };

/** A broker that sends message 1 on each connection; which of them were acknowledged, by the number of the connection. */
async function brokerOfOneMessage() {
  const sockets: Socket[] = [];
  const acknowledged: number[] = [];
  const server = createServer((socket) => {
    const nth = sockets.push(socket);
    socket.on("error", () => {});
    socket.on("data", (packet: Buffer) => {
      if (packet[0] === packetTypes.connect) socket.write(Buffer.from([0x20, 3, 0, 0, 0]));
      if (packet[0] === packetTypes.puback) acknowledged.push(nth);
      if (packet[0] !== packetTypes.subscribe) return;
      socket.write(Buffer.from([0x90, 4, packet[2] ?? 0, packet[3] ?? 0, 0, 1]));
      socket.write(publishA);
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, "close");
  });
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { url, acknowledged, cut: () => sockets.at(-1)?.destroy() };
}

test("a message that was taken after its connection was lost acknowledges none of the next connection", async () => {
  const broker = await brokerOfOneMessage();
  const waiting: (() => void)[] = [];
  const mqtt = hubAt(broker.url);
  mqtt.share("t", () => new Promise((resolve) => waiting.push(resolve)), 1);
  await waitFor(() => waiting.length === 1, "the first message waits");
  broker.cut();
  await waitFor(() => waiting.length === 2, "it came again on the next connection");
  waiting[0]?.();
  // Another connection's way there and back: what was sent before has come by then.
  await mqtt.disconnect("another");
  expect(broker.acknowledged).toEqual([]);
  waiting[1]?.();
  await waitFor(() => broker.acknowledged.length > 0, "the second one is acknowledged");
  expect(broker.acknowledged).toEqual([2]);
});

test.each([
  ["that the database gave up for another's sake is tried again, and acknowledged then", "40P01", 2],
  ["that can never be taken is acknowledged, so that it is in nobody's way", "22003", 1],
])("a message %s", async (_what, code, tries) => {
  const broker = await brokerOfOneMessage();
  let tried = 0;
  const mqtt = hubAt(broker.url);
  const take = async () => {
    tried += 1;
    if (tried === 1) throw Object.assign(new Error("of PostgreSQL"), { code });
  };
  mqtt.share("t", take, 1);
  await waitFor(() => broker.acknowledged.length > 0, "it is acknowledged");
  expect(tried).toBe(tries);
});

test("messages are taken side by side, and those of another filter never wait for them", async () => {
  const broker = await startBroker();
  onTestFinished(() => broker.close());
  const mqtt = hubAt(broker.url);
  const waiting: (() => void)[] = [];
  const heard: string[] = [];
  mqtt.share("rows/+", () => new Promise((resolve) => waiting.push(resolve)), 3);
  mqtt.share("status/+", async (topic) => void heard.push(topic), 1);
  await waitFor(mqtt.connected, "the hub is at the broker");
  const node = await connectAsync(broker.url, { protocolVersion: 5 });
  onTestFinished(() => node.endAsync(true));
  for (let i = 0; i < 20; i += 1) await node.publishAsync(`rows/${i}`, "", { qos: 1 });
  await node.publishAsync("status/1", "", { qos: 1 });
  await waitFor(() => waiting.length === 3 && heard.length === 1, "three are taken at once, and what is said beside");
  for (let taken = 0; taken < 20; taken += 1) {
    await waitFor(() => waiting.length > 0, "the next one is taken");
    expect(waiting.length).toBeLessThanOrEqual(3);
    waiting.shift()?.();
  }
});
