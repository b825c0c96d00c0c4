import { rm } from "node:fs/promises";
import { join } from "node:path";
import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { installationStatusTopic, sharedStatusTopic } from "@heatloop/mqtt-discovery/installation";
import { describe, expect, it } from "vitest";
import { alertIds, deviceIds, followed, heat } from "#test/support/app-state.ts";
import { startTcpProxy } from "#test/support/broker/tcp-proxy.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt, publishedPoints } from "#test/support/firmware-on-mqtt.ts";
import { certifiedCoefficient } from "#test/support/heat-ratio.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

type Json = Record<string, unknown>;

describe("what a heat pump reports", () => {
  it("is heat by the settings of the water, at once, and for what was logged before them", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const firmware = await firmwareOnMqtt(url, "home/hp");
    await firmware.publishPoints(publishedPoints);
    await followed(running, "home_hp");
    await heat(running, firmware, 6);
    type Day = { readonly heat_wh: number };
    const status = () =>
      running.get<{ readonly heat_power_w: number; readonly today: Day }>("/api/devices/home_hp/status");
    const before = await status();
    expect(await running.put({ house: { flow_sensor: "flow", glycol_percent: 40 } })).toBe(200);
    // An answer is cached for a second.
    await running.pass(secondMs);
    const after = await status();
    // ASHRAE: 40 % of propylene glycol is 1028.2 kg/m3 at 35 °C and 3.743 kJ/(kg K) at 32.5.
    const ratio = (1028.2 * 3.743) / 3600 / certifiedCoefficient(35, 30);
    expect(after.heat_power_w / before.heat_power_w).toBeCloseTo(ratio, 3);
    expect(after.today.heat_wh / before.today.heat_wh).toBeCloseTo(ratio, 2);
    expect(await running.get<Day[]>("/api/devices/home_hp/days")).toMatchObject([{ heat_wh: after.today.heat_wh }]);
    const [hour] = (
      await running.get<{ readonly readings: readonly { readonly heat_wh: number }[] }>(
        "/api/devices/home_hp/readings?points=heat_wh&resolution=hour",
      )
    ).readings;
    expect(Math.round(hour?.heat_wh ?? 0)).toBe(after.today.heat_wh);
    const [header, row] = (await running.text("/api/devices/home_hp/minutes.csv")).split("\n");
    const cell = (row ?? "").split(",")[(header ?? "").split(",").indexOf("heat_coefficient_kwh_m3_k")];
    expect(Number(cell)).toBeCloseTo(certifiedCoefficient(35, 30), 4);
  });

  it("is shown over HTTP, logged, and published for Home Assistant", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const firmware = await firmwareOnMqtt(url, "home/hp");
    await firmware.publishPoints(publishedPoints);
    await firmware.publishPoint("fault_code", "No error");
    await followed(running, "home_hp");
    await heat(running, firmware, 6);

    expect(await running.get("/api/devices")).toMatchObject([
      { id: "home_hp", prefix: "home/hp", name: "Hp", online: true, zones: 2, language: "en", operation: "heating" },
    ]);
    const status = await running.get<{ values: Json; today: Json }>("/api/devices/home_hp/status");
    expect(status).toMatchObject({
      operation: "heating",
      values: { flow_temperature_c: 35, return_temperature_c: 30, compressor: true },
      heat_power_w: Math.round(heatPowerW(usualHeatFormula, 18, 35, 30)),
      today: { date: "2026-11-21", electricity_wh: 200 },
      room_feed: [
        { zone: 1, state: "off" },
        { zone: 2, state: "off" },
      ],
    });
    const latest = await running.get<{ readings: Json }>("/api/devices/home_hp/readings/latest");
    expect(latest.readings.dhw_temperature).toMatchObject({ value: 48.5, unit: "°C" });
    const csv = (await running.text("/api/devices/home_hp/minutes.csv")).trimEnd().split("\n");
    expect(csv.slice(1).map((line) => line.slice(0, 25))).toEqual(
      [0, 1, 2, 3, 4, 5].map((minute) => `2026-11-21T12:0${minute}:00+01:00`),
    );
    const [day] = await running.get<Json[]>("/api/devices/home_hp/days");
    expect(day).toEqual(status.today);
    expect(await running.get("/api/stats")).toMatchObject({ minutes_written: 6 });
    expect(await running.get("/api/health")).toMatchObject({
      status: "ok",
      time_zone: "Europe/Rome",
      mqtt: { state: "connected", detail: null },
      home_assistant: { state: "off" },
      archive: { state: "ok", waiting_rows: 0, last_row: "2026-11-21T12:06:00+01:00" },
    });
    expect(await alertIds(running)).toEqual([]);

    await firmware.publishPoint("defrost", "ON");
    await running.pass(secondMs);
    const transitions = await running.get<Json[]>("/api/devices/home_hp/transitions?what=operation");
    expect(transitions.at(-1)).toMatchObject({ from: "heating", to: "defrost", flow_temperature_c: 35 });
    const retained = await retainedTopics(url, "+/#");
    expect(retained.get("heatloop/home_hp/operation")).toBe("defrost");
    expect(JSON.parse(retained.get("heatloop/home_hp/day") ?? "")).toMatchObject({
      date: "2026-11-21",
      electricity_kwh: 0.2,
    });
    expect(JSON.parse(retained.get("heatloop/home_hp/room-feed/1") ?? "")).toMatchObject({ state: "off" });
    const config = JSON.parse(retained.get(discoveryTopic("home_hp")) ?? "") as { components: Json; device: Json };
    expect(config.device).toMatchObject({ name: "Hp", identifiers: ["heatloop_home_hp"] });
    expect(config.components).toMatchObject({ flow_temperature: { state_topic: "home/hp/sensor/feed_temp/state" } });
  });

  it("is logged through a broker that is away, as minutes of which nothing is known", async () => {
    const broker = await testBroker();
    const running = await runningApp({ brokerUrl: broker.url });
    await heat(running, await firmwareOnMqtt(broker.url, "hp"), 2);
    await broker.stop();
    await waitFor(() => !running.mqtt.connected(), "the broker is away");
    await running.pass(3 * minuteMs);
    const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
    expect(csv).toHaveLength(6);
    expect(csv.at(-1)).toMatch(/^2026-11-21T12:04:00\+01:00,0,,/);
    expect(await running.get("/api/devices/hp/status")).toMatchObject({ operation: null, heat_power_w: null });
  });
});

describe("the broker", () => {
  it("that is away at the start is named once in the log, in health and as an alert, and is used when it comes", async () => {
    const broker = await testBroker();
    await broker.stop();
    const running = await runningApp({ brokerUrl: broker.url });
    const away = await waitFor(async () => {
      const { mqtt } = await running.get<{ mqtt: { detail: string | null; state: string } }>("/api/health");
      return mqtt.detail === null ? undefined : mqtt;
    }, "health has the reason");
    expect(away).toMatchObject({ state: "away", detail: expect.stringContaining("is the broker running") as string });
    await running.pass(minuteMs);
    expect(await running.get("/api/alerts")).toMatchObject([{ id: "mqtt", severity: "error" }]);
    expect(await running.get("/api/health")).toMatchObject({ status: "degraded" });
    await broker.start();
    const firmware = await firmwareOnMqtt(broker.url, "hp");
    await firmware.publishPoints(basicPoints);
    await followed(running, "hp");
    expect(await running.get("/api/health")).toMatchObject({
      status: "ok",
      mqtt: { state: "connected", detail: null },
    });
    await running.pass(30 * secondMs);
    expect(await alertIds(running)).toEqual([]);
    const lines = running.lines().filter((line) => line.includes("MQTT"));
    expect(lines.map((line) => line.split(":")[0])).toEqual([
      "WARN MQTT not connected",
      "INFO MQTT connected broker=mqtt",
    ]);
  });

  it("that vanishes is named once, and found again by itself: nothing is logged twice, nothing is missing", async () => {
    const broker = await testBroker();
    const running = await runningApp({ brokerUrl: broker.url });
    const firmware = await firmwareOnMqtt(broker.url, "hp");
    await heat(running, firmware, 1);
    const before = running.lines().length;
    await broker.stop();
    await waitFor(() => !running.mqtt.connected(), "the broker is away");
    await running.pass(2 * minuteMs);
    expect(await alertIds(running)).toEqual(["mqtt"]);
    await broker.start();
    await waitFor(() => running.mqtt.connected(), "the broker is back");
    const again = await firmwareOnMqtt(broker.url, "hp");
    await heat(running, again, 1);
    const lines = running
      .lines()
      .slice(before)
      .map((line) => line.split(":")[0]);
    expect([lines.at(0), lines.at(-1)]).toEqual(["WARN MQTT connection lost", "INFO MQTT connected broker=mqtt"]);
    expect(new Set(lines).size).toBe(lines.length);
    expect(await deviceIds(running)).toEqual(["hp"]);
    const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
    expect(csv.slice(1).map((line) => line.slice(14, 16))).toEqual(["00", "01", "02", "03"]);
    expect((await retainedTopics(broker.url, "heatloop/+/#")).get("heatloop/hp/operation")).toBe("heating");
  });
});

describe("the program's availability", () => {
  it("is online while it runs and offline when it has ended", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const topics = [installationStatusTopic(running.installation), sharedStatusTopic];
    const status = async () => {
      const retained = await retainedTopics(url, "heatloop/#");
      return topics.map((topic) => retained.get(topic));
    };
    await waitFor(async () => (await status()).every((each) => each === "online"), "online");
    await running.close();
    expect(await status()).toEqual(["offline", "offline"]);
    expect(running.lines().at(-1)).toBe("INFO Heatloop has ended");
  });

  it("is offline by its last will when its connection breaks, and online when it is back", async () => {
    const { url, port } = await testBroker();
    const proxy = await startTcpProxy(port);
    const received = await receiveTopics(url, "heatloop/+/status");
    const running = await runningApp({ brokerUrl: `mqtt://127.0.0.1:${proxy.port}` });
    await waitFor(() => received.last(installationStatusTopic(running.installation)) === "online", "online");
    proxy.cut();
    await waitFor(() => received.messages.length >= 3, "online again");
    expect(received.messages.map(({ payload, retain }) => [payload, retain])).toEqual([
      ["online", true],
      ["offline", true],
      ["online", true],
    ]);
    await running.close();
    await proxy.close();
  });
});

describe("the program's end", () => {
  it("and a new start within the same minute write each minute once and lose nothing", async () => {
    const { url } = await testBroker();
    const folder = temporaryFolder();
    const clock = simulatedClock(Date.parse("2026-11-21T12:00:10+01:00"));
    const firmware = await firmwareOnMqtt(url, "hp");
    for (let i = 0; i < 3; i += 1) {
      const running = await runningApp({ brokerUrl: url, folder, clock });
      await heat(running, firmware, 2);
      await running.close();
    }
    const running = await runningApp({ brokerUrl: url, folder, clock });
    await followed(running, "hp");
    const csv = (await running.text("/api/devices/hp/minutes.csv")).trimEnd().split("\n");
    const minutes = csv.slice(1).map((line) => line.slice(14, 16));
    expect(minutes).toEqual(["00", "01", "02", "03", "04", "05", "06"]);
    const covered = csv.slice(1).map((line) => Number(line.split(",")[1]));
    expect(covered.reduce((sum, seconds) => sum + seconds, 0)).toBe(6 * 60);
  });
});

it("a port that is taken stops the start before anything is followed or written", async () => {
  const { url } = await testBroker();
  const folder = temporaryFolder();
  const firmware = await firmwareOnMqtt(url, "hp");
  await firmware.publishPoints(basicPoints);
  const first = await runningApp({ brokerUrl: url });
  const port = Number(new URL(first.app.url).port);
  await expect(runningApp({ brokerUrl: url, folder, port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await first.pass(minuteMs);
  await expect(rm(join(folder, "archive"))).rejects.toMatchObject({ code: "ENOENT" });
});
