import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { makeDueMinutes } from "@heatloop/hub/dialects/dialect-minutes";
import { dialectIntake } from "@heatloop/hub/dialects/take-dialect";
import { expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { statementRecord } from "#test/support/hub/isolation/recorded-database.ts";
import { newTenant, type TestTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(now);
const hub = await dialectHub(clock);
const statements = statementRecord();
const takeDialect = dialectIntake({ ...hub, database: statements.record(hub.database), clock });

type Said = { readonly topic: string; readonly message: unknown; readonly as: TestTenant };

/** Hands all of it in at once. */
const sayAll = (all: readonly Said[]) =>
  Promise.all(
    all.map(({ topic, message, as }) => {
      const payload = Buffer.from(typeof message === "string" ? message : JSON.stringify(message));
      return takeDialect({ tenant: as.id, node: as.node }, { topic, payload, arrivedAt: now, isRetained: false });
    }),
  );
const newNorth = () => newTenant(hub.ownerUrl, "North");
const readings = (of: TestTenant) =>
  hub.rows<{ device: string; at: number; content: Record<string, number> }>(
    "select home_id as device, at, content from readings join devices on devices.id = device_id order by 1, 2",
    of,
  );
const refused = (of: TestTenant) =>
  hub.rows<{ device: string; why: string; rows: number; sample: string }>(
    "select device, why, rows, sample from refused_rows order by device, why",
    of,
  );

test("hundreds of readings at once are stored by a handful of statements, whoever's devices they are", async () => {
  const as = await newNorth();
  const devices = Array.from({ length: 20 }, (_, i) => `d${i}`);
  const round = (at: number) => devices.map((d) => ({ as, topic: `heatpump/${d}/data`, message: { n: 1, ts: at } }));
  await sayAll(round(now - minuteMs));
  statements.taken();
  await sayAll(Array.from({ length: 20 }, (_, i) => round(now - i * secondMs)).flat());
  const taken = statements.taken();
  expect(await readings(as)).toHaveLength(21 * devices.length);
  expect(taken.filter((text) => text.startsWith("insert into readings")).length).toBeLessThan(10);
  expect(taken.length).toBeLessThan(80);
});

test("of readings of one moment that come together the first one stays, and one with the same values counts for nothing", async () => {
  const as = await newNorth();
  const say = (topic: string, n: number, at = now) => ({ as, topic, message: { n, ts: at } });
  const two = ["heatpump/b/data", "heatpump/a/data"];
  await sayAll(two.flatMap((topic) => [say(topic, 1), say(topic, 2), say(topic, 1), say(topic, 3, now - 1)]));
  const kept = (device: string) => [
    { device, at: now - 1, content: { n: 3 } },
    { device, at: now, content: { n: 1 } },
  ];
  expect(await readings(as)).toEqual([...kept("heatpump/a"), ...kept("heatpump/b")]);
  await sayAll(two.map((topic) => say(topic, 4)));
  const why = "it is stored with other values, and the first ones stay";
  const counted = { why, rows: 2, sample: new Date(now).toISOString() };
  expect(await refused(as)).toEqual([
    { device: "heatpump/a", ...counted },
    { device: "heatpump/b", ...counted },
  ]);
});

test("readings of minutes that are rows are kept and counted, and the ones beside them still become rows", async () => {
  const as = await newNorth();
  const say = (n: number, at: number) => ({
    as,
    topic: "heatpump/a/data",
    message: { temperature: { outlet: n }, ts: at },
  });
  await sayAll([say(30, now - 30 * minuteMs)]);
  const later = { ...clock, now: () => now + 20 * minuteMs };
  await makeDueMinutes({ ...hub, clock: later });
  await sayAll([say(31, now - 30 * minuteMs + 1), say(32, now - 29 * minuteMs), say(33, now - 30 * minuteMs + 2)]);
  await makeDueMinutes({ ...hub, clock: later });
  expect(await readings(as)).toHaveLength(4);
  const minutes = await hub.rows("select flow_temperature_c as flow from minutes order by at", as);
  expect(minutes).toEqual([{ flow: 30 }, { flow: 32 }]);
  expect(await refused(as)).toMatchObject([
    { device: "heatpump/a", why: expect.stringMatching(/^it came when/), rows: 2 },
  ]);
});

test("what the database refuses fails alone, and all that came with it is stored", async () => {
  const as = await newNorth();
  await hub.owner.transaction({}, (queries) =>
    queries.change("alter table readings add constraint poison check (not content ? 'poison') not valid"),
  );
  const say = (message: object) => ({ as, topic: "heatpump/a/data", message });
  const results = await Promise.allSettled(
    [
      say({ n: 1, ts: now }),
      say({ poison: 1, ts: now - 1 }),
      say({ n: 2, ts: now - 2 }),
      say({ n: 3, ts: now - 3 }),
    ].map((each) => sayAll([each])),
  );
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled"]);
  expect((await readings(as)).map(({ content }) => content)).toEqual([{ n: 3 }, { n: 2 }, { n: 1 }]);
  await hub.owner.transaction({}, (queries) => queries.change("alter table readings drop constraint poison"));
});

test("messages that cannot be read are counted and kept together, each content once, the last fifty of a dialect", async () => {
  const as = await newNorth();
  const say = (topic: string, message: unknown) => ({ as, topic, message });
  const broken = Array.from({ length: 70 }, (_, i) => say("heatpump/a/data", `broken ${i}`));
  await sayAll([...broken, say("x/y", "odd"), say("heatpump/a/data", "broken 69"), say("heatpump/a/status/on", "1")]);
  const counts = await hub.rows("select dialect, kind, messages from dialect_counts order by 1, 2", as);
  expect(counts).toEqual([
    { dialect: "heatpump-monitor", kind: "malformed", messages: 71 },
    { dialect: "heatpump-monitor", kind: "status", messages: 1 },
    { dialect: "unknown", kind: "malformed", messages: 1 },
  ]);
  const kept = await hub.rows<{ content: string; times: number }>(
    "select content, times from dialect_messages where dialect = 'heatpump-monitor' and kind = 'malformed'",
    as,
  );
  expect(kept).toHaveLength(50);
  expect(kept).toEqual(expect.arrayContaining([{ content: "broken 69", times: 2 }]));
});
