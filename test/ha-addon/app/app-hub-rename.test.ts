import { secondMs } from "@heatloop/core/time/durations";
import { expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { wholeHub } from "#test/support/hub/whole-hub.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

it("a heat pump whose ESP32 gets another name goes on as the same one at the hub", async () => {
  const clock = simulatedClock(Date.parse("2026-11-21T12:00:00+01:00"));
  const hub = await wholeHub(clock, { until: onTestFinished });
  const { url } = await testBroker();
  const begin = async (name: string) => {
    const firmware = await firmwareOnMqtt(url, name);
    const board = { ip: "192.168.1.7", name, port: 6053, version: "2026.10.0", mac: "a0b1c2d3e4f5", platform: "ESP32" };
    await firmware.status("online");
    await firmware.publishPoints(basicPoints);
    return { firmware, board: JSON.stringify(board) };
  };
  const first = await begin("ecodan");
  const running = await runningApp({ brokerUrl: url, clock });
  await running.mqtt.publish("esphome/discover/ecodan", first.board, { retain: true, qos: 1 });
  expect(await running.put({ hub: { url: hub.url, claim_code: await hub.code() } })).toBe(200);
  const devices = () =>
    hub.all<{ id: number; home_id: string }>("select id, home_id from devices where identity is not null");
  const minutes = async () => (await hub.all("select 1 from minutes")).length;
  const until = (what: string, isSo: () => Promise<boolean>) =>
    waitFor(() => running.pass(5 * secondMs).then(isSo), what, 60_000, 50);
  await until("three minutes are stored", async () => (await minutes()) >= 3 && (await devices()).length === 1);
  const [before] = await devices();
  await first.firmware.status("offline");
  const second = await begin("cellar");
  await running.mqtt.publish("esphome/discover/cellar", second.board, { retain: true, qos: 1 });
  await until("it is called otherwise", async () => (await devices()).some(({ home_id: name }) => name === "cellar"));
  const stored = await minutes();
  await until("more minutes are stored", async () => (await minutes()) >= stored + 3);
  expect(await devices()).toEqual([{ id: before?.id, home_id: "cellar" }]);
  expect(await hub.all("select distinct device_id from minutes")).toEqual([{ device_id: before?.id }]);
}, 120_000);
