import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { foreignDialects, foreignPrefix } from "@heatloop/core/hub/dialects";
import { minuteMs } from "@heatloop/core/time/durations";
import { makeDueMinutes } from "@heatloop/hub/dialects/dialect-minutes";
import { followForeign } from "@heatloop/hub/mqtt/foreign-messages";
import { openHubMqtt } from "@heatloop/hub/mqtt/hub-mqtt";
import { nodeLookUp } from "@heatloop/hub/mqtt/live-node";
import { systemClock } from "@heatloop/program/clock";
import { connectAsync } from "mqtt";
import { afterAll, expect, test } from "vitest";
import { startBroker } from "#test/support/broker/broker.ts";
import { dialectHub } from "#test/support/hub/dialect-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { waitFor } from "#test/support/wait-for.ts";

const script = fileURLToPath(new URL("../../../scripts/simulate.ts", import.meta.url));
const broker = await startBroker();
const hub = await dialectHub(systemClock());
const log = recordingLog();
const mqtt = openHubMqtt({ url: broker.url, password: undefined, ca: undefined, clock: systemClock(), log });
followForeign({ mqtt, tenantOfNode: nodeLookUp(hub.owner), takeDialect: hub.takeDialect, bareNode: undefined, log });
const listener = await connectAsync(broker.url, { protocolVersion: 5 });
const published: { readonly topic: string; readonly payload: Buffer }[] = [];
listener.on("message", (topic, payload) => published.push({ topic, payload }));
await listener.subscribeAsync("#", { qos: 1 });
const children: ChildProcess[] = [];
afterAll(async () => {
  for (const child of children) child.kill("SIGKILL");
  await listener.endAsync(true);
  await mqtt.close();
  await broker.close();
});
await waitFor(() => mqtt.connected(), "the hub is at the broker");

const sources = [
  {
    ...{ dialect: "site", source: "home/sensors/hall", device: "hall" },
    points: [
      { path: "temperature_c", point: "zone_1_room_temperature_c" },
      { path: "metrics.outdoor_temperature_c", point: "outdoor_temperature_c" },
    ],
  },
  {
    ...{ dialect: "ruuvi", source: "ruuvi/hall", device: "tag" },
    points: [{ path: "temperature_c", point: "zone_1_room_temperature_c" }],
  },
  { dialect: "heatpump-monitor", source: "hall", device: "pump" },
];

const readings = () =>
  hub.rows<{ device: string; at: number; content: Record<string, number> }>(
    "select home_id as device, at, content from readings join devices on devices.id = device_id order by 1, 2",
  );
const minutes = () =>
  hub.rows<{ device: string; flow: number; back: number; wh: number; s: number; room: number; outdoor: number }>(
    `select home_id as device, at, flow_temperature_c as flow, return_temperature_c as back, meter_wh as wh, meter_s as s,
        zone_1_room_temperature_c as room, outdoor_temperature_c as outdoor
      from minutes join devices on devices.id = device_id order by 1, 2`,
  );
const laterClock = { ...systemClock(), now: () => Date.now() + 20 * minuteMs };

test("each dialect's simulator is stored by its own time and becomes minutes, and all of it twice is the same", async () => {
  const { node } = hub.tenant;
  expect((await hub.ask(`/nodes/${node}/dialects`, { put: { sources } })).status).toBe(200);
  const began = Date.now();
  for (const dialect of foreignDialects) {
    const args = [
      "--broker",
      broker.url,
      "--dialect",
      dialect,
      "--device-id",
      "hall",
      "--interval",
      "1",
      "--node",
      node,
    ];
    children.push(
      spawn(process.execPath, ["--disable-warning=ExperimentalWarning", script, ...args], { stdio: "ignore" }),
    );
  }
  const enough = (of: readonly { device: string }[]) =>
    ["hall", "pump", "tag"].every((device) => of.filter((each) => each.device === device).length >= 3);
  await waitFor(async () => enough(await readings()), "three readings of each device are there");
  const ended = children.map((child) => once(child, "exit"));
  for (const child of children) child.kill("SIGINT");
  expect((await Promise.all(ended)).map(([code]) => code)).toEqual([0, 0, 0]);
  const data = published.filter(({ topic }) => !topic.includes("/status/"));
  await waitFor(async () => (await readings()).length === data.length, "all readings are there");

  const stored = await readings();
  const said = data.map(({ topic, payload }) => ({ topic, message: JSON.parse(payload.toString()) }));
  expect(new Set(stored.map(({ at }) => at))).toEqual(
    new Set(said.map(({ message: { timestamp } }) => new Date(timestamp).getTime())),
  );
  expect(stored.every(({ at }) => at > began && at <= Date.now())).toBe(true);
  const monitored = said.find(({ topic }) => topic === `${foreignPrefix(node)}heatpump/hall/data`)?.message;
  const stamp = stored.find(({ device, at }) => device === "pump" && at === monitored.timestamp);
  expect(stamp?.content["temperature.outlet"]).toBe(monitored.temperature.outlet);

  await makeDueMinutes({ ...hub, clock: laterClock });
  const made = await minutes();
  const of = (device: string) => made.filter((row) => row.device === device);
  for (const { flow, back, wh, s } of of("pump")) {
    expect(flow).toBeCloseTo(monitored.temperature.outlet, 0);
    expect(back).toBeCloseTo(monitored.temperature.inlet, 0);
    expect(wh / (s / 3600)).toBeCloseTo(monitored.electrical.power, -2);
  }
  for (const { room } of [...of("hall"), ...of("tag")]) expect(room).toBeGreaterThan(10);
  expect(
    of("hall").every(({ outdoor }) => outdoor !== null) && of("tag").every(({ outdoor }) => outdoor === null),
  ).toBe(true);
  expect(new Set(made.map(({ device }) => device))).toEqual(new Set(["hall", "pump", "tag"]));

  const first = [...published];
  for (let i = 0; i < 2; i += 1) {
    for (const { topic, payload } of first) await listener.publishAsync(topic, payload, { qos: 1 });
  }
  await listener.publishAsync(`${foreignPrefix(node)}heatpump/end/alerts`, "{}", { qos: 1 });
  const alerts = "select context from events where kind = 'system_alert'";
  await waitFor(async () => (await hub.rows(alerts)).length === 1, "the last message was taken");
  const statuses = "select messages from dialect_counts where kind = 'status'";
  await waitFor(async () => (await hub.rows<{ messages: number }>(statuses))[0]?.messages === 6, "all others too");
  await makeDueMinutes({ ...hub, clock: laterClock });
  expect([await readings(), await minutes(), await hub.rows("select * from refused_rows")]).toEqual([stored, made, []]);
  expect(log.lines).toEqual([]);
});
