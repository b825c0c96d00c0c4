import { randomUUID } from "node:crypto";
import { sentPath } from "@heatloop/core/hub/telemetry";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import {
  type DifferenceReason,
  differenceOf,
  type GapReason,
  gapOf,
  missingSpans,
  type NodePast,
  wrongClocksIn,
} from "@heatloop/hub/telemetry/gaps";
import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { rome } from "#test/support/examples/archive.ts";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const noon = Date.parse("2026-10-25T12:00:00Z");

test("missing spans and the minutes that are there make up the whole range, and never overlap", () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(300)), fc.nat(300), fc.nat(120), (rows, from, length) => {
      const times = rows.sort((a, b) => a - b).map((minute) => noon + minute * minuteMs);
      const range = { from: noon + from * minuteMs, to: noon + (from + length) * minuteMs };
      const missing = missingSpans(times, range);
      const there = times.filter((at) => at >= range.from && at < range.to).length;
      expect(missing.reduce((sum, span) => sum + (span.to - span.from) / minuteMs, there)).toBe(length);
      for (const span of missing) expect(times.some((at) => at >= span.from && at < span.to)).toBe(false);
    }),
  );
});

const span = { from: noon, to: noon + 10 * minuteMs };
const past: NodePast = { isOnline: true, revokedAt: null, allSentAt: null, silences: [], wrongClocks: [] };

test.each<[GapReason, Partial<NodePast>]>([
  ["on_its_way", {}],
  ["on_its_way", { allSentAt: noon + 5 * minuteMs }],
  ["node_offline", { isOnline: false }],
  ["revoked", { isOnline: false, revokedAt: noon }],
  ["revoked", { isOnline: false, revokedAt: noon + hourMs, allSentAt: noon }],
  ["not_logged", { allSentAt: noon + hourMs }],
  ["not_logged", { allSentAt: noon + hourMs, isOnline: false }],
  ["not_logged", { allSentAt: noon + hourMs, silences: [{ from: noon - hourMs, to: noon }] }],
  ["home_off", { allSentAt: noon + hourMs, silences: [{ from: noon - hourMs, to: noon + minuteMs }] }],
  ["not_logged", { allSentAt: noon + hourMs, revokedAt: noon + 2 * hourMs }],
  ["clock_off", { allSentAt: noon + hourMs, wrongClocks: [{ from: noon - hourMs, to: noon + minuteMs }] }],
  ["not_logged", { allSentAt: noon + hourMs, wrongClocks: [{ from: noon - hourMs, to: noon }] }],
  ["on_its_way", { wrongClocks: [{ from: noon - hourMs, to: noon + minuteMs }] }],
  [
    "home_off",
    {
      allSentAt: noon + hourMs,
      wrongClocks: [{ from: noon - hourMs, to: noon + minuteMs }],
      silences: [{ from: noon - hourMs, to: noon + minuteMs }],
    },
  ],
])("ten minutes are missing as %s where the node is %j", (why, more) => {
  expect(gapOf(span, { ...past, ...more })).toEqual({
    ...{ ...span, minutes: 10, why },
    mayCome: ["on_its_way", "node_offline"].includes(why),
  });
});

test("a clock was wrong from when it was told until it was told to be right, by its own time and by the hub's", () => {
  const news = [
    { at: noon, behindS: 600 },
    { at: noon + hourMs, behindS: null },
    { at: noon + 2 * hourMs, behindS: -120 },
  ];
  expect(wrongClocksIn(news, noon + 3 * hourMs)).toEqual([
    { from: noon, to: noon + hourMs + 10 * minuteMs },
    { from: noon + 2 * hourMs - 2 * minuteMs, to: noon + 3 * hourMs },
  ]);
});

test.each<[DifferenceReason, number, number | null]>([
  ["rows_missing", 3_600, noon + hourMs],
  ["on_its_way", 3_600, noon - hourMs],
  ["on_its_way", 3_600, null],
  ["calculated_otherwise", 86_400, null],
])("a day of the home is another one: %s, where the hub has seen %i s of it", (why, hubS, allSentAt) => {
  expect(differenceOf({ hub: hubS, home: 86_400 }, { dayEndsAt: noon, allSentAt })).toBe(why);
});

const clock = simulatedClock(noon);
const hub = await telemetryHub(clock);

function rowsBetween(from: number, to: number) {
  const lines: string[] = [];
  for (let at = from; at < to; at += minuteMs) {
    lines.push(minuteRow(wholeMinute(at, "heating", { heatWh: 50, electricityWh: 10 }), rome));
  }
  const minutes = [minutesHeader, ...lines].join("\n");
  return { devices: [{ device: "pump", time_zone: "Europe/Rome", minutes }] };
}

const send = (from: number, to: number) => hub.send(rowsBetween(from, to));

async function report(node = hub.tenant.node, as = hub.tenant) {
  const from = new Date(noon - 5 * hourMs).toISOString();
  const to = new Date(clock.now()).toISOString();
  const url = `/api/v1/nodes/${node}/gaps?from=${from}&to=${to}`;
  const reply = await hub.web.inject({ url, headers: { "x-test-viewer": String(as.id) } });
  return { status: reply.statusCode, ...reply.json() };
}

function sayAllIsSent(as = hub.tenant) {
  const headers = { "x-test-node": `${as.node} ${as.id}` };
  return hub.web.inject({ method: "POST", url: sentPath, headers, payload: { from: "2026-10-01" } });
}

test("what is missing may be on its way until the home says that it has sent all", async () => {
  await send(noon - 3 * hourMs, noon - 2 * hourMs);
  await send(noon - hourMs, noon - 3 * minuteMs);
  const gap = { from: "2026-10-25T10:00:00.000Z", to: "2026-10-25T11:00:00.000Z", minutes: 60 };
  const device = {
    id: expect.any(String),
    home_id: "pump",
    claimed_also_by: [],
    days_that_differ: [],
    missing_minutes: 60,
  };
  // Nothing is missing before the first row, nor of the last minutes, which are still being made.
  expect((await report()).devices).toEqual([{ ...device, gaps: [{ ...gap, why: "node_offline", may_come: true }] }]);
  expect((await sayAllIsSent()).statusCode).toBe(204);
  expect(await report()).toMatchObject({
    all_sent_at: new Date(noon).toISOString(),
    devices: [{ ...device, gaps: [{ ...gap, why: "not_logged", may_come: false }] }],
  });
  await send(noon - 2 * hourMs, noon - hourMs);
  expect((await report()).devices).toEqual([{ ...device, missing_minutes: 0, gaps: [] }]);
});

test("rows that were refused are in the report, with one of them", async () => {
  await hub.send({ devices: [{ device: "pump", time_zone: "UTC", minutes: `${minutesHeader}\ntorn` }] });
  expect((await report()).refused).toEqual([
    {
      ...{ home_id: "pump", stream: "minutes", why: "it is no row of its header", rows: 1, sample: "torn" },
      last_at: new Date(noon).toISOString(),
    },
  ]);
});

test("events that had to go at home, and a wrong clock, are in the report", async () => {
  const at = (ms: number) => new Date(ms).toISOString();
  const tell = (kind: string, when: number, context: object) => ({
    id: randomUUID(),
    at: at(when),
    kind,
    device: null,
    context,
  });
  const before = { missing_minutes: 60, gaps: [{ why: "clock_off", minutes: 60 }] };
  const rest = await newTenant(hub.ownerUrl, "Clock");
  const rows = (from: number, to: number) => hub.send(rowsBetween(from, to), rest);
  await rows(noon - 3 * hourMs, noon - 2 * hourMs);
  await rows(noon - hourMs, noon - 3 * minuteMs);
  const dropped = { from: at(noon - 2 * hourMs), to: at(noon - hourMs), events: 7, damaged: false };
  await hub.send(
    {
      events: [
        tell("clock_off", noon - 2 * hourMs, { behind_s: -90 }),
        tell("clock_right", noon - hourMs, {}),
        tell("buffer_dropped", noon - hourMs, dropped),
        tell("buffer_dropped", noon - hourMs - minuteMs, { ...dropped, events: 0, damaged: true }),
        tell("buffer_dropped", noon - hourMs, { odd: true }),
      ],
    },
    rest,
  );
  await sayAllIsSent(rest);
  const { damaged: _, ...told } = dropped;
  expect(await report(rest.node, rest)).toMatchObject({
    devices: [before],
    buffer_dropped: [told, { ...told, events: null }],
  });
});

test("a day of which the home reports more than the hub has rows is in the report, with both figures", async () => {
  const home = await newTenant(hub.ownerUrl, "Differs");
  await hub.send(rowsBetween(noon - 3 * hourMs, noon - 2 * hourMs), home);
  clock.advanceTo(noon + hourMs);
  await sumUpDue({ ...hub, clock });
  const own = { date: "2026-10-25", made_at: new Date(noon).toISOString(), seconds: 90_000, cooling_wh: null, cop: 5 };
  const more = { heat_wh: 9_000, electricity_wh: 1_800, covered_s: 10_800, complete: false, starts: 0, defrosts: 0 };
  const sides = { cop_heat_wh: 9_000, cop_electricity_wh: 1_800 };
  const days = [{ ...own, ...more, ...sides }];
  await hub.send({ devices: [{ device: "pump", time_zone: "Europe/Rome", days }] }, home);
  expect((await report(home.node, home)).devices[0].days_that_differ).toEqual([
    {
      date: "2026-10-25",
      hub: { heat_wh: 3_000, electricity_wh: 600, covered_s: 3_600 },
      home: { heat_wh: 9_000, electricity_wh: 1_800, covered_s: 10_800 },
      why: "on_its_way",
    },
  ]);
});

test("another tenant's node is no other than one that does not exist", async () => {
  const south = await newTenant(hub.ownerUrl, "South");
  expect(await report(hub.tenant.node, south)).toEqual(await report(randomUUID(), south));
  expect((await report(randomUUID())).status).toBe(404);
});

test.each([
  ["2026-10-25T02:00:00Z", "2026-10-25T02:00:00Z", /a time after from/],
  ["2026-10-25T02:00:00Z", "2026-11-25T02:00:01Z", /31 days at most/],
])("a span that is none is refused: %s to %s", async (from, to, said) => {
  const url = `/api/v1/nodes/${hub.tenant.node}/gaps?from=${from}&to=${to}`;
  const reply = await hub.web.inject({ url, headers: { "x-test-viewer": String(hub.tenant.id) } });
  expect([reply.statusCode, reply.json().detail]).toEqual([400, expect.stringMatching(said)]);
});
