import { nodeTopic } from "@heatloop/core/hub/topics";
import { hourMs } from "@heatloop/core/time/durations";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { followRows } from "@heatloop/hub/mqtt/node-rows";
import { startPublishPace } from "@heatloop/hub/mqtt/publish-pace";
import { newNodePace, savedMinutes, unitsPerMinute } from "@heatloop/hub/nodes/node-pace";
import { bodySpacesOfHeap } from "@heatloop/hub/telemetry/body-space";
import { newLoad } from "@heatloop/hub/telemetry/load";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { telemetryIntake } from "@heatloop/hub/telemetry/take-telemetry";
import { connectAsync } from "mqtt";
import { expect, onTestFinished, test } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { withAnotherNode } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

const clock = simulatedClock(Date.parse("2026-10-25T12:00:00Z"));
const messageBytes = 200_000;
/** A message is so many units. */
const units = Math.ceil(messageBytes / 2048);

async function hubAndNode() {
  const broker = await startBroker();
  onTestFinished(broker.close);
  const hub = await telemetryHub(clock);
  const { database, log } = hub;
  const spaces = bodySpacesOfHeap(0);
  const parts = { ...hub, partitions: openPartitions(hub.owner, clock), clock, load: newLoad(spaces), spaces };
  const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock, log });
  const gate = { mqtt, tenantOfNode: nodeLookUp(hub.owner) };
  const publishPace = startPublishPace({ ...gate, pace: newNodePace(), database, clock, log });
  followRows({ ...parts, ...gate, publishPace, takeTelemetry: telemetryIntake(parts) });
  const client = await connectAsync(broker.url, { protocolVersion: 5 });
  onTestFinished(async () => {
    await client.endAsync(true);
    await publishPace.close();
    await mqtt.close();
  });
  await waitFor(mqtt.connected, "the hub is at the broker");
  const say = (payload: Buffer, node = hub.tenant.node) =>
    client.publishAsync(nodeTopic(node, "telemetry"), payload, { qos: 1 });
  return { hub, say };
}

function bodyOf(row: number, length = 0): Buffer {
  const time = new Date(clock.now() - hourMs + row * 60_000).toISOString().replace(".000Z", "+00:00");
  const minutes = `time,heat_wh\n${time},${row}`;
  const text = JSON.stringify({ devices: [{ device: "pump", time_zone: "UTC", minutes }] });
  return Buffer.from(text.padEnd(length));
}

test("of a node that floods the hub takes what it may send, counts the rest, and takes what others send", async () => {
  const { hub, say } = await hubAndNode();
  const other = await withAnotherNode(hub.ownerUrl, hub.tenant);
  const ask = <Row extends object>(text: string) =>
    hub.database.transaction({ tenant: hub.tenant.id }, (queries) => queries.all<Row>(text));
  const rowsOf = (node: string) =>
    ask(`select from minutes join devices on devices.id = device_id where node_id = '${node}'`);
  const mayBeTaken = Math.floor((unitsPerMinute * savedMinutes) / units);

  for (let row = 0; row < mayBeTaken + 5; row += 1) await say(bodyOf(row % 30, messageBytes));
  await say(bodyOf(31, messageBytes));
  await say(bodyOf(32), other.node);
  await waitFor(async () => (await rowsOf(other.node)).length === 1, "the other node's row is stored");
  await waitFor(async () => (await rowsOf(hub.tenant.node)).length === 30, "what it may send is stored");

  const counted = () => ask<{ rows: number; why: string }>("select rows, why from refused_rows");
  await waitFor(async () => {
    clock.advanceTo(clock.now() + 60_000);
    return (await counted()).some(({ rows }) => rows === 6);
  }, "what was above is counted");
  expect(await counted()).toEqual([{ rows: 6, why: expect.stringContaining("publishes more than 600 messages") }]);
  expect(await rowsOf(hub.tenant.node)).toHaveLength(30);

  await say(bodyOf(33));
  await waitFor(async () => (await rowsOf(hub.tenant.node)).length === 31, "it is taken again");
  await waitFor(() => {
    clock.advanceTo(clock.now() + 60_000);
    return hub.log.lines.some((line) => line.includes("a node publishes no more than it may again"));
  }, "its end is told");
  expect(hub.log.lines.filter((line) => line.includes("a node publishes more than it may"))).toHaveLength(1);
});
