import { randomUUID } from "node:crypto";
import { eventLimits, type HomeEvent } from "@heatloop/core/hub/home-events";
import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import { dropOld } from "@heatloop/hub/retention/retention";
import { readEvents } from "@heatloop/hub/telemetry/read-events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const noon = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(noon);
const hub = await telemetryHub(clock);
const south = await newTenant(hub.ownerUrl, "South");

function event(at: number, more: Partial<HomeEvent> = {}): HomeEvent {
  const usual = { id: randomUUID(), kind: "alert_raised", device: null, context: {} } as const;
  return { ...usual, at: new Date(at).toISOString(), ...more };
}

const none = { stored: 0, repeated: 0, different: 0, refused: 0, too_early: 0, too_old: 0 };

async function send(events: readonly unknown[], as = hub.tenant) {
  const { status, answer } = await hub.send({ events }, as);
  expect(status, JSON.stringify(answer)).toBe(200);
  return answer.events;
}

type Shown = { items: (HomeEvent & { node_id: string })[]; next: string | null };

async function shown(path: string, as = hub.tenant): Promise<Shown & { status: number }> {
  const reply = await hub.web.inject({ url: `/api/v1/${path}`, headers: { "x-test-viewer": String(as.id) } });
  return { status: reply.statusCode, ...reply.json() };
}

async function deviceNamed(name: string): Promise<string> {
  const reply = await hub.web.inject({ url: "/api/v1/devices", headers: { "x-test-viewer": String(hub.tenant.id) } });
  const { items: devices } = reply.json() as { items: { id: string; home_id: string }[] };
  return devices.find(({ home_id: id }) => id === name)?.id ?? "none";
}

test("what happened at a home is stored once, however often it comes, and shown with its heat pump", async () => {
  const context = { rule: "fault", severity: "error", message: "Fault code E9", count: 2, known: true, more: null };
  const events = [event(noon - hourMs, { device: "pump", context }), event(noon - minuteMs, { kind: "broker_lost" })];
  expect(await send(events)).toEqual({ ...none, stored: 2 });
  expect(await send([...events, ...events])).toEqual({ ...none, repeated: 4 });
  const device = await deviceNamed("pump");
  const [first, second] = events.map(({ device: _, ...each }) => ({ ...each, node_id: hub.tenant.node }));
  expect(await shown(`nodes/${hub.tenant.node}/events`)).toMatchObject({
    items: [second, { ...first, device_id: device }],
    next: null,
  });
  expect((await shown(`devices/${device}/events`)).items).toEqual([{ ...first, device_id: device }]);
});

test("hubs that store the same events at once store them once", async () => {
  const events = Array.from({ length: 50 }, (_, i) => event(noon - i * minuteMs, { device: `at once ${i % 3}` }));
  const answers = await Promise.all([1, 2, 3, 4].map(() => send(events)));
  expect(answers.reduce((sum, { stored }) => sum + stored, 0)).toBe(50);
});

test("a list goes on where its part before ended, and shows each event once", async () => {
  const events = Array.from({ length: 25 }, (_, i) => event(noon - 2 * hourMs - Math.floor(i / 5) * minuteMs));
  const north = await newTenant(hub.ownerUrl, "Parts");
  await send(events, north);
  const path = `nodes/${north.node}/events?limit=7`;
  const ids: string[] = [];
  for (let part = await shown(path, north); ; part = await shown(`${path}&after=${part.next}`, north)) {
    ids.push(...part.items.map(({ id }) => id));
    if (part.next === null) break;
  }
  expect(ids).toHaveLength(25);
  expect(new Set(ids)).toEqual(new Set(events.map(({ id }) => id)));
  expect((await shown(`${path}&after=bm8`, north)).status).toBe(400);
});

test("what can't be an event is kept for inspection and holds up no other", async () => {
  const good = event(noon - minuteMs);
  const odd = [null, "text", {}, { ...good, kind: "Not A Name" }, { ...good, context: { deep: { er: 1 } } }];
  const times = [event(0), event(noon + 2 * dayMs), event(noon + hourMs), event(noon - 400 * dayMs)];
  expect(await send([...odd, ...times, good])).toEqual({ ...none, stored: 1, refused: 7, too_early: 1, too_old: 1 });
  const refused = await hub.database.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.all("select why, rows from refused_rows where stream = 'events' order by why"),
  );
  expect(refused).toEqual([
    { why: "it is from before 2020", rows: 1 },
    { why: "it is more than a day ahead", rows: 1 },
    { why: "it is no event", rows: 5 },
  ]);
  clock.advanceTo(noon + hourMs);
  expect(await send(times.slice(2, 3))).toEqual({ ...none, stored: 1 });
});

test("whatever is sent as an event is stored or counted, with bounded texts", async () => {
  const times = { now: noon, from: noon - 365 * dayMs };
  const likely = fc.record({
    id: fc.oneof(fc.uuid(), fc.anything()),
    at: fc.oneof(
      fc.date({ noInvalidDate: true }).map(String),
      fc.constant(new Date(noon).toISOString()),
      fc.anything(),
    ),
    kind: fc.oneof(fc.constant("alert_raised"), fc.string()),
    device: fc.oneof(fc.constant(null), fc.string({ unit: "binary" })),
    context: fc.oneof(
      fc.dictionary(fc.constantFrom("a", "b_1"), fc.oneof(fc.string({ unit: "binary" }), fc.double())),
      fc.anything(),
    ),
  });
  const any = fc.array(fc.oneof(likely, fc.jsonValue()).map((value) => JSON.parse(JSON.stringify(value) ?? "null")));
  await fc.assert(
    fc.asyncProperty(any, async (sent) => {
      const { rows, refused, tooEarly, tooOld } = readEvents(sent, times);
      expect(rows.length + refused.length + tooEarly + tooOld).toBe(sent.length);
      for (const { sample } of refused) expect(sample.length).toBeLessThanOrEqual(2_000);
      for (const { context } of rows) expect(Object.keys(context).length).toBeLessThanOrEqual(eventLimits.keys);
      if (rows.length > 0 || refused.length > 0) await send(sent, south);
    }),
    { numRuns: 60 },
  );
});

test("another tenant's events are no other than those of what does not exist", async () => {
  await send([event(noon, { device: "pump" })]);
  const device = await deviceNamed("pump");
  expect((await shown(`devices/${device}/events`)).status).toBe(200);
  for (const [kind, id] of [
    ["devices", device],
    ["nodes", hub.tenant.node],
  ] as const) {
    const foreign = await shown(`${kind}/${id}/events`, south);
    expect(foreign).toEqual(await shown(`${kind}/${randomUUID()}/events`, south));
    expect(foreign.status).toBe(404);
  }
});

test("events stay for a year, longer than rows, and those of a tenant on hold for good", async () => {
  const [kept, gone] = [await newTenant(hub.ownerUrl, "Held"), await newTenant(hub.ownerUrl, "Not held")];
  for (const tenant of [kept, gone]) await send([event(clock.now()), event(clock.now() - 200 * dayMs)], tenant);
  await hub.owner.transaction({ tenant: kept.id }, (queries) =>
    queries.change("update tenants set on_hold_since = now() where id = $1", [kept.id]),
  );
  const count = (table: string, { id }: { readonly id: number }) =>
    hub.database.transaction({ tenant: id }, async (queries) => (await queries.all(`select 1 from ${table}`)).length);
  const drop = () => dropOld({ ...hub, clock, log: recordingLog(), exportsFolder: undefined });
  clock.advanceTo(clock.now() + 100 * dayMs);
  await drop();
  expect(await count("events", gone)).toBe(2);
  clock.advanceTo(clock.now() + 100 * dayMs);
  await drop();
  expect([await count("events", gone), await count("events", kept), await count("events_on_hold", kept)]).toEqual([
    1, 1, 1,
  ]);
});
