import { minuteMs } from "@heatloop/core/time/durations";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rome } from "#test/support/examples/archive.ts";
import { startTokenProxy, type TokenProxy } from "#test/support/influx/token-proxy.ts";
import { startVictoriaMetrics, type TestVictoriaMetrics } from "#test/support/influx/victoria-metrics.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { firstDate, influxWorld } from "./influx-world.ts";

const token = "a-token/of+InfluxDB_2==";

let server: TestVictoriaMetrics;
let proxy: TokenProxy;
beforeAll(async () => {
  server = await startVictoriaMetrics();
  proxy = await startTokenProxy(server.url, token);
}, 90_000);
afterAll(async () => {
  await proxy?.close();
  await server?.close();
});

const start = rome.startOf(firstDate) + 22 * 60 * minuteMs;

/** The numbers of the rows that it has, by time and column. */
async function numbersIn(house: string): Promise<Map<number, Record<string, number>>> {
  const rows = new Map<number, Record<string, number>>();
  for (const { metric, values, timestamps } of await server.series(`{device="pump",house="${house}"}`)) {
    const column = metric.__name__?.replace(/^heatloop_minute_/, "") ?? "";
    timestamps.forEach((at, i) => {
      rows.set(at, { ...rows.get(at), [column]: values[i] as number });
    });
  }
  return rows;
}

it("rows reach a real server by the write endpoint of version 2 with the token, and all of them after an outage", async () => {
  const world = await influxWorld();
  await world.put({
    on: true,
    url: `${proxy.url}/`,
    bucket: "heat",
    organization: "home",
    tags: [{ name: "house", value: "a" }],
  });
  await world.influx().setSecret(token);
  await world.logMinutes(start, world.clock.now());
  expect(await world.look()).toMatchObject({ state: "connected" });
  await server.stop();
  for (let minute = 0; minute < 60; minute += 1) {
    const at = world.clock.now();
    world.pass(minuteMs);
    await world.logMinutes(at, at + minuteMs);
  }
  expect(await world.look()).toMatchObject({ state: "away", detail: expect.stringContaining("502") });
  await server.start();
  expect(await world.look()).toMatchObject({ state: "connected", unsentFrom: null });
  const archived = world.archived();
  expect(archived.size).toBeGreaterThan(300);
  await waitFor(async () => (await numbersIn("a")).size === archived.size, "the database shows all rows");
  expect(await numbersIn("a")).toEqual(archived);
}, 120_000);

it("nothing is let through with a wrong token, or with one that was given for another server", async () => {
  const world = await influxWorld();
  await world.put({ on: true, url: "http://127.0.0.1:1", bucket: "heat", tags: [{ name: "house", value: "b" }] });
  await world.influx().setSecret(token);
  await world.logMinutes(start, start + 3 * minuteMs);
  await world.put({ url: proxy.url });
  expect(world.influx().hasSecret()).toBe(false);
  expect(await world.look()).toMatchObject({ state: "refused", detail: expect.stringMatching(/401.*the token/) });
  await world.influx().setSecret("another");
  expect(await world.settled()).toMatchObject({ state: "refused" });
  expect(world.log.lines.join("\n")).not.toContain(token);
  await world.influx().setSecret(token);
  expect(await world.settled()).toMatchObject({ state: "connected" });
  await waitFor(async () => (await numbersIn("b")).size === 3, "the rows are there");
}, 120_000);
