import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { dropOld } from "@heatloop/hub/retention/retention";
import fc from "fast-check";
import { expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");

const clock = simulatedClock(now);
const hub = await dialectHub(clock);

/** A tenant of its own, whose node has said nothing. */
async function emptyTenant() {
  clock.jumpTo(now);
  const tenant = await newTenant(hub.ownerUrl, "North");
  const path = `/nodes/${tenant.node}/dialects`;
  const rows = <Row extends object>(text: string, of = tenant) => hub.rows<Row>(text, of);
  const ask = (at: string, how: { readonly put?: unknown } = {}) => hub.ask(at, { ...how, as: tenant });
  return {
    tenant,
    path,
    rows,
    ask,
    say: (topic: string, message: unknown, how: { readonly isRetained?: boolean } = {}) =>
      hub.say(topic, message, { as: tenant, ...how }),
    readings: () =>
      rows<{ device: string; at: number; content: Record<string, number> }>(
        "select home_id as device, at, content from readings join devices on devices.id = device_id order by 1, 2",
      ),
    refused: () =>
      rows("select device, stream, why, rows, sample from refused_rows where stream = 'readings' order by why"),
    messages: async (kind: string) => (await ask(`${path}/messages?kind=${kind}`)).json.items,
  };
}

test.each([
  ["heatpump/site1/data", { temperature: { inlet: 45 }, timestamp: now - 5_000 }, { "temperature.inlet": 45 }],
  ["van/ruuvi/inside/data", { sensor_id: "x", temperature_c: 21, time: now - 5_000 }, { temperature_c: 21 }],
  ["paku/ruuvi/van_inside", { humidity_percent: 45.2, ts: (now - 5_000) / 1000 }, { humidity_percent: 45.2 }],
])(
  "what comes under %s is a reading at the device's time, and the same again is none",
  async (topic, message, content) => {
    const { say, readings, rows } = await emptyTenant();
    for (let i = 0; i < 3; i += 1) await say(topic, message);
    expect(await readings()).toEqual([{ device: topic.replace("/data", ""), at: now - 5_000, content }]);
    expect(await rows("select * from refused_rows")).toEqual([]);
  },
);

test("of two readings of one moment the first is kept, and the second counted", async () => {
  const { say, readings, refused } = await emptyTenant();
  for (const inlet of [45, 46, 46]) await say("heatpump/site1/data", { inlet, timestamp: now });
  expect(await readings()).toMatchObject([{ content: { inlet: 45 } }]);
  const why = "it is stored with other values, and the first ones stay";
  const sample = new Date(now).toISOString();
  expect(await refused()).toEqual([{ device: "heatpump/site1", stream: "readings", why, rows: 2, sample }]);
});

test("a reading without a time is of the moment at which it came, unless the broker had kept it or the dialect has times", async () => {
  const { say, readings, messages } = await emptyTenant();
  await say("heatpump/site1/data", { inlet: 45 });
  await say("heatpump/site1/data", { inlet: 46 }, { isRetained: true });
  await say("paku/ruuvi/van_inside", { temperature_c: 20 });
  expect(await readings()).toEqual([{ device: "heatpump/site1", at: now, content: { inlet: 45 } }]);
  expect(await messages("malformed")).toMatchObject([
    { topic: "heatpump/site1/data", content: '{"inlet":46}', why: "it has no time (timestamp, time, ts)" },
    { topic: "paku/ruuvi/van_inside", why: "it has no time (timestamp, time, ts)" },
  ]);
});

test("what cannot be read is counted by dialect, the last fifty are kept, and it stops nothing", async () => {
  const { say, readings, messages, ask, path } = await emptyTenant();
  for (let i = 0; i < 60; i += 1) {
    clock.jumpTo(now + i);
    await say("heatpump/site1/data", `broken ${i}`);
  }
  for (let i = 0; i < 3; i += 1) await say("heatpump/site1/data", "broken 59");
  await say("heatpump/site1/data", Buffer.concat([Buffer.from([0, 0xff]), Buffer.alloc(5_000, "😀")]));
  await say("a/b", { x: 1 });
  await say("heatpump/site1/data", { inlet: 45, timestamp: now });
  expect(await readings()).toHaveLength(1);
  const kept = await messages("malformed");
  expect(kept).toHaveLength(51);
  expect(kept.find((message: { topic: string }) => message.topic === "a/b")).toMatchObject({ dialect: "unknown" });
  expect(kept.find((message: { content: string }) => message.content === "broken 59")).toMatchObject({ times: 4 });
  expect(kept.some((message: { content: string }) => message.content === "broken 10")).toBe(false);
  expect(Math.max(...kept.map((message: { content: string }) => message.content.length))).toBe(2000);
  expect((await ask(path)).json.other).toMatchObject([
    { dialect: "heatpump-monitor", kind: "malformed", messages: 64 },
    { dialect: "unknown", kind: "malformed", messages: 1 },
  ]);
});

test("a status is kept as it came, each content of a topic once", async () => {
  const { say, messages } = await emptyTenant();
  for (const online of ["true", "false", "true"]) await say("heatpump/site1/status/online", online);
  expect(await messages("status")).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ topic: "heatpump/site1/status/online", content: "true", times: 2, why: null }),
      expect.objectContaining({ content: "false", times: 1 }),
    ]),
  );
});

test("a table gives a device its name and its zone, and its later readings go there", async () => {
  const { say, readings, ask, path, rows } = await emptyTenant();
  const van = { dialect: "ruuvi", source: "ruuvi/van_inside", device: "van", time_zone: "Europe/Rome" };
  await say("paku/ruuvi/van_inside", { temperature_c: 20, timestamp: "2026-10-25T11:00:00" });
  await ask(path, { put: { sources: [van] } });
  await say("paku/ruuvi/van_inside", { temperature_c: 21, timestamp: "2026-10-25T11:00:00" });
  expect(await readings()).toMatchObject([
    { device: "paku/ruuvi/van_inside", at: Date.parse("2026-10-25T11:00:00Z"), content: { temperature_c: 20 } },
    { device: "van", at: Date.parse("2026-10-25T10:00:00Z"), content: { temperature_c: 21 } },
  ]);
  await ask(path, { put: { sources: [{ ...van, time_zone: "UTC", source: "ruuvi/new_tag" }] } });
  await say("paku/ruuvi/new_tag", { temperature_c: 22, timestamp: now });
  expect(await readings()).toMatchObject([{}, {}, { device: "van", at: now }]);
  expect(await rows("select time_zone from devices where home_id = 'van'")).toEqual([{ time_zone: "UTC" }]);
  const { heard } = (await ask(path)).json;
  expect(heard).toMatchObject([{ source: "ruuvi/van_inside" }, { device: "van", source: "ruuvi/new_tag" }]);
});

test("nothing is mixed into a heat pump of the home that came to have a device's name", async () => {
  const { say, readings, ask, path, messages, tenant } = await emptyTenant();
  await ask(path, { put: { sources: [{ dialect: "ruuvi", source: "ruuvi/x", device: "ecodan" }] } });
  const minutes = "time,heat_wh\n2026-10-25T10:00:00Z,4";
  await hub.send({ devices: [{ device: "ecodan", time_zone: "UTC", minutes }] }, tenant);
  await say("paku/ruuvi/x", { temperature_c: 20, timestamp: now });
  expect(await readings()).toEqual([]);
  expect(await messages("malformed")).toMatchObject([{ why: expect.stringMatching(/give it another one/) }]);
});

test("a node has no more than 200 devices of other systems, and those that it has go on", async () => {
  const { say, readings, messages } = await emptyTenant();
  for (let i = 0; i < 201; i += 1) await say(`heatpump/d${i}/data`, { a: 1, timestamp: now });
  await say("heatpump/d0/data", { a: 1, timestamp: now - 1 });
  expect(await readings()).toHaveLength(201);
  expect(await messages("malformed")).toMatchObject([{ topic: "heatpump/d200/data" }]);
});

test("each tenant has its own", async () => {
  const [north, south] = [await emptyTenant(), await emptyTenant()];
  await north.say("heatpump/site1/data", { a: 1, timestamp: now });
  await south.say("heatpump/site1/data", { a: 2, timestamp: now });
  expect(await north.readings()).toMatchObject([{ content: { a: 1 } }]);
  expect(await south.readings()).toMatchObject([{ content: { a: 2 } }]);
});

test("whatever comes under whatever topic never throws", async () => {
  const { say } = await emptyTenant();
  const word = fc.constantFrom(
    "heatpump",
    "data",
    "status",
    "alerts",
    "paku",
    "ruuvi",
    "a",
    "",
    "+",
    "\u0000",
    "é".repeat(99),
  );
  const topic = fc.oneof(
    fc.array(word, { maxLength: 5 }).map((words) => words.join("/")),
    fc.string({ unit: "binary" }),
  );
  const payload = fc.oneof(
    fc.json().map((text) => Buffer.from(text)),
    fc
      .dictionary(fc.string({ unit: "binary" }), fc.jsonValue())
      .map((o) => Buffer.from(JSON.stringify({ ...o, ts: now }))),
    fc.uint8Array({ maxLength: 3_000 }).map((bytes) => Buffer.from(bytes)),
  );
  await fc.assert(
    fc.asyncProperty(topic, payload, async (under, bytes) => {
      clock.jumpTo(clock.now() + minuteMs);
      await say(under, bytes);
    }),
    { numRuns: 60 },
  );
});

// The last one, as the clock never goes back to days that were dropped.
test("readings go with the minutes of their day, and those of a tenant on hold are kept elsewhere", async () => {
  const [north, held] = [await emptyTenant(), await emptyTenant()];
  for (const { say } of [north, held]) await say("heatpump/site1/data", { a: 1, timestamp: now });
  await hub.database.transaction({ tenant: held.tenant.id }, (queries) =>
    queries.change("update tenants set on_hold_since = now() where id = $1", [held.tenant.id]),
  );
  clock.jumpTo(now + 40 * dayMs);
  await dropOld({ ...hub, clock, log: recordingLog(), exportsFolder: undefined });
  expect(await north.readings()).toEqual([]);
  expect(await held.rows("select content from readings_on_hold")).toEqual([{ content: { a: 1 } }]);
  expect(await north.rows("select content from readings_on_hold")).toEqual([]);
});
