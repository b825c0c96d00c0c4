import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { expect, it } from "vitest";
import { alertIds, followed, heat } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { runningApp } from "#test/support/running-app.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Shown = { readonly id: string; readonly since: string };

it("an alert outlives a restart: it is the same one, since when it began", async () => {
  const { url } = await testBroker();
  const first = await runningApp({ brokerUrl: url });
  const firmware = await firmwareOnMqtt(url, "hp");
  await heat(first, firmware, 1);
  await firmware.publishPoint("fault_code", "E9");
  await first.pass(minuteMs);
  const before = await first.get<Shown[]>("/api/alerts");
  expect(before).toMatchObject([{ id: "fault/hp", message: "Hp reports the fault E9" }]);
  await first.close();
  const { folder, clock } = first;
  clock.advanceTo(clock.now() + hourMs);
  const second = await runningApp({ brokerUrl: url, folder, clock });
  // Before the heat pump is found again.
  expect(await second.get("/api/alerts")).toEqual(before);
  await followed(second, "hp");
  await second.pass(10 * minuteMs);
  expect(await second.get("/api/alerts")).toEqual(before);
  await firmware.publishPoint("fault_code", "No error");
  await second.pass(minuteMs);
  expect(await alertIds(second)).toEqual([]);
});

it("a broker that goes is one alert, also with a heat pump that would be offline for long", async () => {
  const broker = await testBroker();
  const running = await runningApp({ brokerUrl: broker.url });
  await heat(running, await firmwareOnMqtt(broker.url, "hp"), 1);
  await broker.stop();
  await waitFor(() => !running.mqtt.connected(), "the broker is away");
  await running.pass(30 * minuteMs);
  expect(await alertIds(running)).toEqual(["mqtt"]);
  await broker.start();
  await waitFor(() => running.mqtt.connected(), "the broker is back");
  await running.pass(30 * secondMs);
  expect(await alertIds(running)).toEqual([]);
});
