import { expect, it } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

it("a heat pump that goes offline and comes back fourteen times is one line with the count", async () => {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  const firmware = await firmwareOnMqtt(url, "ecodan-heatpump");
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  await waitFor(async () => (await running.get<unknown[]>("/api/devices")).length === 1, "the heat pump");
  await running.pass(11 * 60_000);
  const flips = () => running.lines().filter((line) => line.includes("offline") || line.includes("is online"));
  const before = flips().length;
  for (let i = 0; i < 14; i += 1) {
    await firmware.status("offline");
    await running.pass(5_000);
    await firmware.status("online");
    await running.pass(5_000);
  }
  await running.pass(10 * 60_000);
  const [gone, back, count, ...more] = flips().slice(before);
  expect(gone).toMatch(/the heat pump is offline device=ecodan-heatpump/);
  expect(back).toMatch(/the heat pump is online device=ecodan-heatpump/);
  expect(count).toBe(
    "INFO the heat pump went offline and came back 14 times in the last ten minutes device=ecodan-heatpump now=online",
  );
  expect(more).toEqual([]);
});
