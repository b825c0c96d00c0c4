import { heartbeatPath } from "@heatloop/core/hub/node-paths";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { openDatabase } from "@heatloop/hub/database/database";
import { transactionOfJobs } from "@heatloop/hub/database/jobs";
import { startNodeSweep, sweepNodes } from "@heatloop/hub/nodes/sweep";
import { systemClock } from "@heatloop/program/clock";
import { beforeEach, expect, test } from "vitest";
import { postgresOfFile } from "#test/support/hub/database.ts";
import { newTestKey } from "#test/support/hub/test-node.ts";
import { nodesHub } from "#test/support/hub/web.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const hub = await nodesHub();
const owner = openDatabase(hub.ownerUrl, recordingLog());
const north = await hub.tenant("North");
const operator = hub.as(north, "operator");

/** Each test has hours of its own, in which the hubs have heard for long. */
let start = hub.clock.now();
beforeEach(async () => {
  start += 24 * hourMs;
  await pass(0);
});

/** Goes on to so long after the start, while hubs sweep. */
async function pass(ms: number): Promise<void> {
  for (let at = Math.max(hub.clock.now(), start - 6 * minuteMs); at < start + ms; at += 30 * secondMs) {
    await sweepNodes(owner, at);
  }
  hub.clock.set(start + ms);
  await sweepNodes(owner, start + ms);
}

async function newNode() {
  const key = newTestKey();
  const payload = { name: "a home", public_key: key.x };
  const made = await hub.app.inject({ method: "POST", url: "/api/v1/nodes", headers: operator, payload });
  return { ...key, keyId: made.json<{ id: string }>().id };
}
type TestNode = Awaited<ReturnType<typeof newNode>>;

async function beat(node: TestNode, more: object = {}) {
  const json = {
    version: "0.20.0",
    os_version: "Linux 6.12",
    uptime_s: 3600,
    last_reboot_at: "2026-11-01T00:00:00Z",
    disk_free_bytes: 5e12,
    memory_bytes: 80e6,
    clock_at: new Date(hub.clock.now()).toISOString(),
    ...more,
  };
  return hub.app.inject(await hub.signed(node, { path: heartbeatPath, json }));
}

type Shown = {
  status: string;
  last_seen_at: string | null;
  clock_is_off: boolean;
  clock_ahead_s: number;
  statuses: { status: string; why: string; at: string }[];
};
const shown = async ({ keyId }: TestNode) =>
  (await hub.app.inject({ url: `/api/v1/nodes/${keyId}`, headers: operator })).json<Shown>();
const changes = async (node: TestNode) => (await shown(node)).statuses.map(({ status, why }) => `${status} ${why}`);

test("a heartbeat makes a node ONLINE, is answered with the hub's time, and says how its machine is", async () => {
  const node = await newNode();
  const answer = await beat(node);
  const time = new Date(hub.clock.now()).toISOString();
  expect([answer.statusCode, answer.json()]).toEqual([200, { hub_at: time }]);
  expect(await shown(node)).toMatchObject({
    ...{ status: "ONLINE", last_seen_at: time, version: "0.20.0", os_version: "Linux 6.12", uptime_s: 3600 },
    ...{ last_reboot_at: "2026-11-01T00:00:00.000Z", disk_free_bytes: 5e12, memory_bytes: 80e6 },
    ...{ clock_ahead_s: 0, clock_is_off: false, statuses: [{ at: time, status: "ONLINE", why: "heard" }] },
  });
});

test("what a node does not know is null", async () => {
  const node = await newNode();
  const unknown = { os_version: null, last_reboot_at: null, disk_free_bytes: null, memory_bytes: null };
  expect((await beat(node, unknown)).statusCode).toBe(200);
  expect(await shown(node)).toMatchObject({ status: "ONLINE", os_version: null, disk_free_bytes: null });
});

test("a heartbeat with mistakes is refused with all of them, and changes nothing", async () => {
  const node = await newNode();
  const answer = await beat(node, { version: "1\n2", uptime_s: -1, clock_at: "now" });
  expect(answer.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
    "version",
    "uptime_s",
    "clock_at",
  ]);
  expect(await shown(node)).toMatchObject({ status: "NEW", last_seen_at: null });
});

test.each([
  [-61, true],
  [-60, false],
  [60, false],
  [61, true],
])("a clock that is %i s ahead is marked: %s", async (aheadS, isOff) => {
  const node = await newNode();
  await beat(node, { clock_at: new Date(hub.clock.now() + aheadS * secondMs).toISOString() });
  expect(await shown(node)).toMatchObject({ clock_ahead_s: aheadS, clock_is_off: isOff });
});

test("a node that is silent for five minutes is OFFLINE, and ONLINE when it is heard again", async () => {
  const [silent, heard] = [await newNode(), await newNode()];
  await beat(silent);
  await beat(heard);
  await pass(2 * minuteMs);
  await beat(heard);
  await pass(5 * minuteMs - secondMs);
  expect((await shown(silent)).status).toBe("ONLINE");
  await pass(5 * minuteMs);
  expect([(await shown(silent)).status, (await shown(heard)).status]).toEqual(["OFFLINE", "ONLINE"]);
  await beat(silent);
  expect(await changes(silent)).toEqual(["ONLINE heard", "OFFLINE silent", "ONLINE heard"]);
  expect((await shown(silent)).statuses[1]?.at).toBe(new Date(start + 5 * minuteMs).toISOString());
});

test("of nodes that come back at once each is ONLINE but for the one that flaps, and has its own silence", async () => {
  const [steady, flapping, revoked] = [await newNode(), await newNode(), await newNode()];
  let at = 0;
  for (const heard of [[flapping], [flapping], [steady, flapping, revoked]]) {
    await Promise.all(heard.map((node) => beat(node)));
    at += 6 * minuteMs;
    await pass(at);
  }
  await hub.app.inject({ method: "POST", url: `/api/v1/nodes/${revoked.keyId}/revoke`, headers: operator });
  await pass(at + minuteMs);
  const fresh = await newNode();
  await Promise.all([steady, flapping, revoked, fresh].map((node) => beat(node)));
  const silence = { at: new Date(start + at - minuteMs).toISOString(), status: "OFFLINE", why: "silent" };
  const back = { at: new Date(start + at + minuteMs).toISOString(), status: "ONLINE", why: "heard" };
  const first = { status: "ONLINE", why: "heard" };
  expect(await shown(steady)).toMatchObject({ status: "ONLINE", statuses: [back, silence, first] });
  expect(await shown(flapping)).toMatchObject({ status: "OFFLINE", statuses: [silence, first, {}, {}, {}, {}] });
  expect(await shown(revoked)).toMatchObject({ status: "REVOKED", statuses: [silence, first] });
  expect(await shown(fresh)).toMatchObject({ status: "ONLINE", statuses: [back] });
});

test("hubs that were away do not take their own silence for the nodes'", async () => {
  const [alive, gone] = [await newNode(), await newNode()];
  await beat(alive);
  await beat(gone);
  const back = start + 30 * minuteMs;
  hub.clock.set(back);
  expect(await sweepNodes(owner, back)).toBe(0);
  await beat(alive);
  for (let at = back; at < back + 5 * minuteMs; at += 30 * secondMs) expect(await sweepNodes(owner, at)).toBe(0);
  expect(await sweepNodes(owner, back + 5 * minuteMs - secondMs)).toBe(0);
  expect(await sweepNodes(owner, back + 5 * minuteMs)).toBe(2);
  start = back;
  expect([await changes(alive), await changes(gone)]).toEqual([
    ["OFFLINE silent", "ONLINE heard"],
    ["OFFLINE silent", "ONLINE heard"],
  ]);
});

test("when nodes came and went is kept for more than a year, and not for ever", async () => {
  const node = await newNode();
  await beat(node);
  const heard = start;
  await sweepNodes(owner, heard + 399 * 24 * hourMs);
  expect((await changes(node)).at(-1)).toBe("ONLINE heard");
  await sweepNodes(owner, heard + 401 * 24 * hourMs);
  const [row] = await owner.transaction({}, (queries) =>
    queries.all<{ rows: number }>("select count(*)::int as rows from node_statuses where at <= $1", [new Date(heard)]),
  );
  expect(row?.rows).toBe(0);
  start = heard + 402 * 24 * hourMs;
  hub.clock.set(start);
});

test("of hubs that sweep at once one marks each node once", async () => {
  const nodes = await Promise.all([1, 2, 3].map(newNode));
  for (const node of nodes) await beat(node);
  await pass(4 * minuteMs + 50 * secondMs);
  const at = start + 5 * minuteMs;
  const others = [1, 2, 3].map(() => openDatabase(hub.ownerUrl, recordingLog()));
  const marked = await Promise.all([owner, ...others].map((each) => sweepNodes(each, at)));
  await Promise.all(others.map((each) => each.close()));
  hub.clock.set(at);
  expect(marked.reduce<number>((sum, each) => sum + (each ?? 0), 0)).toBe(3);
  for (const node of nodes) expect(await changes(node)).toEqual(["OFFLINE silent", "ONLINE heard"]);
});

test("a hub that finds another one at it leaves the sweep to that", async () => {
  const other = openDatabase(hub.ownerUrl, recordingLog());
  const meanwhile = await transactionOfJobs(owner, async (queries) => {
    await queries.first("select from node_sweep for update");
    return sweepNodes(other, start);
  });
  await other.close();
  expect(meanwhile).toBe(undefined);
  expect(await sweepNodes(owner, start)).toBe(0);
});

test("a node that flaps stays OFFLINE until it was heard for ten minutes without a pause", async () => {
  const node = await newNode();
  let at = 0;
  for (let i = 0; i < 3; i += 1) {
    await beat(node);
    at += 6 * minuteMs;
    await pass(at);
  }
  for (let heardMs = 0; heardMs < 10 * minuteMs; heardMs += minuteMs) {
    await beat(node);
    expect((await shown(node)).status).toBe("OFFLINE");
    at += minuteMs;
    await pass(at);
  }
  await beat(node);
  expect((await shown(node)).status).toBe("ONLINE");
  expect(await changes(node)).toHaveLength(7);
});

test("a node that is revoked is OFFLINE at once for that reason, and its heartbeats are refused", async () => {
  const node = await newNode();
  await beat(node);
  await hub.app.inject({ method: "POST", url: `/api/v1/nodes/${node.keyId}/revoke`, headers: operator });
  expect((await beat(node)).statusCode).toBe(403);
  expect(await shown(node)).toMatchObject({ status: "REVOKED", statuses: [{ status: "OFFLINE", why: "revoked" }, {}] });
});

test("nonces are kept for longer than what was signed with them is good, and no longer", async () => {
  const node = await newNode();
  await beat(node);
  const kept = () =>
    hub.database.transaction({ node: node.keyId }, (queries) => queries.all("select nonce from node_nonces"));
  await pass(2 * minuteMs);
  expect(await kept()).toHaveLength(1);
  await pass(6 * minuteMs);
  expect(await kept()).toEqual([]);
});

test("the jobs see all tenants' nodes and nothing of people; and what people are let see shows nothing of the jobs", async () => {
  const read = (table: string) => transactionOfJobs(owner, (queries) => queries.all(`select * from ${table}`));
  expect((await read("node_presence")).length).toBeGreaterThan(5);
  for (const table of ["users", "tenants", "node_keys", "memberships"]) {
    await expect(read(table)).rejects.toThrow(/permission denied/);
  }
  const sweep = hub.database.transaction({ tenant: north.id }, (queries) => queries.all("select * from node_sweep"));
  await expect(sweep).rejects.toThrow(/permission denied/);
});

test("a database that is away is logged once, and nodes are looked for again when it is back", async () => {
  const log = recordingLog();
  const machine = systemClock();
  const clock = { ...machine, every: (ms: number, work: () => void) => machine.every(ms / 100, work) };
  const sweep = startNodeSweep({ owner: openDatabase(hub.ownerUrl, recordingLog()), clock, log });
  const postgres = await postgresOfFile();
  await postgres.stop("kill");
  await waitFor(() => log.lines.length > 0, "it is logged");
  await postgres.start();
  await waitFor(() => log.lines.length > 1, "it goes on");
  await sweep.close();
  expect(log.lines.slice(0, 2)).toEqual([
    expect.stringContaining("silent nodes cannot be looked for; it is tried again"),
    expect.stringContaining("silent nodes are looked for again"),
  ]);
});
