import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dayMs, secondMs } from "@heatloop/core/time/durations";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

it("a new machine with nothing of the former one goes on as its node, with the same heat pump and all its rows", async () => {
  const clock = simulatedClock(Date.parse("2026-11-21T12:00:00+01:00"));
  const hub = await wholeHub(clock, { until: onTestFinished });
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const shown = () =>
    hub.all<{ device: number; node: string; rows: number }>(
      `select device_id as device, node_id as node, count(*)::int as rows from minutes
        join devices on devices.id = device_id group by 1, 2`,
    );
  async function logged(clientId: string, code: string, rows: number) {
    const app = await runningApp({ brokerUrl: url, clock, clientId });
    expect(await app.put({ hub: { url: hub.url, claim_code: code }, devices: [{ prefix: "hp" }] })).toBe(200);
    const isThere = async () => {
      await app.pass(5 * secondMs);
      return ((await shown())[0]?.rows ?? 0) > rows;
    };
    await waitFor(isThere, "more rows are at the hub", 60_000, 20);
    await app.close();
    return (await shown())[0];
  }
  const before = await logged("heatloop-first", await hub.code(), 0);
  clock.advanceTo(clock.now() + dayMs);
  const code = await hub.code({ returnsAs: before?.node ?? null });
  const after = await logged("heatloop-second", code, before?.rows ?? 0);
  expect(after).toMatchObject({ device: before?.device, node: before?.node });
  expect(await shown()).toHaveLength(1);
}, 120_000);

it("a home that has to change its key does so, and goes on sending its rows", async () => {
  const clock = simulatedClock(Date.parse("2026-11-21T12:00:00+01:00"));
  const hub = await wholeHub(clock, { until: onTestFinished });
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  const first = await runningApp({ brokerUrl: url, clock });
  const { folder } = first;
  const file = join(folder, "hub-key.json");
  const kept = () => JSON.parse(readFileSync(file, "utf8"));
  const minutes = async () => (await hub.all("select from minutes")).length;
  const until = (app: typeof first, what: string, isSo: () => Promise<boolean> | boolean) => {
    const passed = async () => {
      await app.pass(5 * secondMs);
      return isSo();
    };
    return waitFor(passed, what, 60_000, 20);
  };
  const settings = { hub: { url: hub.url, claim_code: await hub.code() }, devices: [{ prefix: "hp" }] };
  expect(await first.put(settings)).toBe(200);
  await until(first, "a row is at the hub", async () => (await minutes()) > 0);
  await until(first, "it is noted since when the key signs", () => kept().key_since !== null);
  await first.close();
  const before = kept();
  writeFileSync(file, JSON.stringify({ ...before, key_since: clock.now() - 100 * dayMs }));
  const second = await runningApp({ brokerUrl: url, clock, folder, clientId: "heatloop-second" });
  await until(second, "it signs with another key", () => kept().private_key !== before.private_key);
  await until(second, "the former one is removed", () => kept().key_change.kind === "none");
  expect(await hub.all("select from node_keys")).toHaveLength(1);
  const stored = await minutes();
  await until(second, "more rows are at the hub", async () => (await minutes()) > stored);
  expect(await second.get("/api/health")).toMatchObject({ hub: { state: "connected", node: before.node } });
}, 120_000);
