import { hourMs } from "@heatloop/core/time/durations";
import { beforeEach, expect, test } from "vitest";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";

const now = Date.parse("2026-10-25T12:00:00Z");
const clock = simulatedClock(now);
const hub = await dialectHub(clock);
beforeEach(() => clock.jumpTo(now));

async function newNode() {
  const as = await newTenant(hub.ownerUrl, "North");
  const say = (message: unknown, how: { readonly isRetained?: boolean; readonly topic?: string } = {}) =>
    hub.say(how.topic ?? "heatpump/site1/alerts", message, { as, ...how });
  const ask = async (path: string) => (await hub.ask(path, { as, role: "viewer" })).json;
  const events = async (path = `/nodes/${as.node}`) => (await ask(`${path}/events`)).items;
  return { as, say, ask, events };
}

test("an alert is an event of the node and of its device, at the device's own time, with its text", async () => {
  const { as, say, ask, events } = await newNode();
  await say({ a: 1, ts: now }, { topic: "heatpump/site1/data" });
  await say({ level: 2, what: "high pressure", timestamp: now - hourMs });
  const [{ id: device }] = (await ask(`/nodes/${as.node}/dialects`)).heard;
  const event = {
    ...{
      id: expect.any(String),
      at: "2026-10-25T11:00:00.000Z",
      kind: "system_alert",
      device_id: device,
      node_id: as.node,
    },
    context: {
      ...{ dialect: "heatpump-monitor", source: "site1" },
      text: `{"level":2,"what":"high pressure","timestamp":${now - hourMs}}`,
    },
  };
  expect(await events()).toEqual([event]);
  expect(await events(`/devices/${device}`)).toEqual([event]);
});

test("an alert that comes again is the same event, and one of a device without readings is of the node alone", async () => {
  const { say, events } = await newNode();
  for (let i = 0; i < 3; i += 1) {
    clock.jumpTo(now + i * 1_000);
    await say({ what: "no flow", timestamp: now });
  }
  expect(await events()).toMatchObject([{ device_id: null, at: "2026-10-25T12:00:00.000Z" }]);
});

test("an alert may be any text, of the moment at which it came, cut to 500 characters the database takes", async () => {
  const { say, events } = await newNode();
  await say(`no flow\0 ${"ö".repeat(2_000)}`);
  const [{ at, context }] = await events();
  expect(at).toBe(new Date(now).toISOString());
  expect(context.text).toMatch(/^no flow\ufffd ö+$/);
  expect(context.text).toHaveLength(500);
});

test("an alert whose time cannot be is no event, and kept with the reason", async () => {
  const { as, say, events, ask } = await newNode();
  await say({ what: "a", timestamp: now + hourMs });
  await say({ what: "b" }, { isRetained: true });
  expect(await events()).toEqual([]);
  const { other } = await ask(`/nodes/${as.node}/dialects`);
  expect(other).toMatchObject([{ dialect: "heatpump-monitor", kind: "malformed", messages: 2 }]);
});

test("of an hour sixty alerts are events, what is more is counted, and the next hour has its own", async () => {
  const { as, say, events, ask } = await newNode();
  for (let i = 0; i < 62; i += 1) await say({ what: "flips", timestamp: now + i });
  await say({ what: "flips", timestamp: now - 1 });
  expect(await events()).toHaveLength(61);
  const { refused } = await ask(`/nodes/${as.node}/gaps?from=2026-10-25T00:00:00Z&to=2026-10-26T00:00:00Z`);
  expect(refused).toMatchObject([
    { stream: "events", rows: 2, why: expect.stringMatching(/60 alerts in the same hour/) },
  ]);
});
