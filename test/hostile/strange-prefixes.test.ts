import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type DeviceJson = { readonly id: string; readonly prefix: string; readonly name: string };

const strange = [
  "prices",
  "surplus",
  "..",
  "__proto__",
  "constructor",
  "/home/cellar/heatpump",
  "keller/",
  "//",
  "a/b",
  "a_b",
  "a b",
  "ü",
  "ö",
  "x".repeat(200),
  `home/${"long".repeat(40)}/hp`,
];

async function startFirmware(url: string, prefix: string): Promise<void> {
  const firmware = await firmwareOnMqtt(url, prefix);
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
}

async function devicesOf(running: RunningApp, count: number): Promise<readonly DeviceJson[]> {
  const devices = () => running.get<DeviceJson[]>("/api/devices");
  await waitFor(async () => (await devices()).length === count, `${count} devices`);
  return devices();
}

it("a heat pump of any prefix has a name, an id, an API and an archive of its own, also after a restart", async () => {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  for (const prefix of strange) await startFirmware(url, prefix);
  const devices = await devicesOf(running, strange.length);
  expect(devices.map(({ prefix }) => prefix).toSorted()).toEqual(strange.toSorted());
  expect(new Set(devices.map(({ id }) => id)).size).toBe(strange.length);
  await running.pass(130_000);
  for (const { id, name } of devices) {
    expect(name.trim()).not.toBe("");
    expect(await running.get(`/api/devices/${id}/status`)).toMatchObject({ id, online: true });
    expect(readdirSync(join(running.folder, "archive", id, "2026"))).toEqual(["2026-11-21.csv"]);
  }
  const folders = readdirSync(join(running.folder, "archive")).filter((name) => !name.startsWith("."));
  expect(folders.toSorted()).toEqual(devices.map(({ id }) => id).toSorted());
  await running.close();
  const again = await runningApp({ brokerUrl: url, folder: running.folder });
  const idOf = (all: readonly DeviceJson[]) => all.map(({ id, prefix }) => `${prefix} ${id}`).toSorted();
  expect(idOf(await devicesOf(again, strange.length))).toEqual(idOf(devices));
}, 60_000);

it("a heat pump of any prefix can be named in the settings", async () => {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  const devices = ["/home/cellar/heatpump", "keller/", "a/b", "a_b", "/a/b/c/d/e/f"];
  expect(await running.put({ devices })).toBe(200);
  for (const prefix of devices) await startFirmware(url, prefix);
  await running.pass(10_000);
  const followed = await running.get<{ prefix: string; online: boolean }[]>("/api/devices");
  expect(followed.map(({ prefix, online }) => [prefix, online])).toEqual(devices.map((prefix) => [prefix, true]));
});
