import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { foreignFilters, foreignPrefix, nodesForeignFilter } from "@heatloop/core/hub/dialects";
import { broadcastTopic, nodeReads, nodeTopic, nodeWrites } from "@heatloop/core/hub/topics";
import { dayMs } from "@heatloop/core/time/durations";
import { openNodeCa } from "@heatloop/hub/nodes/node-ca";
import { openSecrets } from "@heatloop/hub/settings/secrets";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, expect, test } from "vitest";
import { nodeCertificate } from "#test/support/hub/node-certificate.ts";
import { startNodesBroker } from "#test/support/hub/nodes-broker.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const now = Date.now();
const secretsFolder = mkdtempSync(join(tmpdir(), "heatloop-ca-"));
afterAll(() => rmSync(secretsFolder, { recursive: true, force: true }));
const secrets = await openSecrets(secretsFolder);
const ca = await openNodeCa(secrets);
const broker = await startNodesBroker();
await broker.start(ca.certificate, await ca.revocations([], now));
const [own, other] = [randomUUID(), randomUUID()];
const clients: MqttClient[] = [];
afterAll(() => Promise.all(clients.map((client) => client.endAsync(true))));

async function connected(
  node: string,
  how: { readonly clientId?: string; readonly by?: typeof ca; readonly at?: number } = {},
) {
  const { clientId = node, by = ca, at = now } = how;
  const { cert, key, serial } = await nodeCertificate(by, node, at);
  const tls = { ca: broker.ca, cert, key, reconnectPeriod: 0 };
  const client = await connectAsync(broker.nodesUrl, { protocolVersion: 5, clientId, ...tls });
  clients.push(client);
  return Object.assign(client, { serial, again: { ...tls, protocolVersion: 5 as const, clientId } });
}

const hub = await connectAsync(broker.hubUrl, { protocolVersion: 5, password: broker.hubPassword });
hub.setMaxListeners(0);
clients.push(hub);
const [node, foreign] = [await connected(own), await connected(other)];
for (const client of [node, foreign]) client.setMaxListeners(0);

/** What a client gets under a filter, whatever the broker answers to the subscription. */
async function listening(client: MqttClient, filter: string): Promise<string[]> {
  const got: string[] = [];
  client.on("message", (topic, payload) => got.push(`${topic} ${payload}`));
  await client.subscribeAsync(filter, { qos: 1 }).catch(() => undefined);
  return got;
}

const isTaken = (client: MqttClient, topic: string, text: string) =>
  client.publishAsync(topic, text, { qos: 1 }).then(
    () => true,
    () => false,
  );

/** Everything that was sent before has come to where it may go once this has. */
async function settled(client: MqttClient, of: string): Promise<void> {
  const mark = randomUUID();
  const got = await listening(client, nodeTopic(of, "commands"));
  await hub.publishAsync(nodeTopic(of, "commands"), mark, { qos: 1 });
  await waitFor(() => got.some((each) => each.endsWith(mark)), "the mark came");
}

test.each(nodeWrites)("a node writes its own %s, which the hub gets, and not that of another node", async (kind) => {
  const got = await listening(hub, nodeTopic("+", kind));
  expect(await isTaken(node, nodeTopic(own, kind), "mine")).toBe(true);
  expect(await isTaken(node, nodeTopic(other, kind), "forged")).toBe(false);
  await waitFor(() => got.length > 0, "the hub got it");
  expect(got).toEqual([`${nodeTopic(own, kind)} mine`]);
});

test.each([...nodeWrites, ...nodeReads])("a node gets nothing of another node's %s", async (kind) => {
  const got = await listening(node, nodeTopic(other, kind));
  const sender = nodeWrites.includes(kind) ? foreign : hub;
  expect(await isTaken(sender, nodeTopic(other, kind), "not yours")).toBe(true);
  await settled(node, own);
  expect(got.filter((each) => each.includes("not yours"))).toEqual([]);
});

test.each(["#", "nodes/#", "nodes/+/status", "$share/ingest/nodes/+/telemetry", "+/+/commands"])(
  "a node that listens to %s gets what is for it, and no more",
  async (filter) => {
    const got = await listening(node, filter);
    for (const kind of nodeWrites) await isTaken(foreign, nodeTopic(other, kind), "not yours");
    await isTaken(hub, nodeTopic(other, "commands"), "not yours");
    await settled(node, own);
    expect(got.filter((each) => each.includes("not yours"))).toEqual([]);
  },
);

const foreignTopics = ["heatpump/site1/data", "heatpump/site1/status/online", "heatpump/site1/alerts"]
  .concat(["van/ruuvi/inside/data", "paku/ruuvi/van_inside"])
  .map((topic) => ({ topic }));

test.each(foreignTopics)(
  "a node writes $topic under itself, which the hub alone gets, and under no other",
  async ({ topic }) => {
    const [got, others] = [await listening(hub, nodesForeignFilter), await listening(foreign, "nodes/+/foreign/#")];
    const back = await listening(node, `${foreignPrefix(own)}#`);
    expect(await isTaken(node, `${foreignPrefix(own)}${topic}`, "mine")).toBe(true);
    expect(await isTaken(node, `${foreignPrefix(other)}${topic}`, "forged")).toBe(false);
    expect(await isTaken(hub, `${foreignPrefix(other)}${topic}`, "forged")).toBe(false);
    await waitFor(() => got.length > 0, "the hub got it");
    await settled(node, own);
    await settled(foreign, other);
    expect(got).toEqual([`${foreignPrefix(own)}${topic} mine`]);
    expect([...others, ...back].filter((each) => /mine|forged/.test(each))).toEqual([]);
  },
);

test.each(foreignTopics)(
  "of $topic without a node the hub gets what a system writes, and no node reads or writes it",
  async ({ topic }) => {
    const got: string[][] = [];
    for (const filter of foreignFilters) got.push(await listening(hub, filter));
    const heard = await listening(node, topic);
    const system = await connectAsync(broker.systemUrl, { protocolVersion: 5, password: broker.systemPassword });
    clients.push(system);
    expect(await isTaken(node, topic, "forged")).toBe(false);
    expect(await isTaken(hub, topic, "forged")).toBe(false);
    expect(await isTaken(system, topic, "a reading")).toBe(true);
    await waitFor(() => got.some((each) => each.includes(`${topic} a reading`)), "the hub got it");
    await settled(node, own);
    expect([...heard, ...got.flat()].filter((each) => each.includes("forged"))).toEqual([]);
    expect(heard.filter((each) => each.includes("a reading"))).toEqual([]);
  },
);

test("a node gets its commands and what is told to all, and can write neither", async () => {
  const got = await listening(node, broadcastTopic);
  await node.subscribeAsync(nodeTopic(own, "commands"), { qos: 1 });
  expect(await isTaken(node, nodeTopic(own, "commands"), "forged")).toBe(false);
  expect(await isTaken(node, nodeTopic(other, "commands"), "forged")).toBe(false);
  expect(await isTaken(node, broadcastTopic, "forged")).toBe(false);
  await isTaken(hub, broadcastTopic, "to all");
  await isTaken(hub, nodeTopic(own, "commands"), "for one");
  await waitFor(() => got.some((each) => each.endsWith("for one")), "the command came");
  expect(got).toContain(`${broadcastTopic} to all`);
  expect(got.filter((each) => each.includes("forged"))).toEqual([]);
});

test.each(["elsewhere", "nodes", `nodes/${own}`, `nodes/${own}/status/more`, "hub/other"])(
  "a node writes nothing to %s",
  async (topic) => {
    expect(await isTaken(node, topic, "x")).toBe(false);
  },
);

test("a node that poses as another client takes nobody's place", async () => {
  let isClosed = false;
  foreign.once("close", () => {
    isClosed = true;
  });
  await connected(randomUUID(), { clientId: other }).catch(() => undefined);
  await settled(foreign, other);
  expect(isClosed).toBe(false);
});

test("who has no certificate of the hub's that holds now does not get in", async () => {
  const strangers = await openNodeCa(await openSecrets(temporaryFolder()));
  await expect(connected(own, { by: strangers })).rejects.toThrow();
  await expect(connected(own, { at: now - 31 * dayMs })).rejects.toThrow();
  await expect(connected(own, { at: now + 2 * dayMs })).rejects.toThrow();
  const bare = { protocolVersion: 5, ca: broker.ca, reconnectPeriod: 0 } as const;
  await expect(connectAsync(broker.nodesUrl, bare)).rejects.toThrow();
  const named = { ...bare, username: "hub", password: broker.hubPassword };
  await expect(connectAsync(broker.nodesUrl, named)).rejects.toThrow();
});

test("a certificate that was revoked is refused once the broker has the list, and others are not", async () => {
  const [gone, stays] = [await connected(randomUUID()), await connected(randomUUID())];
  broker.revoke(await ca.revocations([{ serial: gone.serial, at: now }], now));
  await waitFor(async () => {
    const again = await connectAsync(broker.nodesUrl, gone.again).catch(() => undefined);
    await again?.endAsync();
    return again === undefined;
  }, "the certificate is refused");
  const again = await connectAsync(broker.nodesUrl, stays.again);
  await again.endAsync();
});

test("each hub of the same secrets is the same authority, and another is another", async () => {
  expect((await openNodeCa(secrets)).certificate).toBe(ca.certificate);
  const strangers = await openNodeCa(await openSecrets(temporaryFolder()));
  expect(strangers.certificate).not.toBe(ca.certificate);
});
