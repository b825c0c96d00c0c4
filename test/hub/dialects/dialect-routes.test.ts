import { hourMs } from "@heatloop/core/time/durations";
import { expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const hub = await dialectHub(simulatedClock(now));
const south = await newTenant(hub.ownerUrl, "South");
const path = `/nodes/${hub.tenant.node}/dialects`;
const van = {
  dialect: "ruuvi",
  source: "ruuvi/van_inside",
  device: "van",
  time_zone: "Europe/Rome",
  points: [{ path: "temperature_c", point: "zone_1_room_temperature_c", factor: 1, offset: -0.5 }],
};

test("a node has no table at first, and what is usual is shown", async () => {
  const { status, json } = await hub.ask(path, { role: "viewer" });
  expect(status).toBe(200);
  expect(json).toMatchObject({ sources: [], heard: [], other: [] });
  expect(json.usual["heatpump-monitor"]).toContainEqual({ path: "temperature.outlet", point: "flow_temperature_c" });
  expect(json.columns).toContain("flow_temperature_c");
});

test("a table is written as a whole, and stays in its order", async () => {
  const site = { dialect: "heatpump-monitor", source: "site1", device: "cellar" };
  expect((await hub.ask(path, { put: { sources: [site, van] } })).status).toBe(200);
  expect((await hub.ask(path, { put: { sources: [van, site] } })).json.sources).toEqual([
    van,
    { ...site, time_zone: "UTC", points: [] },
  ]);
  expect((await hub.ask(path, { put: { sources: [van] } })).json.sources).toEqual([van]);
});

test("a table with mistakes changes nothing", async () => {
  const { status, json } = await hub.ask(path, { put: { sources: [van, van, { ...van, dialect: "klingon" }] } });
  expect(status).toBe(400);
  expect(json.errors.map((mistake: { path: string }) => mistake.path)).toEqual(
    expect.arrayContaining(["sources[1].source", "sources[1].device", "sources[2].dialect"]),
  );
  expect((await hub.ask(path)).json.sources).toEqual([van]);
});

test("a device of another system cannot be one of the home's heat pumps", async () => {
  const minutes = "time,heat_wh\n2026-10-25T10:00:00+00:00,4";
  await hub.send({ devices: [{ device: "ecodan", time_zone: "UTC", minutes }] });
  const { status, json } = await hub.ask(path, { put: { sources: [{ ...van, device: "ecodan" }] } });
  expect([status, json.errors]).toEqual([
    400,
    [{ path: "sources[0].device", found: "a heat pump of the home", allowed: "a name that it does not have" }],
  ]);
});

test("another tenant's node is as one that does not exist, and a viewer writes no table", async () => {
  for (const put of [undefined, { sources: [] }]) {
    const foreign = await hub.ask(path, { put, as: south });
    const none = await hub.ask(path.replace(hub.tenant.node, hub.tenant.user), { put, as: south });
    expect([foreign.status, foreign.json]).toEqual([404, none.json]);
  }
  expect((await hub.ask(`${path}/messages`, { as: south })).status).toBe(404);
  expect((await hub.ask(path, { put: { sources: [] }, role: "viewer" })).status).toBe(403);
  expect((await hub.ask(`${path}/messages`, { role: "viewer" })).status).toBe(403);
  expect((await hub.ask(path)).json.sources).toEqual([van]);
});

test("readings are shown page by page, by the device's own time", async () => {
  await hub.ask(path, { put: { sources: [van] } });
  for (let i = 0; i < 3; i += 1) {
    await hub.say("paku/ruuvi/van_inside", { temperature_c: 20 + i, timestamp: now - hourMs + i * 1000 });
  }
  const { heard } = (await hub.ask(path)).json;
  expect(heard).toEqual([
    {
      id: expect.any(String),
      ...{ device: "van", dialect: "ruuvi", source: "ruuvi/van_inside", last_at: "2026-10-25T11:00:02.000Z" },
    },
  ]);
  const readings = await hub.ask(`/devices/${heard[0].id}/readings?from=2026-10-25T11:00:01Z&to=2026-10-25T12:00:00Z`, {
    role: "viewer",
  });
  expect(readings.json).toEqual({
    items: [
      { at: "2026-10-25T11:00:01.000Z", values: { temperature_c: 21 } },
      { at: "2026-10-25T11:00:02.000Z", values: { temperature_c: 22 } },
    ],
    next: null,
  });
  await hub.owner.transaction({ tenant: hub.tenant.id }, (queries) =>
    queries.change(
      `insert into readings (tenant_id, device_id, at, content)
        select tenant_id, device_id, at + i * interval '1 ms', content from readings, generate_series(1, 900) as i`,
    ),
  );
  const times = "from=2026-10-25T11:00:00Z&to=0001-01-01T00:00:00Z";
  expect((await hub.ask(`/devices/${heard[0].id}/readings?${times}`)).status).toBe(400);
  const day = `/devices/${heard[0].id}/readings?from=2026-10-25T11:00:00Z&to=9999-12-31T23:59:59Z&limit=500`;
  const ats: string[] = [];
  for (let part = (await hub.ask(day)).json; ; part = (await hub.ask(`${day}&after=${part.next}`)).json) {
    ats.push(...part.items.map(({ at }: { at: string }) => at));
    if (part.next === null) break;
  }
  expect(ats).toHaveLength(3 * 901);
  expect(ats).toEqual([...new Set(ats)].sort());
  const foreign = await hub.ask(day, { as: south });
  expect([foreign.status, foreign.json.detail]).toEqual([404, "There is no such heat pump, or not for you."]);
});
