import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { goneStatus, nodeTopic } from "@heatloop/core/hub/topics";
import { openNodeBroker } from "@heatloop/ha-addon/hub/node-broker";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { followNodes } from "@heatloop/hub/mqtt/node-messages";
import { startPublishPace } from "@heatloop/hub/mqtt/publish-pace";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { heartbeatIntake } from "@heatloop/hub/nodes/presence";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { postgresOfFile } from "#test/support/hub/database.ts";
import { testHome } from "#test/support/hub/home.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { nodesServer } from "#test/support/hub/nodes-server.ts";
import { numberedEvent } from "#test/support/hub/numbered-event.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const broker = await startNodesBroker();
const hub = await nodesServer({ broker: { url: broker.nodesUrl, ca: broker.ca } });
hub.clock.follow();
const startBroker = async () => broker.start(hub.ca.certificate, await hub.ca.revocations([], Date.now()));
await startBroker();
const log = recordingLog();
const mqtt = openHubMqtt({
  url: broker.hubUrl,
  password: broker.hubPassword,
  ca: undefined,
  clock: systemClock(),
  log,
});
const { database, owner, clock } = hub;
const tenantOfNode = nodeLookUp(owner);
const publishPace = startPublishPace({ mqtt, tenantOfNode, pace: newNodePace(), database, clock, log });
const messages = followNodes({
  ...{ mqtt, tenantOfNode, publishPace },
  keepHeartbeat: heartbeatIntake(database),
  owner,
  clock,
  log,
});
afterAll(async () => {
  await messages.close();
  await publishPace.close();
  await mqtt.close();
});
await waitFor(mqtt.connected, "the hub is at the broker");

/** What the broker keeps and gets under the status of a node. */
async function statusesOf(node: string): Promise<string[]> {
  const got: string[] = [];
  const client = await connectAsync(broker.hubUrl, { protocolVersion: 5, password: broker.hubPassword });
  onTestFinished(async () => void (await client.endAsync(true)));
  client.on("message", (_topic, payload) => got.push(String(payload)));
  await client.subscribeAsync(nodeTopic(node, "status"), { qos: 1 });
  return got;
}

const beat = (): Heartbeat => ({
  ...{ version: "0.20.0", os_version: null, uptime_s: 60, last_reboot_at: null, disk_free_bytes: null },
  ...{ memory_bytes: 8e7, clock_at: new Date().toISOString() },
});

async function homeAtBroker() {
  const home = await testHome({ now: () => Date.now() });
  const own = openNodeBroker({ hub: home.link(), clock: home.clock, log: home.log, random: () => 0 });
  onTestFinished(() => own.close());
  await home.put({ url: hub.url, claim_code: await hub.code() });
  const node = await home.joined();
  await waitFor(own.connected, "the home is at the hub's broker");
  const shown = () => hub.get<{ status: string; version: string; last_seen_at: string }>(`/api/v1/nodes/${node}`);
  return { ...home, own, node, shown };
}

test("a home is known to the broker by its certificate alone, and what it says makes it ONLINE", async () => {
  const { own, shown, node } = await homeAtBroker();
  expect(await own.say(beat())).toBe(true);
  await waitFor(async () => (await shown()).status === "ONLINE", "it is ONLINE");
  expect(await shown()).toMatchObject({ version: "0.20.0" });
  const kept = await statusesOf(node);
  await waitFor(() => kept.length > 0, "its status is kept");
  expect(JSON.parse(kept[0] ?? "")).toMatchObject({ online: true, version: "0.20.0" });
});

test("an event is told by the home's own topic, once and not kept", async () => {
  const { own, node } = await homeAtBroker();
  const [live, late]: string[][] = [[], []];
  const reader = await connectAsync(broker.hubUrl, { protocolVersion: 5, password: broker.hubPassword });
  onTestFinished(() => reader.endAsync(true));
  reader.on("message", (_topic, payload, { retain }) => (retain ? late : live)?.push(String(payload)));
  await reader.subscribeAsync(nodeTopic(node, "events"), { qos: 1 });
  const event = numberedEvent(1);
  own.tell(event);
  await waitFor(() => live?.length === 1, "it is told");
  expect(JSON.parse(live?.[0] ?? "")).toEqual({ events: [event] });
  await reader.unsubscribeAsync(nodeTopic(node, "events"));
  await reader.subscribeAsync(nodeTopic(node, "events"), { qos: 1 });
  own.tell(numberedEvent(2));
  await waitFor(() => live?.length === 2, "the next one is told");
  expect(late).toEqual([]);
});

test("where another machine comes back as a node, the former one is off the broker, and gets in no more", async () => {
  const former = await homeAtBroker();
  const statuses = await statusesOf(former.node);
  await former.own.say(beat());
  const { code } = (await hub.post(`/api/v1/nodes/${former.node}/claim-codes`)).json<{ code: string }>();
  // It reaches the hub, and no broker yet.
  const next = await testHome({ now: () => Date.now() });
  await next.put({ url: hub.url, claim_code: code });
  expect(await next.joined()).toBe(former.node);
  await waitFor(() => statuses.includes(goneStatus), "the former one's connection was ended", 10_000);
  broker.revoke(await (await fetch(`${hub.url}/api/v1/broker/node-crl.pem`)).text());
  await waitFor(() => !former.own.connected(), "the former one is away");
  const own = openNodeBroker({ hub: next.link(), clock: next.clock, log: next.log, random: () => 0 });
  onTestFinished(() => own.close());
  await next.put({ claim_code: "" });
  await waitFor(() => own.say(beat()), "the new one is there");
  await waitFor(
    async () =>
      (await next.link().send("/api/v1/node/heartbeat", JSON.stringify(beat()), "application/json"))?.kind === "taken",
    "and known to the hub",
  );
  expect(former.own.connected()).toBe(false);
});

test("a node that is revoked is off the broker within 10 s, and what it says later is not taken", async () => {
  const { own, shown, node } = await homeAtBroker();
  const statuses = await statusesOf(node);
  await own.say(beat());
  await waitFor(async () => (await shown()).status === "ONLINE", "it is ONLINE");
  await hub.post(`/api/v1/nodes/${node}/revoke`);
  await waitFor(() => statuses.includes(goneStatus), "its connection was ended", 10_000);
  const before = (await shown()).last_seen_at;
  await waitFor(own.connected, "it has come back, as the broker has no new list yet");
  await own.say(beat());
  await waitFor(() => statuses.filter((each) => each === goneStatus).length > 1, "it is off again", 10_000);
  expect((await shown()).last_seen_at).toBe(before);
  const list = await fetch(`${hub.url}/api/v1/broker/node-crl.pem`);
  expect([list.status, list.headers.get("content-type")]).toEqual([200, "application/x-pem-file"]);
  broker.revoke(await list.text());
});

test("a status that can't be read is logged once a node, and stops nothing", async () => {
  const [odd, fine] = [await homeAtBroker(), await homeAtBroker()];
  for (let i = 0; i < 3; i += 1) await odd.own.say({ version: 5 });
  await fine.own.say(beat());
  await waitFor(async () => (await fine.shown()).status === "ONLINE", "the other is ONLINE");
  expect((await odd.shown()).status).toBe("NEW");
  const told = () => log.lines.filter((line) => line.includes(`the status of a node cannot be read node=${odd.node}`));
  await waitFor(() => told().length > 0, "it is logged");
  expect(told()).toHaveLength(1);
});

test("a broker that was away is told of once, and all go on when it is back", async () => {
  const { own, shown } = await homeAtBroker();
  const told = (text: string) => log.lines.filter((line) => line.includes(text));
  await broker.stop();
  await waitFor(() => told("the broker cannot be reached").length > 0, "the hub says so");
  expect(await own.say(beat())).toBe(false);
  await startBroker();
  await waitFor(() => told("the broker is reached again").length > 0, "the hub is at it again");
  await waitFor(own.connected, "the home is at it again");
  await waitFor(async () => (await own.say(beat())) && (await shown()).status === "ONLINE", "it is ONLINE");
  expect(told("the broker cannot be reached")).toHaveLength(1);
});

test("what a home says while the database is away is taken when that is back", async () => {
  const { own, shown } = await homeAtBroker();
  const postgres = await postgresOfFile();
  await postgres.stop("kill");
  await own.say({ ...beat(), version: "0.21.0" });
  await postgres.start();
  await waitFor(async () => (await shown()).version === "0.21.0", "it was taken");
});
