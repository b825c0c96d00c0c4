import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { dialectIntake } from "@heatloop/hub/dialects/take-dialect";
import { beforeEach, expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant, type TestTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(now);
const hub = await dialectHub(clock);

/** One of several hubs that work with the database. */
function oneHub() {
  const log = recordingLog();
  const take = dialectIntake({ ...hub, clock, log });
  return {
    log,
    /** So many readings of one device, each of another moment, all at once. */
    say: async (as: TestTenant, messages: number, device = "a") => {
      const all = Array.from({ length: messages }, (_, i) =>
        take(
          { tenant: as.id, node: as.node },
          {
            ...{ topic: `heatpump/${device}/data`, arrivedAt: clock.now(), isRetained: false },
            payload: Buffer.from(JSON.stringify({ n: 1, ts: clock.now() - messages + i })),
          },
        ),
      );
      await Promise.all(all);
    },
  };
}

async function newNode() {
  const as = await newTenant(hub.ownerUrl, "North");
  const count = async (table: string) =>
    (await hub.rows<{ n: number }>(`select count(*)::int as n from ${table}`, as))[0]?.n;
  return {
    as,
    stored: () => count("readings"),
    refused: () =>
      hub.rows<{ rows: number; stream: string; why: string }>("select stream, why, rows from refused_rows", as),
    /** As though it had sent so many before. */
    spend: (messages: number) =>
      hub.owner.transaction({ tenant: as.id }, (queries) =>
        queries.change(
          "insert into dialect_allowances (tenant_id, node_id, spent_until, granted) values ($1, $2, $3, 0)",
          [as.id, as.node, new Date(clock.now() + messages * 100).toISOString()],
        ),
      ),
  };
}

beforeEach(() => clock.jumpTo(now));

test("an hour of readings of the largest site may come at once, and what is above is counted and not stored", async () => {
  const { as, stored, refused, spend } = await newNode();
  const { say, log } = oneHub();
  await spend(35_000);
  await say(as, 1_300);
  expect(await stored()).toBe(1_000);
  expect(await refused()).toEqual([
    { stream: "messages", why: expect.stringMatching(/^the node sends more than 600 messages a minute/), rows: 300 },
  ]);
  expect(log.lines).toEqual([expect.stringMatching(/WARN.*a node sends more messages of other systems than it may/)]);
});

test("a node that is above goes on with 600 a minute, and one that was silent for an hour has an hour again", async () => {
  const { as, stored, spend } = await newNode();
  const { say } = oneHub();
  await spend(36_000);
  for (let second = 1; second <= 30; second += 1) {
    clock.jumpTo(now + second * secondMs);
    await say(as, 25);
  }
  expect(await stored()).toBe(300);
  clock.jumpTo(now + hourMs + 30 * secondMs);
  const [known] = await hub.rows<{ left: number }>(
    "select extract(epoch from spent_until)::float8 * 1000 as left from dialect_allowances",
    as,
  );
  expect(known?.left).toBeLessThanOrEqual(clock.now());
});

test("two hubs take together what one may", async () => {
  const { as, stored, spend } = await newNode();
  const [one, two] = [oneHub(), oneHub()];
  await spend(35_000);
  await Promise.all([one.say(as, 800, "a"), two.say(as, 800, "b")]);
  expect(await stored()).toBe(1_000);
});

test("a node that is above keeps no other node from being taken", async () => {
  const [loud, quiet] = [await newNode(), await newNode()];
  const { say } = oneHub();
  await loud.spend(36_000);
  await Promise.all([say(loud.as, 300), say(quiet.as, 20)]);
  expect([await loud.stored(), await quiet.stored()]).toEqual([0, 20]);
  expect(await quiet.refused()).toEqual([]);
});

test("the log says once that a node is above, and once that it is no more", async () => {
  const { as, spend } = await newNode();
  const { say, log } = oneHub();
  await spend(36_000);
  for (let i = 0; i < 5; i += 1) {
    await say(as, 30);
    clock.jumpTo(clock.now() + 10);
  }
  expect(log.lines).toHaveLength(1);
  clock.jumpTo(clock.now() + 20 * minuteMs);
  await say(as, 10);
  await say(as, 10);
  expect(log.lines).toEqual([
    expect.stringMatching(/ WARN .*per_minute=600/),
    expect.stringMatching(/ INFO .*a node sends no more messages of other systems than it may again/),
  ]);
});

test("the owner sees what was refused beside the other messages, and among what could not be stored", async () => {
  const { as, spend } = await newNode();
  await spend(36_000);
  await oneHub().say(as, 7);
  const ask = async (path: string) => (await hub.ask(`/nodes/${as.node}/${path}`, { as, role: "viewer" })).json;
  expect((await ask("dialects")).other).toMatchObject([{ dialect: "any", kind: "refused", messages: 7 }]);
  expect((await ask("gaps?from=2026-10-25T00:00:00Z&to=2026-10-26T00:00:00Z")).refused).toMatchObject([
    { home_id: "", stream: "messages", rows: 7, sample: "heatpump/a/data" },
  ]);
});

test("a hub whose clock was a year ahead for a while refuses nothing once it is right", async () => {
  const { as, stored } = await newNode();
  const { say } = oneHub();
  await hub.owner.transaction({ tenant: as.id }, (queries) =>
    queries.change("insert into dialect_allowances (tenant_id, node_id, spent_until, granted) values ($1, $2, $3, 0)", [
      as.id,
      as.node,
      "2027-10-25T12:00:00Z",
    ]),
  );
  await say(as, 50);
  expect(await stored()).toBe(50);
});
