import { randomUUID } from "node:crypto";
import { minuteRow, minutesHeader } from "@heatloop/core/minute/csv-writer";
import { hourMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { simulatedDays } from "#test/support/simulated-days.ts";

const { zone, days } = simulatedDays({ from: "2026-10-24", to: "2026-10-25", options: { seed: 4 } });
const lines = days.flatMap(({ minutes }) => minutes.map((minute) => minuteRow(minute, zone)));
const clock = simulatedClock(zone.endOf("2026-10-25") + hourMs);
const hub = await telemetryHub(clock);
const south = await newTenant(hub.ownerUrl, "South");
const minutes = [minutesHeader, ...lines].join("\n");
await hub.send({ devices: [{ device: "ecodan", time_zone: zone.name, minutes }] });
const { items: devices } = await read("/api/v1/devices");
const id = devices[0].id as string;

async function read(path: string, as = hub.tenant, status = 200) {
  const reply = await hub.web.inject({ url: path, headers: { "x-test-viewer": String(as.id) } });
  expect([path, reply.statusCode]).toEqual([path, status]);
  return reply.headers["content-type"]?.toString().startsWith("text/csv") ? reply.body : reply.json();
}

/** All items of a list, part by part. */
async function readAll(path: string) {
  const first = await read(path);
  const items = [...first.items];
  for (let { next } = first; next !== null; ) {
    const part = await read(`${path}&after=${next}`);
    items.push(...part.items);
    next = part.next;
  }
  return items;
}

test("the heat pumps of a tenant are listed, page by page", async () => {
  for (const device of ["a", "b", "c"]) {
    await hub.send({ devices: [{ device, time_zone: "UTC", minutes: [minutesHeader, lines[0]].join("\n") }] });
  }
  const first = await read("/api/v1/devices?limit=3");
  const second = await read(`/api/v1/devices?limit=3&after=${first.next}`);
  expect([first.items.length, second.items.length, second.next]).toEqual([3, 1, null]);
  const names = [...first.items, ...second.items].map(({ home_id: name }) => name);
  expect(names.sort()).toEqual(["a", "b", "c", "ecodan"]);
  expect(first.items[0]).toEqual({
    id: expect.any(String),
    node_id: hub.tenant.node,
    home_id: expect.any(String),
    time_zone: expect.any(String),
    claimed_also_by: [],
    continued_as_id: null,
  });
});

test("the minutes are the rows that were sent, byte for byte, over the night of 25 hours", async () => {
  const csv = await read(
    `/api/v1/devices/${id}/minutes.csv?from=2026-10-24T00:00:00%2B02:00&to=2026-10-26T00:00:00%2B01:00`,
  );
  expect(csv.split("\n")).toEqual([minutesHeader, ...lines, ""]);
  const hour = await read(
    `/api/v1/devices/${id}/minutes.csv?from=2026-10-25T02:00:00%2B01:00&to=2026-10-25T03:00:00%2B01:00`,
  );
  expect(hour.split("\n")).toHaveLength(62);
  const none = await read(`/api/v1/devices/${id}/minutes.csv?from=2020-01-01T00:00:00Z&to=2020-01-02T00:00:00Z`);
  expect(none).toBe(`${minutesHeader}\n`);
});

test("days, hours and quarters are there before anything was summed up", async () => {
  const range = "from=2026-10-24&to=2026-10-25";
  const ofDays = await readAll(`/api/v1/devices/${id}/days?${range}&limit=1`);
  expect(ofDays.map((day: { seconds: number }) => day.seconds)).toEqual([86_400, 90_000]);
  const hours = await readAll(`/api/v1/devices/${id}/hours?${range}&limit=7`);
  const quarters = await readAll(`/api/v1/devices/${id}/quarters?${range}`);
  expect([hours.length, quarters.length]).toEqual([49, 196]);
  expect(new Set(quarters.map(({ at }) => at)).size).toBe(196);
  const total = (slots: { heat_wh: Record<string, number> | null }[]) =>
    slots.flatMap(({ heat_wh: heat }) => Object.values(heat ?? {})).reduce((sum, wh) => sum + wh, 0);
  const ofAll = ofDays.reduce((sum: number, day: { heat_wh: number }) => sum + day.heat_wh, 0);
  expect([total(hours), total(quarters)]).toEqual([ofAll, ofAll]);
});

test.each([
  ["days", "from=2026-10-25&to=2026-10-24", 400],
  ["days", "from=2026-02-30&to=2026-10-24", 400],
  ["days", "from=2016-01-01&to=2026-10-24", 400],
  ["quarters", "from=2026-01-01&to=2026-10-24", 400],
  ["hours", "", 400],
  ["minutes.csv", "from=2026-10-25&to=2026-10-26", 400],
  ["minutes.csv", "from=2026-10-25T00:00:00Z&to=2026-10-24T00:00:00Z", 400],
])("%s of a range that is none is refused: %s", async (what, query, status) => {
  await read(`/api/v1/devices/${id}/${what}?${query}`, hub.tenant, status);
});

test("another tenant's heat pump is no other than one that does not exist", async () => {
  const query = "from=2026-10-24&to=2026-10-25";
  const times = "from=2026-10-24T00:00:00Z&to=2026-10-25T00:00:00Z";
  for (const path of [`days?${query}`, `hours?${query}`, `quarters?${query}`, `minutes.csv?${times}`]) {
    const foreign = await read(`/api/v1/devices/${id}/${path}`, south, 404);
    const missing = await read(`/api/v1/devices/${randomUUID()}/${path}`, south, 404);
    expect(foreign).toEqual(missing);
  }
  expect((await read("/api/v1/devices", south)).items).toEqual([]);
});
