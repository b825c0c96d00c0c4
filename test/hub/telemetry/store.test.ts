import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync, zstdCompressSync } from "node:zlib";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import type { Transition } from "@heatloop/core/live/transition";
import { minuteReader } from "@heatloop/core/minute/csv-reader";
import { minuteRow, minutesHeader, transitionRow, transitionsHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { minuteOfStored } from "@heatloop/hub/telemetry/minute-record";
import { minutesBetween } from "@heatloop/hub/telemetry/stored-minutes";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant, withAnotherNode } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";
import { waitFor } from "#test/support/wait-for.ts";

// A day of 25 hours.
const { zone, days } = simulatedDays({ from: "2026-10-24", to: "2026-10-25", options: { seed: 4 } });
const lines = days.map(({ minutes }) => minutes.map((minute) => minuteRow(minute, zone)));
const logged = lines.map((ofDay) => ofDay.map((line) => read(line)));
const now = zone.endOf("2026-10-25") + hourMs;
const clock = simulatedClock(now);
const hub = await telemetryHub(clock);

function read(line: string) {
  const minute = minuteReader(minutesHeader)(line);
  if (minute === undefined) throw new Error(`no minute: ${line}`);
  return minute;
}

function sent(rows: readonly string[], device = "ecodan", header = minutesHeader) {
  return { devices: [{ device, time_zone: "Europe/Rome", minutes: [header, ...rows, ""].join("\n") }] };
}

async function counts(body: unknown, as = hub.tenant) {
  const { status, answer } = await hub.send(body, as);
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer.devices[0]?.minutes;
}

function stored(device: string, tenant = hub.tenant) {
  return hub.database.transaction({ tenant: tenant.id }, async (queries) => {
    const found = await queries.first<{ id: number }>("select id from devices where home_id = $1", [device]);
    return found === undefined ? [] : minutesBetween(queries, found.id, { from: 0, to: now + hourMs });
  });
}

const none = { stored: 0, repeated: 0, different: 0, refused: 0, too_early: 0, too_old: 0 };

test("what a home sends is stored to the last digit, and its day's energy is the home's own", async () => {
  for (const ofDay of lines) expect(await counts(sent(ofDay, "whole"))).toEqual({ ...none, stored: ofDay.length });
  const records = await stored("whole");
  expect(records.map(minuteOfStored)).toEqual(logged.flat());
  for (const [i, { date }] of days.entries()) {
    const next = logged[i + 1];
    const atHome = dayEnergy({ date, zone, now, minutes: logged[i] ?? [], ...(next && { nextDay: next }) });
    const minutes = records.map(minuteOfStored);
    const ofDay = (day: string) => minutes.filter(({ at }) => zone.dateOf(at) === day);
    const inHub = dayEnergy({
      ...{ date, zone, now, minutes: ofDay(date) },
      ...(next && { nextDay: ofDay(days[i + 1]?.date ?? "") }),
    });
    expect(inHub).toEqual(atHome);
    expect(inHub.heatWh).toBeGreaterThan(1000);
  }
});

test("the same rows again are stored once, in whatever pieces and order they come", async () => {
  const all = lines[0]?.slice(0, 300) ?? [];
  expect(await counts(sent(all.slice(100, 200), "pieces"))).toEqual({ ...none, stored: 100 });
  expect(await counts(sent(all.toReversed(), "pieces"))).toEqual({ ...none, stored: 200, repeated: 100 });
  expect(await counts(sent([...all, ...all], "pieces"))).toEqual({ ...none, repeated: 600 });
  expect((await stored("pieces")).map(minuteOfStored)).toEqual(logged[0]?.slice(0, 300));
});

test("hubs that store the same rows at once store them once", async () => {
  const rows = lines[0]?.slice(0, 500) ?? [];
  const answers = await Promise.all([1, 2, 3, 4].map(() => counts(sent(rows, "at once"))));
  expect(answers.reduce((sum, each) => sum + (each?.stored ?? 0), 0)).toBe(500);
  expect(await stored("at once")).toHaveLength(500);
});

test("homes are asked to wait where many send at once, and by an idle hub never", async () => {
  const rows = lines[0]?.slice(0, 500) ?? [];
  const homes = [hub.tenant];
  for (let i = 0; i < 5; i += 1) homes.push(await withAnotherNode(hub.ownerUrl, hub.tenant));
  const answers = await Promise.all(
    homes.flatMap((home) => [1, 2, 3, 4, 5].map((i) => hub.send(sent(rows, `busy ${i}`), home))),
  );
  expect(Math.max(...answers.map(({ answer }) => answer.slow_down_s))).toBeGreaterThan(0);
  expect((await hub.send(sent(rows, "idle"))).answer.slow_down_s).toBe(0);
});

test("a node that sends too much at once is asked to wait for its answers, and others are not", async () => {
  const rows = lines[0]?.slice(0, 300) ?? [];
  const another = await withAnotherNode(hub.ownerUrl, hub.tenant);
  const sendings = Array.from({ length: 12 }, (_, i) => hub.send(sent(rows, `flood ${i}`)));
  expect((await hub.send(sent(rows, "calm"), another)).status).toBe(200);
  const statuses = (await Promise.all(sendings)).map(({ status }) => status).sort();
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 503, 503, 503, 503]);
  expect((await hub.send(sent(rows, "flood 1"))).status).toBe(200);
});

test("a node that calls its heat pump otherwise each time is told so at last, and what it has goes on", async () => {
  const odd = await withAnotherNode(hub.ownerUrl, hub.tenant);
  const batch = (from: number) => ({
    devices: Array.from({ length: 50 }, (_, i) => ({ device: `pump ${from + i}`, time_zone: "Europe/Rome" })),
  });
  for (let from = 0; from < 300; from += 50) expect((await hub.send(batch(from), odd)).status).toBe(200);
  const more = await hub.send(batch(300), odd);
  expect([more.status, (more.answer as unknown as { detail: string }).detail]).toEqual([
    409,
    expect.stringMatching(/^The node has 300 heat pumps already/),
  ]);
  const at = new Date(now - hourMs).toISOString();
  const event = (device: string) => ({ id: randomUUID(), at, kind: "fault", device, context: {} });
  const { answer } = await hub.send({ ...batch(0), events: [event("pump 1"), event("another one")] }, odd);
  expect(answer.events.stored).toBe(2);
  expect((await hub.send(batch(0), hub.tenant)).status).toBe(200);
});

test("a body that was broken off leaves its place to others", async () => {
  const at = new URL(await hub.web.listen({ host: "127.0.0.1", port: 0 }));
  const head = ["POST /api/v1/telemetry HTTP/1.1", "host: x", "content-type: application/json", "content-length: 100"];
  const known = `x-test-node: ${hub.tenant.node} ${hub.tenant.id}`;
  for (let i = 0; i < 20; i += 1) {
    const socket = connect(Number(at.port), at.hostname);
    await once(socket, "connect");
    socket.write(`${[...head, known].join("\r\n")}\r\n\r\n{"devices":`);
    await new Promise((resolve) => setImmediate(resolve));
    socket.destroy();
    await once(socket, "close");
  }
  const isTaken = async () => (await hub.send(sent(lines[0]?.slice(0, 5) ?? [], "after"))).status === 200;
  await waitFor(isTaken, "the node's places are free");
});

test("a minute that comes again with other values is counted, and the first one stays", async () => {
  const [first = "", second = ""] = lines[0]?.slice(700, 702) ?? [];
  const changed = first.replace(/^([^,]*),[^,]*/, "$1,12.5");
  await counts(sent([first], "changed"));
  expect(await counts(sent([changed, second], "changed"))).toEqual({ ...none, stored: 1, different: 1 });
  expect((await stored("changed")).map(minuteOfStored)).toEqual([read(first), read(second)]);
  const refused = await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.all("select why, rows::int, sample from refused_rows where device = 'changed'"),
  );
  const sample = new Date(read(first).at).toISOString();
  expect(refused).toEqual([{ why: "it is stored with other values, and the first ones stay", rows: 1, sample }]);
});

test("rows that can't be are kept for inspection and stop nothing", async () => {
  const good = lines[0]?.[10] ?? "";
  const rows = [
    "",
    "not a row",
    good.replace(/^2026/, "1970"),
    good.replace(/^[^,]*/, "yesterday"),
    `${good},one too many`,
    good,
    "\0\u{1F600}".repeat(5_000),
  ];
  expect(await counts(sent(rows, "odd"))).toEqual({ ...none, stored: 1, refused: 5 });
  await counts(sent(["torn again"], "odd"));
  const refused = await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.all("select why, rows::int, sample from refused_rows where device = 'odd' order by why"),
  );
  expect(refused).toEqual([
    { why: "it is from before 2020", rows: 1, sample: good.replace(/^2026/, "1970") },
    { why: "it is no row of its header", rows: 5, sample: "torn again" },
  ]);
});

test("rows of the future are to be sent again, and those that are too old are left out", async () => {
  const at = (time: number) => minuteRow({ ...read(lines[0]?.[10] ?? ""), at: time }, zone);
  const rows = [at(now + hourMs), at(now + 4 * minuteMs), at(now - 40 * 24 * hourMs)];
  expect(await counts(sent(rows, "times"))).toEqual({ ...none, stored: 1, too_early: 1, too_old: 1 });
});

test("columns that a newer home has are kept, and those that an older one lacks are unknown", async () => {
  const [row = ""] = lines[0]?.slice(20, 21) ?? [];
  await counts(sent([`${row},12.5,"cold, dry"`], "newer", `${minutesHeader},humidity_percent,air`));
  expect((await stored("newer")).map(({ rare }) => rare)).toEqual([{ humidity_percent: 12.5, air: "cold, dry" }]);
  await counts(sent(["2026-10-25T10:00:00+01:00,34.25"], "older", "time,flow_temperature_c"));
  const [older] = (await stored("older")).map(minuteOfStored);
  expect([older?.points.flow_temperature, older?.points.return_temperature, older?.figures.heat_wh]).toEqual([
    34.25,
    null,
    null,
  ]);
});

test("transitions are stored once each, also two of one second", async () => {
  const context = { flow_temperature: 31.5 } as Transition["context"];
  const off = { at: now - hourMs, kind: "compressor", from: "on", to: "off", durationS: 600, context } as const;
  const on = { ...off, from: "off", to: "on", durationS: 0 };
  const fed = { ...off, kind: "room_feed", from: null, to: "ok", durationS: null, zone: 1 } as const;
  const rows = [off, on, off, fed].map((transition) => transitionRow(transition, zone));
  const body = {
    devices: [{ device: "edges", time_zone: "Europe/Rome", transitions: [transitionsHeader, ...rows].join("\n") }],
  };
  expect((await hub.send(body)).answer.devices[0]?.transitions).toEqual({ ...none, stored: 4 });
  expect((await hub.send(body)).answer.devices[0]?.transitions).toEqual({ ...none, repeated: 4 });
});

test("a heat pump of the same name at another tenant's home is another one", async () => {
  const south = await newTenant(hub.ownerUrl, "South");
  const rows = lines[0]?.slice(0, 3) ?? [];
  await counts(sent(rows, "ecodan"));
  expect(await counts(sent(rows.slice(0, 1), "ecodan"), south)).toEqual({ ...none, stored: 1 });
  expect(await stored("ecodan", south)).toHaveLength(1);
  expect(await stored("ecodan")).toHaveLength(3);
});

test.each([
  ["zstd", zstdCompressSync],
  ["gzip", gzipSync],
] as const)("a body may be compressed as %s", async (encoding, compress) => {
  const headers = { ...nodeHeaders(), "content-type": "application/json", "content-encoding": encoding };
  const payload = compress(Buffer.from(JSON.stringify(sent(lines[0]?.slice(0, 5) ?? [], encoding))));
  const reply = await hub.web.inject({ method: "POST", url: "/api/v1/telemetry", headers, payload });
  expect([reply.statusCode, reply.json().devices[0].minutes.stored]).toEqual([200, 5]);
});

test.each<[string, Readonly<Record<string, string>>, Buffer, number, RegExp]>([
  [
    "a bomb of zstd",
    { "content-encoding": "zstd" },
    zstdCompressSync(Buffer.alloc(100 * 2 ** 20)),
    413,
    /larger than 2 MiB/,
  ],
  ["a bomb of gzip", { "content-encoding": "gzip" }, gzipSync(Buffer.alloc(100 * 2 ** 20)), 413, /larger than 2 MiB/],
  ["a batch of 100 MB", {}, Buffer.alloc(100_000_000, 32), 413, /too large/i],
  ["what is not compressed", { "content-encoding": "zstd" }, Buffer.from("{}"), 400, /not compressed as zstd/],
  ["another compression", { "content-encoding": "br" }, Buffer.from("{}"), 415, /must be zstd, gzip or identity/],
  ["no JSON", {}, Buffer.from("{"), 400, /no JSON/],
  ["JSON of great depth", {}, Buffer.from("[".repeat(100_000)), 400, /nested too deep/],
  ["another shape", {}, Buffer.from('{"devices":[{"device":""}]}'), 400, /devices\[0\]\.device/],
  ["a zone that is none", {}, Buffer.from('{"devices":[{"device":"x","time_zone":"Mars"}]}'), 400, /Europe\/Rome/],
])("%s is refused, and says why", async (_what, encoding, payload, status, detail) => {
  const headers = { ...nodeHeaders(), "content-type": "application/json", ...encoding };
  const reply = await hub.web.inject({ method: "POST", url: "/api/v1/telemetry", headers, payload });
  expect([reply.statusCode, reply.json().detail]).toEqual([status, expect.stringMatching(detail)]);
});

test("who is no node stores nothing", async () => {
  const reply = await hub.web.inject({ method: "POST", url: "/api/v1/telemetry", payload: sent([], "x") });
  expect(reply.statusCode).toBe(401);
});

function nodeHeaders() {
  return { "x-test-node": `${hub.tenant.node} ${hub.tenant.id}` };
}
