import { randomUUID } from "node:crypto";
import { foreignPrefix } from "@heatloop/core/hub/dialects";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { hourMs } from "@heatloop/core/time/durations";
import { followForeign } from "@heatloop/hub/mqtt/foreign-messages";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { afterAll, expect, test } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { postgresOfFile } from "#test/support/hub/database.ts";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const broker = await startBroker();
const now = Date.parse("2026-10-25T12:00:00Z");
const clock = { ...systemClock(), now: () => now };
const hub = await dialectHub(clock);
const south = await newTenant(hub.ownerUrl, "South");
const log = recordingLog();
// Two hubs at one broker; what has no node in its topic belongs to the one of South.
const links = [1, 2].map(() => {
  const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock: systemClock(), log });
  followForeign({ mqtt, tenantOfNode: nodeLookUp(hub.owner), takeDialect: hub.takeDialect, bareNode: south.node, log });
  return mqtt;
});
const system = await connectAsync(broker.url, { protocolVersion: 5 });
afterAll(async () => {
  await system.endAsync(true);
  for (const mqtt of links) await mqtt.close();
  await broker.close();
});
await waitFor(() => links.every((mqtt) => mqtt.connected()), "the hubs are at the broker");

const own = foreignPrefix(hub.tenant.node);
const say = (topic: string, message: unknown, qos: 0 | 1 = 1) =>
  system.publishAsync(topic, typeof message === "string" ? message : JSON.stringify(message), { qos });

async function readingsOf(device: string, of = hub.tenant) {
  const rows = await hub.rows<{ n: number }>(
    `select (content->>'n')::int as n from readings join devices on devices.id = device_id
      where home_id = '${device}' order by at`,
    of,
  );
  return rows.map(({ n }) => n);
}

test.each([
  ["heatpump/site1/data", "heatpump/site1"],
  ["van/ruuvi/inside/data", "van/ruuvi/inside"],
  ["paku/ruuvi/van_inside", "paku/ruuvi/van_inside"],
])(
  "what a system publishes under %s is stored once, with and without a node in front, with QoS 0 too",
  async (topic, device) => {
    for (const [at, of] of [
      [`${own}${topic}`, hub.tenant],
      [topic, south],
    ] as const) {
      for (let n = 0; n < 20; n += 1) await say(at, { n, timestamp: now - n }, n % 2 === 0 ? 0 : 1);
      for (let n = 0; n < 20; n += 1) await say(at, { n, timestamp: now - n });
      await waitFor(async () => (await readingsOf(device, of)).length === 20, "all readings are there");
      expect(await readingsOf(device, of)).toEqual(Array.from({ length: 20 }, (_, i) => 19 - i));
    }
    expect(await hub.rows("select * from refused_rows")).toEqual([]);
  },
);

test("nothing that comes stops what comes after it, and nothing of it is in the log", async () => {
  for (const [i, odd] of ["no JSON", "", "[", "{}", "\u0000"].entries()) {
    await say(`${own}heatpump/odd/data`, odd, i % 2 === 0 ? 0 : 1);
  }
  // It fits `+/+/+/data` too, and belongs to the node in it alone.
  await say(`${own}data`, "x");
  await say(`${own}heatpump/odd/data`, { n: 1, timestamp: now });
  await waitFor(async () => (await readingsOf("heatpump/odd")).length === 1, "the next one was stored");
  await waitFor(async () => (await counted()) === 6, "all of them are counted");
  expect(await hub.rows("select * from dialect_counts", south)).toEqual([]);
  expect(log.lines).toEqual([]);
});

async function counted(): Promise<number> {
  const rows = await hub.rows<{ messages: number }>("select messages from dialect_counts where kind = 'malformed'");
  return rows.reduce((sum, { messages }) => sum + messages, 0);
}

test("what is above what a node may send is acknowledged and counted, and the others go on", async () => {
  const loud = await newTenant(hub.ownerUrl, "Loud");
  await hub.owner.transaction({ tenant: loud.id }, (queries) =>
    queries.change("insert into dialect_allowances (tenant_id, node_id, spent_until, granted) values ($1, $2, $3, 0)", [
      loud.id,
      loud.node,
      new Date(now + hourMs).toISOString(),
    ]),
  );
  const publish = (n: number) =>
    system.publishAsync(`${foreignPrefix(loud.node)}heatpump/x/data`, JSON.stringify({ n, timestamp: now - n }), {
      qos: n % 2 === 0 ? 0 : 1,
    });
  await Promise.all(Array.from({ length: 300 }, (_, n) => publish(n)));
  await say(`${own}heatpump/beside/data`, { n: 1, timestamp: now });
  await waitFor(async () => (await readingsOf("heatpump/beside")).length === 1, "the other node's was stored");
  const refused = () => hub.rows<{ rows: number }>("select rows from refused_rows where stream = 'messages'", loud);
  await waitFor(async () => (await refused())[0]?.rows === 300, "all of them are counted, none twice");
  expect(await hub.rows("select * from readings", loud)).toEqual([]);
});

test("what comes under a node that does not exist, or was revoked, is nothing", async () => {
  const gone = await newTenant(hub.ownerUrl, "Gone");
  await hub.owner.transaction({ tenant: gone.id }, (queries) =>
    queries.change("update nodes set revoked_at = now() where id = $1", [gone.node]),
  );
  for (const node of [gone.node, randomUUID(), "x"]) await say(`${foreignPrefix(node)}heatpump/x/data`, { n: 1 });
  await say(nodeTopic(hub.tenant.node, "status"), "no topic of another system");
  await say(`${own}heatpump/after/data`, { n: 1, timestamp: now });
  await waitFor(async () => (await readingsOf("heatpump/after")).length === 1, "the next one was stored");
  expect(await hub.rows("select * from devices", gone)).toEqual([]);
  expect(await hub.rows("select * from devices where home_id = 'heatpump/x'")).toEqual([]);
});

test("where topics without a node belong to one that was revoked, they are nothing, which is said once", async () => {
  const gone = await newTenant(hub.ownerUrl, "Gone too");
  await hub.owner.transaction({ tenant: gone.id }, (queries) =>
    queries.change("update nodes set revoked_at = now() where id = $1", [gone.node]),
  );
  const own = recordingLog();
  const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock: systemClock(), log: own });
  const shared = new Map<string, Parameters<typeof mqtt.share>[1]>();
  const share: typeof mqtt.share = (filter, take) => void shared.set(filter, take);
  const parts = { tenantOfNode: nodeLookUp(hub.owner), takeDialect: hub.takeDialect, bareNode: gone.node, log: own };
  followForeign({ mqtt: { ...mqtt, share }, ...parts });
  const arrival = { at: now, isRetained: false };
  const say = (n: number) =>
    shared.get("heatpump/+/data")?.("heatpump/gone/data", Buffer.from(JSON.stringify({ n })), arrival);
  for (const n of [1, 2, 3]) await say(n);
  expect(await readingsOf("heatpump/gone", gone)).toEqual([]);
  expect(own.lines).toEqual([expect.stringContaining("HUB_DIALECTS_NODE is no node, or was revoked")]);
  await mqtt.close();
});

test("readings that come while the database is away are stored when it is back", async () => {
  const postgres = await postgresOfFile();
  await postgres.stop("kill");
  for (let n = 0; n < 10; n += 1) await say(`${own}heatpump/away/data`, { n, timestamp: now + n }, n % 2 === 0 ? 0 : 1);
  await postgres.start();
  await waitFor(
    async () => (await readingsOf("heatpump/away").catch(() => [])).length === 10,
    "all readings are there",
  );
});
