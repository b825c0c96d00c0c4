import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import { type Disk, realDisk } from "@heatloop/ha-addon/archive/csv/csv-disk";
import { discoveryTopic } from "@heatloop/mqtt-discovery/discovery";
import { systemClock } from "@heatloop/program/clock";
import { describe, expect, it } from "vitest";
import { followed } from "#test/support/app-state.ts";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, type FirmwareOnMqtt, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { retainedTopics } from "#test/support/received-topics.ts";
import { type RunningApp, runningApp } from "#test/support/running-app.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { waitFor } from "#test/support/wait-for.ts";

/** The topics that the broker retains for a device: its announcement and its states. */
async function retainedOf(url: string, id: string): Promise<string[]> {
  const topics = [...(await retainedTopics(url, "#")).keys()];
  return topics.filter((topic) => topic === discoveryTopic(id) || topic.startsWith(`heatloop/${id}/`));
}

async function minutesOf(running: RunningApp, id: string): Promise<string[]> {
  const csv = (await running.text(`/api/devices/${id}/minutes.csv`)).trimEnd().split("\n");
  return csv.slice(1).map((line) => line.slice(11, 16));
}

/** Lets the disk take 100 ms longer. */
const slowSync = ((fd, done) => {
  systemClock().after(100, () => realDisk.fdatasync(fd, done));
}) as Disk["fdatasync"];

async function onlineHeatPump(url: string, prefix: string): Promise<FirmwareOnMqtt> {
  const firmware = await firmwareOnMqtt(url, prefix);
  await firmware.status("online");
  await firmware.publishPoints(basicPoints);
  return firmware;
}

describe("heat pumps that come and go", () => {
  it("are followed side by side, each with its own minutes", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const [first] = [await onlineHeatPump(url, "first"), await onlineHeatPump(url, "second")];
    await followed(running, "first", "second");
    await first.publishPoint("flow_temperature", "41.5");
    await running.pass(2 * minuteMs);
    const temperatureOf = async (id: string) =>
      (
        await running.get<{ readings: { flow_temperature_c: number }[] }>(
          `/api/devices/${id}/readings?points=flow_temperature`,
        )
      ).readings[0]?.flow_temperature_c;
    expect(await temperatureOf("first")).toBe(41.5);
    expect(await temperatureOf("second")).not.toBe(41.5);
  });

  it("leave nothing behind on the broker when their topics are cleared; their archive stays", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const firmware = await onlineHeatPump(url, "hp");
    await followed(running, "hp");
    await running.pass(2 * minuteMs);
    expect((await retainedOf(url, "hp")).length).toBeGreaterThan(4);
    await firmware.clear();
    await followed(running);
    await running.pass(10 * secondMs);
    await waitFor(async () => (await retainedOf(url, "hp")).length === 0, "all is cleared");
    await firmware.status("online");
    await firmware.publishPoints(basicPoints);
    await followed(running, "hp");
    await running.pass(2 * minuteMs);
    expect(await minutesOf(running, "hp")).toEqual(["12:00", "12:01", "12:02", "12:03"]);
  });

  it("may be renamed, and the old name leaves nothing behind", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const before = await onlineHeatPump(url, "before");
    await followed(running, "before");
    await running.pass(minuteMs);
    await before.status("offline");
    await onlineHeatPump(url, "after");
    await followed(running, "before", "after");
    await before.clear();
    await followed(running, "after");
    await running.pass(minuteMs);
    await waitFor(async () => (await retainedOf(url, "before")).length === 0, "all is cleared");
    expect(await retainedOf(url, "after")).toContain(discoveryTopic("after"));
  });

  it("may go and come within a moment, on a slow disk: no minute is written twice, nothing of the new is cleared", async () => {
    const { url } = await testBroker();
    const slow: Disk = { ...realDisk, fdatasync: slowSync };
    const running = await runningApp({ brokerUrl: url, disk: slow });
    const firmware = await onlineHeatPump(url, "hp");
    await followed(running, "hp");
    for (let i = 0; i < 4; i += 1) {
      await running.pass(20 * secondMs);
      await firmware.clear();
      await firmware.status("online");
      await firmware.publishPoints(basicPoints);
    }
    await running.pass(2 * minuteMs);
    await followed(running, "hp");
    const minutes = await minutesOf(running, "hp");
    expect(new Set(minutes).size).toBe(minutes.length);
    await waitFor(async () => {
      const topics = await retainedOf(url, "hp");
      return ["heatloop/hp/log", "heatloop/hp/room-feed/1"].every((topic) => topics.includes(topic));
    }, "the states of the new one stay on the broker");
  });
});

describe("the settings' devices", () => {
  it("win at once when they are set: others are forgotten, and found again when nothing is set any more", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    await onlineHeatPump(url, "first");
    await onlineHeatPump(url, "second");
    await followed(running, "first", "second");
    await running.pass(70 * secondMs);
    expect((await retainedOf(url, "first")).length).toBeGreaterThan(4);
    expect(await running.put({ devices: [{ prefix: "second", name: "Keller" }] })).toBe(200);
    await followed(running, "second");
    expect(await running.get("/api/devices")).toMatchObject([{ id: "second", name: "Keller" }]);
    await waitFor(async () => (await retainedOf(url, "first")).length === 0, "the first is cleared");
    await running.pass(70 * secondMs);
    const config = JSON.parse((await retainedTopics(url)).get(discoveryTopic("second")) ?? "{}") as { device?: object };
    expect(config.device).toMatchObject({ name: "Keller" });
    expect(await running.put({ devices: null })).toBe(200);
    await followed(running, "first", "second");
    await running.pass(70 * secondMs);
    expect((await retainedOf(url, "first")).length).toBeGreaterThan(4);
    for (const id of ["first", "second"]) {
      const minutes = await minutesOf(running, id);
      expect(new Set(minutes).size).toBe(minutes.length);
    }
  });

  it("may change quickly: each message is taken once, each minute written once", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    const firmware = await onlineHeatPump(url, "hp");
    await followed(running, "hp");
    await Promise.all([["hp"], [], ["hp", "other"], ["hp"]].map((devices) => running.put({ devices })));
    await followed(running, "hp");
    await running.pass(2 * minuteMs);
    const before = await running.get<{ mqtt_messages: number }>("/api/stats");
    await firmware.publishPoint("flow_temperature", "41.5");
    await running.pass(secondMs);
    const after = await running.get<{ mqtt_messages: number }>("/api/stats");
    expect(after.mqtt_messages - before.mqtt_messages).toBe(1);
    const minutes = await minutesOf(running, "hp");
    expect(new Set(minutes).size).toBe(minutes.length);
    expect(minutes.length).toBeGreaterThanOrEqual(2);
  });

  it("that are not there yet are shown as they are, without an announcement, and wait", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    await running.put({ devices: ["a/very/deep/prefix/hp"] });
    await followed(running, "a_very_deep_prefix_hp");
    await running.pass(minuteMs);
    expect(await running.get("/api/devices")).toMatchObject([
      { online: null, language: null, last_seen: null, operation: null },
    ]);
    expect((await retainedTopics(url)).has(discoveryTopic("a_very_deep_prefix_hp"))).toBe(false);
    await onlineHeatPump(url, "a/very/deep/prefix/hp");
    await running.pass(10 * secondMs);
    expect((await retainedTopics(url)).has(discoveryTopic("a_very_deep_prefix_hp"))).toBe(true);
  });

  it("other settings than these leave the heat pumps alone", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    await onlineHeatPump(url, "hp");
    await followed(running, "hp");
    await running.pass(secondMs);
    const before = running.lines().length;
    expect(await running.put({ time_zone: "America/New_York", tariff: { price_per_kwh: 0.3 } })).toBe(200);
    expect(await running.put({ devices: ["+"] })).toBe(400);
    expect(running.lines().slice(before)).toEqual(["INFO settings changed"]);
    expect(await running.get("/api/health")).toMatchObject({ time_zone: "America/New_York" });
    expect(await running.get("/api/devices/hp/status")).toMatchObject({ today: { date: "2026-11-21" } });
  });
});

describe("a heat pump that is gone for good", () => {
  it("is removed on request: its topics, its entities, and here; one that publishes is not", async () => {
    const { url } = await testBroker();
    const firmware = await onlineHeatPump(url, "hp");
    const old = await onlineHeatPump(url, "old");
    await old.status("offline");
    const running = await runningApp({ brokerUrl: url, clock: simulatedClock(Date.now()) });
    await followed(running, "hp", "old");
    await firmware.publishPoint("flow_temperature", "35.0");
    const remove = async (id: string) =>
      (await fetch(`${running.app.url}/api/devices/${id}`, { method: "DELETE" })).status;
    type Listed = { readonly id: string; readonly last_seen: string | null };
    await waitFor(async () => {
      const devices = await running.get<Listed[]>("/api/devices");
      return devices.some(({ id, last_seen }) => id === "hp" && last_seen !== null);
    }, "a message has arrived");
    expect(await remove("hp")).toBe(409);
    expect(await remove("never")).toBe(404);
    expect(await remove("old")).toBe(204);
    await followed(running, "hp");
    expect([...(await retainedTopics(url, "old/#")).keys()]).toEqual([]);
  });

  it("is not removed while the settings name it", async () => {
    const { url } = await testBroker();
    const running = await runningApp({ brokerUrl: url });
    await running.put({ devices: ["hp"] });
    await followed(running, "hp");
    const answer = await fetch(`${running.app.url}/api/devices/hp`, { method: "DELETE" });
    expect([answer.status, ((await answer.json()) as { detail: string }).detail]).toEqual([
      409,
      "The settings name the heat pump hp: take it out of devices there.",
    ]);
  });
});
