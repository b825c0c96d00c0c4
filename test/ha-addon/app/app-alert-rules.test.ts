import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { connectHomeAssistant } from "@heatloop/ha-addon/home-assistant/home-assistant";
import { systemClock } from "@heatloop/program/clock";
import { expect, it, onTestFinished } from "vitest";
import { alertIds, heat } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { startFakeHomeAssistant } from "#test/support/home-assistant/fake.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

async function heating() {
  const { url } = await testBroker();
  const running = await runningApp({ brokerUrl: url });
  const firmware = await firmwareOnMqtt(url, "hp");
  await heat(running, firmware, 1);
  return { running, firmware };
}

it("a heat pump that runs with little flow is an alert after some minutes, until it has enough again", async () => {
  const { running, firmware } = await heating();
  const runWith = async (flow: string, minutes: number) => {
    for (let i = 0; i < minutes * 2; i += 1) {
      await firmware.publishPoint("flow_rate", flow);
      await running.pass(30 * secondMs);
    }
  };
  await runWith("4", 4);
  expect(await alertIds(running)).toEqual([]);
  await runWith("4", 2);
  expect(await running.get("/api/alerts")).toMatchObject([
    { id: "low_flow/hp", severity: "warning", message: expect.stringContaining("4 L/min (less than 5)") },
  ]);
  await runWith("18", 12);
  expect(await alertIds(running)).toEqual([]);
});

it("a compressor that starts again and again is an alert, and so are as many defrosts", async () => {
  const { running, firmware } = await heating();
  for (let times = 0; times < 5; times += 1) {
    for (const [point, state] of [
      ["compressor", "OFF"],
      ["defrost", "OFF"],
      ["compressor", "ON"],
      ["defrost", "ON"],
    ] as const) {
      await firmware.publishPoint(point, state);
      await running.pass(20 * secondMs);
    }
  }
  expect(await alertIds(running)).toEqual(["short_cycling/hp", "many_defrosts/hp"]);
  await running.pass(10 * minuteMs);
  expect(await running.put({ alerts: { off: ["short_cycling", "many_defrosts", "offline"] } })).toBe(200);
  expect(await alertIds(running)).toEqual([]);
});

it("another firmware is news, which is over once somebody has seen it", async () => {
  const { running, firmware } = await heating();
  await firmware.publishPoint("esp_version", "2026.7.2");
  await running.pass(minuteMs);
  expect(await alertIds(running)).toEqual([]);
  await firmware.publishPoint("esp_version", "2026.8.0");
  await running.pass(minuteMs);
  expect(await running.get("/api/alerts")).toMatchObject([
    {
      id: "firmware_changed/hp",
      severity: "info",
      message: "The firmware of Hp has changed from 2026.7.2 to 2026.8.0",
    },
  ]);
  const seen = await fetch(`${running.app.url}/api/alerts/firmware_changed/hp/acknowledge`, { method: "POST" });
  expect(seen.status).toBe(200);
  await running.pass(minuteMs);
  expect(await alertIds(running)).toEqual([]);
  expect(await running.get("/api/alerts?state=ended")).toMatchObject([{ id: "firmware_changed/hp" }]);
});

it("a disk that fills up is an alert, and another one when it is full", async () => {
  let freeBytes = 600_000_000;
  const running = await runningApp({ brokerUrl: (await testBroker()).url, freeBytes: async () => freeBytes });
  await running.pass(2 * minuteMs);
  expect(await alertIds(running)).toEqual([]);
  freeBytes = 400_000_000;
  await running.pass(2 * minuteMs);
  expect(await alertIds(running)).toEqual(["disk_low"]);
  freeBytes = 1_000_000;
  await running.pass(2 * minuteMs);
  expect((await alertIds(running)).sort()).toEqual(["disk_full", "disk_low"]);
  freeBytes = 600_000_000;
  await running.pass(3 * minuteMs);
  expect(await alertIds(running)).toEqual([]);
});

it("more errors in the log than a few are an alert", async () => {
  const running = await runningApp({ brokerUrl: (await testBroker()).url, errorsLastHour: () => 11 });
  await running.pass(minuteMs);
  expect(await running.get("/api/alerts")).toMatchObject([
    { id: "program_errors", message: expect.stringContaining("11 errors within an hour") },
  ]);
});

it("a clock that is not Home Assistant's is an alert", async () => {
  const fake = await startFakeHomeAssistant();
  fake.setAhead(-5 * minuteMs);
  onTestFinished(() => fake.stop());
  const log = recordingLog();
  const home = connectHomeAssistant({ url: fake.url, token: fake.token, clock: systemClock(), log });
  onTestFinished(() => home.close());
  const running = await runningApp({
    brokerUrl: (await testBroker()).url,
    homeAssistant: home,
    clock: simulatedClock(Date.now()),
  });
  await waitFor(() => home.status().clockDifferenceMs !== null, "the clocks are compared");
  await running.pass(5 * minuteMs);
  expect(await running.get("/api/alerts")).toMatchObject([
    { id: "clock_difference", message: expect.stringMatching(/differ by (29\d|30\d) s/) },
  ]);
  fake.setAhead(0);
  fake.endMinute();
  await waitFor(() => Math.abs(home.status().clockDifferenceMs ?? minuteMs) < minuteMs, "they are compared again");
  await running.pass(2 * minuteMs);
  expect(await alertIds(running)).toEqual([]);
});
