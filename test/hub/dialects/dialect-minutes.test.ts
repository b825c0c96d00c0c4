import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { makeDueMinutes } from "@heatloop/hub/dialects/dialect-minutes";
import { sumUpDue } from "@heatloop/hub/rollups/rollup-job";
import { expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(now);
const hub = await dialectHub(clock);
const makeMinutes = () => makeDueMinutes({ ...hub, clock });

/** A tenant whose node has a monitor `site1`; `at` in ms since the epoch. */
async function monitored() {
  clock.jumpTo(now);
  const tenant = await newTenant(hub.ownerUrl, "North");
  const rows = <Row extends object>(text: string) => hub.rows<Row>(text, tenant);
  return {
    tenant,
    rows,
    say: (at: number, outlet: number, power = 600) =>
      hub.say(
        "heatpump/site1/data",
        { timestamp: at, temperature: { inlet: outlet - 5, outlet }, electrical: { power } },
        { as: tenant },
      ),
    minutes: () =>
      rows<{ at: number; flow: number; wh: number; s: number; offset: number }>(
        `select at, flow_temperature_c as flow, meter_wh as wh, meter_s as s, utc_offset_minutes as offset
          from minutes order by at`,
      ),
    late: () => rows("select device, why, rows from refused_rows where stream = 'readings'"),
    map: (points: readonly object[], more: object = {}) =>
      hub.ask(`/nodes/${tenant.node}/dialects`, {
        as: tenant,
        put: { sources: [{ dialect: "heatpump-monitor", source: "site1", device: "pump", points, ...more }] },
      }),
  };
}

test("ten minutes after it is over, a minute becomes a row of its readings, whatever their order", async () => {
  const { say, minutes } = await monitored();
  for (const s of [50, 10, 0, 40, 20, 30]) await say(now + s * secondMs, s < 30 ? 30 : 40);
  clock.jumpTo(now + 11 * minuteMs - 1);
  await makeMinutes();
  expect(await minutes()).toEqual([]);
  clock.jumpTo(now + 11 * minuteMs);
  await makeMinutes();
  expect(await minutes()).toEqual([{ at: now, flow: 35, wh: 10, s: 60, offset: 0 }]);
});

test("a reading that comes after its minute was made is kept and counted, and the row stays", async () => {
  const { say, minutes, late, rows } = await monitored();
  await say(now, 30);
  clock.jumpTo(now + 11 * minuteMs);
  await makeMinutes();
  await say(now + 30 * secondMs, 50);
  await say(now + 30 * secondMs, 50);
  expect(await late()).toHaveLength(1);
  clock.jumpTo(now + hourMs);
  await makeMinutes();
  expect(await minutes()).toMatchObject([{ flow: 30 }]);
  expect(await rows("select at from readings")).toHaveLength(2);
  expect(await late()).toEqual([{ device: "heatpump/site1", rows: 1, why: expect.stringMatching(/row already/) }]);
});

test("what a device had buffered for days becomes rows ten minutes after it came", async () => {
  const { say, minutes } = await monitored();
  const before = now - 3 * dayMs;
  for (let i = 0; i < 30; i += 1) await say(before + i * 10 * secondMs, 30);
  clock.jumpTo(now + 9 * minuteMs);
  await makeMinutes();
  expect(await minutes()).toEqual([]);
  clock.jumpTo(now + 10 * minuteMs);
  await makeMinutes();
  expect(await minutes()).toHaveLength(5);
  expect((await minutes()).every(({ flow, wh }) => flow === 30 && wh === 10)).toBe(true);
});

test("everything twice is the same as once, and several hubs make each minute once", async () => {
  const { say, minutes, late, rows } = await monitored();
  const all = async () => {
    for (let i = 0; i < 60; i += 1) await say(now - 10 * minuteMs + i * 10 * secondMs, 30 + (i % 7), 100 * i);
  };
  await all();
  await all();
  clock.jumpTo(now + hourMs);
  await Promise.all([makeMinutes(), makeMinutes(), makeMinutes()]);
  const made = await minutes();
  expect(made).toHaveLength(10);
  await all();
  await makeMinutes();
  expect(await minutes()).toEqual(made);
  expect([await late(), await rows("select * from dirty_minutes")]).toEqual([[], []]);
});

test("the table says what a device's numbers are, in which zone, and holds for the minutes that are still to be made", async () => {
  const { say, minutes, map, tenant } = await monitored();
  const offset = { path: "temperature.inlet", point: "flow_temperature_c", offset: 0.5 };
  expect((await map([offset], { time_zone: "Europe/Rome" })).status).toBe(200);
  await say(now, 30);
  clock.jumpTo(now + hourMs);
  await makeMinutes();
  expect(await minutes()).toMatchObject([{ at: now, flow: 25.5, wh: 10, offset: 60 }]);
  const { items: devices } = (await hub.ask("/devices", { as: tenant, role: "viewer" })).json;
  const times = "from=2026-10-25T11:00:00Z&to=2026-10-25T13:00:00Z";
  const csv = await hub.web.inject({
    url: `/api/v1/devices/${devices[0].id}/minutes.csv?${times}`,
    headers: { "x-test-viewer": String(tenant.id) },
  });
  expect(csv.body).toContain("2026-10-25T13:00:00+01:00,");
});

test("a device of which nothing is mapped has readings and no rows, also for minutes before something was", async () => {
  const { tenant, minutes, rows } = await monitored();
  const say = (at: number) => hub.say("paku/ruuvi/x", { temperature_c: 20, ts: at }, { as: tenant });
  await say(now);
  clock.jumpTo(now + hourMs);
  await makeMinutes();
  const put = {
    sources: [
      {
        ...{ dialect: "ruuvi", source: "ruuvi/x", device: "x" },
        points: [{ path: "temperature_c", point: "outdoor_temperature_c" }],
      },
    ],
  };
  await hub.ask(`/nodes/${tenant.node}/dialects`, { as: tenant, put });
  await say(now + hourMs);
  clock.jumpTo(now + 2 * hourMs);
  await makeMinutes();
  expect(await minutes()).toMatchObject([{ at: now + hourMs }]);
  expect(await rows("select * from readings")).toHaveLength(2);
});

test("minutes of which no reading came are missing, but for those that are still to be made", async () => {
  const { say, tenant } = await monitored();
  for (const minute of [60, 59, 50, 5]) await say(now - minute * minuteMs, 30);
  clock.jumpTo(now + 11 * minuteMs);
  await makeMinutes();
  clock.jumpTo(now);
  const times = "from=2026-10-25T00:00:00Z&to=2026-10-25T12:00:00Z";
  const { json } = await hub.ask(`/nodes/${tenant.node}/gaps?${times}`, { as: tenant, role: "viewer" });
  expect(json.devices[0].gaps).toEqual([
    {
      from: "2026-10-25T11:02:00.000Z",
      to: "2026-10-25T11:10:00.000Z",
      minutes: 8,
      why: "not_logged",
      may_come: false,
    },
    {
      from: "2026-10-25T11:11:00.000Z",
      to: "2026-10-25T11:47:00.000Z",
      minutes: 36,
      why: "not_logged",
      may_come: false,
    },
  ]);
});

test("a day of minutes is summed up as a home's is", async () => {
  const { say, rows } = await monitored();
  const from = Date.parse("2026-10-24T00:00:00Z");
  for (let i = 0; i < 120; i += 1) await say(from + i * 30 * secondMs, 35, 1200);
  clock.jumpTo(now + hourMs);
  await makeMinutes();
  clock.jumpTo(now + 2 * hourMs);
  await sumUpDue({ ...hub, clock });
  const days = await rows("select date, electricity_wh, heat_wh from days where electricity_wh > 0");
  expect(days).toEqual([{ date: "2026-10-24", electricity_wh: 1200, heat_wh: null }]);
});

// The last one, as the clock never goes back to days that were dropped.
test("a minute that became too old before it was made is no row, and none is waited for", async () => {
  const { say, minutes, rows } = await monitored();
  await say(now - 30 * dayMs, 30);
  clock.jumpTo(now + 13 * hourMs);
  await makeMinutes();
  expect([await minutes(), await rows("select * from dirty_minutes")]).toEqual([[], []]);
});
