import { minuteMs } from "@heatloop/core/time/durations";
import { isoAt } from "@heatloop/core/time/local-day";
import { changedShown, readShownState } from "@heatloop/hub/live/live-state";
import { expect, test } from "vitest";
import { telemetryHub } from "#test/support/hub/telemetry-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const noon = Date.parse("2026-10-25T12:00:00Z");
const hub = await telemetryHub(simulatedClock(noon));
const south = await newTenant(hub.ownerUrl, "South");

async function sendMinutes(device: string, of: readonly (readonly [at: number, flow: string])[], as = hub.tenant) {
  const rows = of.map(([at, flow]) => `${isoAt(at, 0)},60,50,${flow}`);
  const minutes = ["time,covered_s,heat_wh,flow_temperature_c", ...rows].join("\n");
  const { status, answer } = await hub.send({ devices: [{ device, time_zone: "UTC", minutes }] }, as);
  expect(status, JSON.stringify(answer)).toBe(200);
}

const read = (tenant = hub.tenant, at = noon, most?: number) => readShownState(hub.database, tenant.id, at, most);

test("each heat pump is shown with its newest minute, and what is unknown as null", async () => {
  await sendMinutes("pump", [
    [noon - 3 * minuteMs, "31.5"],
    [noon - 2 * minuteMs, "33.1"],
  ]);
  const { nodes, heat_pumps } = await read();
  expect(nodes).toEqual([{ id: hub.tenant.node, name: "home of North", status: "NEW", last_seen_at: null }]);
  expect(heat_pumps).toMatchObject([
    {
      ...{
        node_id: hub.tenant.node,
        at: "2026-10-25T11:58:00.000Z",
        flow_temperature_c: 33.1,
        heat_wh: 50,
        covered_s: 60,
      },
      ...{ return_temperature_c: null, output_power_kw: null, electricity_wh: null },
    },
  ]);
});

test("a value that a column cannot hold exactly is shown as it was sent", async () => {
  await sendMinutes("exact", [[noon - minuteMs, "31.123456789"]]);
  const { heat_pumps } = await read();
  expect(heat_pumps.map((each) => each.flow_temperature_c)).toContain(31.123456789);
});

test("a minute that is older than a day is not shown, its heat pump is", async () => {
  const { heat_pumps } = await read(hub.tenant, noon + 2 * 24 * 60 * minuteMs);
  expect(heat_pumps.length).toBeGreaterThan(0);
  for (const each of heat_pumps) expect(each).toMatchObject({ at: null, flow_temperature_c: null });
});

test("what is of another organization is not among them", async () => {
  await sendMinutes("southern", [[noon - minuteMs, "44"]], south);
  expect(JSON.stringify(await read())).not.toMatch(/"flow_temperature_c":44\b|home of South/);
  const { nodes, heat_pumps } = await read(south);
  expect(nodes.map(({ name }) => name)).toEqual(["home of South"]);
  expect(heat_pumps).toMatchObject([{ node_id: south.node, flow_temperature_c: 44 }]);
});

test("beyond the most that is shown, the state says that there is more", async () => {
  await sendMinutes("second", [[noon - minuteMs, "44"]], south);
  const { heat_pumps, more } = await read(south, noon, 1);
  expect([heat_pumps.length, more]).toEqual([1, true]);
  expect(await read(south, noon, 2)).not.toHaveProperty("more");
});

test("only what is not as it was has changed", async () => {
  const before = await read(south);
  expect(changedShown(before, await read(south))).toBeUndefined();
  await sendMinutes("second", [[noon, "45"]], south);
  expect(changedShown(before, await read(south))).toMatchObject({
    nodes: [],
    heat_pumps: [{ flow_temperature_c: 45 }],
  });
});
