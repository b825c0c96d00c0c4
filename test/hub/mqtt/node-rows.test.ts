import { randomUUID } from "node:crypto";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { nodeTopic } from "@heatloop/core/hub/topics";
import { hourMs } from "@heatloop/core/time/durations";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { followRows } from "@heatloop/hub/mqtt/node-rows";
import { startPublishPace } from "@heatloop/hub/mqtt/publish-pace";
import { newNodePace } from "@heatloop/hub/nodes/node-pace";
import { bodySpacesOfHeap } from "@heatloop/hub/telemetry/body-space";
import { newLoad } from "@heatloop/hub/telemetry/load";
import { openPartitions } from "@heatloop/hub/telemetry/partitions";
import { telemetryIntake } from "@heatloop/hub/telemetry/take-telemetry";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { afterAll, expect, test } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { postgresOfFile } from "#test/support/hub/database.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const broker = await startBroker();
const clock = { ...systemClock(), now: () => Date.parse("2026-10-25T12:00:00Z") };
const hub = await telemetryHub(clock);
const log = recordingLog();
const spaces = bodySpacesOfHeap(0);
const parts = { ...hub, partitions: openPartitions(hub.owner, clock), clock, load: newLoad(spaces), spaces };
// Two hubs at one broker.
const links = [1, 2].map(() => {
  const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock: systemClock(), log });
  const gate = { mqtt, tenantOfNode: nodeLookUp(hub.owner) };
  const publishPace = startPublishPace({ ...parts, ...gate, pace: newNodePace(), log });
  followRows({ ...parts, ...gate, publishPace, takeTelemetry: telemetryIntake(parts) });
  afterAll(publishPace.close);
  return mqtt;
});
const node = await connectAsync(broker.url, { protocolVersion: 5 });
afterAll(async () => {
  await node.endAsync(true);
  for (const mqtt of links) await mqtt.close();
  await broker.close();
});
await waitFor(() => links.every((mqtt) => mqtt.connected()), "the hubs are at the broker");

function bodyOf(row: number, device = "pump", heatWh = row): Buffer {
  const time = new Date(clock.now() - hourMs + row * 60_000).toISOString().replace(".000Z", "+00:00");
  const minutes = `time,heat_wh\n${time},${heatWh}`;
  return Buffer.from(JSON.stringify({ devices: [{ device, time_zone: "UTC", minutes }] }));
}

const say = (payload: Buffer | string, id = hub.tenant.node) =>
  node.publishAsync(nodeTopic(id, "telemetry"), payload as Buffer, { qos: 1 });

function ask<Row extends object>(text: string, tenant = hub.tenant) {
  return hub.database.transaction({ tenant: tenant.id }, (queries) => queries.all<Row>(text));
}

const rowsOf = async (device = "pump") =>
  (
    await ask<{ heat_wh: number }>(
      `select heat_wh from minutes join devices on devices.id = device_id where home_id = '${device}' order by at`,
    )
  ).map(({ heat_wh: heat }) => heat);

test("rows of a node are stored once, whichever of the hubs takes them, plain or compressed", async () => {
  for (let row = 0; row < 30; row += 1) await say(bodyOf(row));
  for (let row = 0; row < 30; row += 1) await say(bodyOf(row));
  await say(zstdCompressSync(bodyOf(30)));
  await say(gzipSync(bodyOf(31)));
  await waitFor(async () => (await rowsOf()).length === 32, "all rows are there");
  expect(await rowsOf()).toEqual(Array.from({ length: 32 }, (_, row) => row));
});

test("rows of many homes of two tenants that come at once, each twice, are stored once and nothing is mixed", async () => {
  const tenants = [await newTenant(hub.ownerUrl, "East"), await newTenant(hub.ownerUrl, "West")] as const;
  const homes = Array.from({ length: 30 }, (_, nth) => ({ nth, of: tenants[nth % 2] as (typeof tenants)[0] }));
  const rows = Array.from({ length: 10 }, (_, row) => row);
  const sayAll = () =>
    rows.flatMap((row) => homes.map(({ nth, of }) => say(bodyOf(row, `home ${nth}`, row * 100 + nth), of.node)));
  await Promise.all([...sayAll(), ...sayAll()]);
  const heatsOf = (tenant: (typeof tenants)[0]) =>
    ask<{ home: string; heats: number[] }>(
      `select home_id as home, array_agg(heat_wh order by at) as heats from minutes join devices on devices.id = device_id
        group by home_id`,
      tenant,
    );
  const wantedOf = (tenant: (typeof tenants)[0]) =>
    homes
      .filter(({ of }) => of === tenant)
      .map(({ nth }) => ({ home: `home ${nth}`, heats: rows.map((row) => row * 100 + nth) }));
  for (const tenant of tenants) {
    const count = async () => (await heatsOf(tenant)).flatMap(({ heats }) => heats).length;
    await waitFor(async () => (await count()) === 150, "all rows are there");
    expect(await heatsOf(tenant)).toEqual(expect.arrayContaining(wantedOf(tenant)));
  }
});

test("what cannot be read is counted, the last of its kind kept, and stops nothing", async () => {
  const odd = [
    "no JSON",
    '{"devices":{}}',
    '{"devices":[{"device":""}]}',
    Buffer.from("28b52ffd00", "hex"),
    "",
    "[".repeat(100_000),
  ];
  const counted = async () => (await refused()).reduce((sum, { rows }) => sum + rows, 0);
  for (const payload of odd) await say(payload);
  await waitFor(async () => (await counted()) === 6, "they are counted");
  await say("also no JSON");
  await say(bodyOf(40, "after"));
  await waitFor(async () => (await rowsOf("after")).length === 1, "the next one was stored");
  await waitFor(async () => (await counted()) === 7, "all of them are counted");
  const found = await refused();
  expect(found.find(({ why }) => why === "The body is no JSON.")).toMatchObject({ rows: 3, sample: "also no JSON" });
  expect(found.map(({ why }) => why)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^devices: allowed: a list/),
      "The body is not compressed as zstd.",
      "The body is JSON that is nested too deep.",
    ]),
  );
});

test("messages of one kind are counted as one, whatever stands in them and wherever", async () => {
  const before = await refused();
  const zone = (name: string) => ({ device: "pump", time_zone: name });
  for (let i = 0; i < 12; i += 1) {
    const devices = [...Array.from({ length: i % 5 }, () => zone("UTC")), zone(`Mars ${i}`)];
    await say(JSON.stringify({ devices }));
  }
  const added = async () => (await refused()).filter(({ why }) => !before.some((each) => each.why === why));
  await waitFor(async () => (await added()).reduce((sum, { rows }) => sum + rows, 0) === 12, "they are counted");
  expect(await added()).toMatchObject([
    {
      why: "devices[].time_zone: allowed: a name such as Europe/Rome",
      rows: 12,
      sample: expect.stringContaining("Mars"),
    },
  ]);
});

test("events come by a topic of their own, and are stored once with those that came by HTTPS", async () => {
  const at = new Date(clock.now()).toISOString();
  const event = (id: string) => ({ id, at, kind: "broker_lost", device: "pump", context: { seconds: 40 } });
  const events = [event(randomUUID()), event(randomUUID())];
  const payload = JSON.stringify({ events });
  await node.publishAsync(nodeTopic(hub.tenant.node, "events"), payload, { qos: 1 });
  await node.publishAsync(nodeTopic(hub.tenant.node, "events"), payload, { qos: 1 });
  const stored = () => ask<{ id: string }>("select id from events order by id");
  await waitFor(async () => (await stored()).length > 0, "they are stored");
  const { answer } = await hub.send({ events: [...events, event(randomUUID())] });
  expect(answer.events).toMatchObject({ stored: 1, repeated: 2 });
  expect(await stored()).toHaveLength(3);
});

const refused = () =>
  ask<{ why: string; rows: number; sample: string }>(
    "select why, rows, sample from refused_rows where stream = 'messages' and device = ''",
  );

test("a topic of a node that does not exist, or is revoked, stores nothing", async () => {
  const south = await newTenant(hub.ownerUrl, "South");
  await hub.owner.transaction({ tenant: south.id }, (queries) =>
    queries.change("update nodes set revoked_at = now() where id = $1", [south.node]),
  );
  await say(bodyOf(1, "revoked"), south.node);
  await say(bodyOf(1, "nobody's"), randomUUID());
  await say(bodyOf(1, "no id"), "x");
  await say(bodyOf(41, "after"));
  await waitFor(async () => (await rowsOf("after")).length === 2, "the next one was stored");
  expect(await ask("select * from devices", south)).toEqual([]);
  expect(
    (await ask<{ home_id: string }>("select home_id from devices")).map(({ home_id: name }) => name).sort(),
  ).toEqual(["after", "pump"]);
});

test("rows that come while the database is away are stored when it is back", async () => {
  const postgres = await postgresOfFile();
  await postgres.stop("kill");
  for (let row = 0; row < 20; row += 1) await say(bodyOf(row, "away"));
  await postgres.start();
  await waitFor(async () => (await rowsOf("away").catch(() => [])).length === 20, "all rows are there");
});
