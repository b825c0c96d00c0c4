import { hourMs, minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, it, onTestFinished } from "vitest";
import { testBroker } from "#test/support/broker/test-broker.ts";
import { basicPoints, firmwareOnMqtt } from "#test/support/firmware-on-mqtt.ts";
import { receiveTopics, retainedTopics } from "#test/support/received-topics.ts";
import { runningApp } from "#test/support/running-app.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";
import { waitFor } from "#test/support/wait-for.ts";

const room = "hp/climate/zone_1_room_temp/target_temperature/command";
const hotWater = "hp/climate/dhw_climate/target_temperature/command";

/** A heat pump whose ESP32 publishes twice a minute, with a schedule; it is noon of a Saturday. */
async function scheduledHouse(schedule: readonly object[]) {
  const { url } = await testBroker();
  const firmware = await firmwareOnMqtt(url, "hp");
  const received = await receiveTopics(url, "hp/#");
  const folder = temporaryFolder();
  let isOnline = true;
  const publish = async () => {
    if (!isOnline) return;
    await firmware.publishPoints([...basicPoints, "zone_1_room_climate_target", "dhw_climate_target"]);
    await firmware.publishPoint("force_dhw", "OFF");
  };
  await firmware.status("online");
  await publish();
  let running = await runningApp({ brokerUrl: url, folder });

  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 30_000) {
      await publish();
      await running.pass(Math.min(30_000, ms - passed));
    }
    await received.settled();
  }

  expect(await running.put({ devices: ["hp"], schedule })).toBe(200);
  await pass(minuteMs);
  return {
    url,
    pass,
    change: (schedule: readonly object[]) => running.put({ devices: ["hp"], schedule }),
    async next(): Promise<unknown> {
      const retained = await retainedTopics(url, "heatloop/hp/schedule");
      return JSON.parse(retained.get("heatloop/hp/schedule") ?? "null");
    },
    async entities(): Promise<readonly string[]> {
      const retained = await retainedTopics(url, "homeassistant/device/heatloop_hp/config");
      const { components = {} } = JSON.parse([...retained.values()][0] ?? "{}");
      return Object.keys(components);
    },
    async online(on: boolean): Promise<void> {
      isOnline = on;
      await firmware.status(on ? "online" : "offline");
    },
    lines: () => running.lines().filter((line) => line.includes("schedule")),
    commands: () =>
      received.messages
        .filter(({ topic }) => topic.endsWith("/command"))
        .map(({ topic, payload }) => `${topic} ${payload}`),
    retained: () => received.messages.filter(({ topic, retain }) => topic.endsWith("/command") && retain),
    async away(ms: number): Promise<void> {
      await running.close();
      const { clock } = running;
      await running.mqtt.close();
      clock.advanceTo(clock.now() + ms);
      running = await runningApp({ brokerUrl: url, folder, clock });
      onTestFinished(() => running.close());
      await pass(minuteMs);
    },
  };
}

const at = (time: string, to: number, more: object = {}) => ({ at: time, to, ...more });

describe("the weekly schedule", () => {
  it("sets what is due, once, never retained, and only on its days", async () => {
    const house = await scheduledHouse([at("12:05", 20), at("12:06", 18, { days: ["mon"] })]);
    expect(house.commands()).toEqual([]);
    await house.pass(10 * minuteMs);
    expect(house.commands()).toEqual([`${room} 20.0`]);
    expect(house.retained()).toEqual([]);
    expect(house.lines()).toEqual([expect.stringMatching(/^INFO the schedule changes a setting .*to="?20\b/)]);
  }, 90_000);

  it("sets the hot water and boosts it", async () => {
    const house = await scheduledHouse([
      at("12:05", 52, { set: "hot_water_setpoint" }),
      at("12:05", 30, { set: "hot_water_boost" }),
    ]);
    await house.pass(6 * minuteMs);
    // Each change is kept on the disk before the next one is made, in real time.
    await waitFor(() => house.commands().length === 2, "both are made");
    expect(house.commands()).toEqual([`${hotWater} 52.0`, "hp/switch/force_dhw/command ON"]);
  }, 90_000);

  it("tells what it changes next, as an entity that is there as long as there is a schedule", async () => {
    const hotWater = { set: "hot_water_setpoint" };
    const house = await scheduledHouse([at("12:05", 52, hotWater), at("22:00", 45, hotWater), at("22:00", 18)]);
    await house.pass(2 * minuteMs);
    const changes = [{ ...hotWater, to: 52, unit: "°C" }];
    expect(await house.next()).toEqual({ next: expect.stringMatching(/T12:05:00/), changes });
    expect(await house.entities()).toContain("next_scheduled_change");
    await house.pass(4 * minuteMs);
    expect(await house.next()).toEqual({
      next: expect.stringMatching(/T22:00:00/),
      changes: [
        { ...hotWater, to: 45, unit: "°C" },
        { set: "room_setpoint_zone_1", to: 18, unit: "°C" },
      ],
    });
    expect(await house.change([])).toBe(200);
    await house.pass(2 * minuteMs);
    expect(await house.next()).toEqual({ next: null, changes: [] });
    expect(await house.entities()).not.toContain("next_scheduled_change");
  }, 90_000);

  it("sets after a restart what fell due meanwhile: the latest of each setting, and nothing of before the last hour", async () => {
    const house = await scheduledHouse([
      at("12:10", 20),
      at("12:20", 21),
      at("12:15", 50, { set: "hot_water_setpoint" }),
    ]);
    await house.away(30 * minuteMs);
    await waitFor(() => house.commands().length === 2, "both are made");
    expect(house.commands().sort()).toEqual([`${hotWater} 50.0`, `${room} 21.0`]);
    await house.away(5 * minuteMs);
    expect(house.commands()).toHaveLength(2);
  }, 90_000);

  it("says that it was too late for what fell due more than an hour before", async () => {
    const house = await scheduledHouse([at("12:10", 20)]);
    await house.away(2 * hourMs);
    expect(house.commands()).toEqual([]);
    expect(house.lines()).toEqual([expect.stringMatching(/^WARN a change of the schedule was not made: .*to="?20\b/)]);
  }, 90_000);

  it("waits for a heat pump that is away", async () => {
    const house = await scheduledHouse([at("12:05", 20)]);
    await house.online(false);
    await house.pass(10 * minuteMs);
    expect(house.commands()).toEqual([]);
    await house.online(true);
    await house.pass(2 * minuteMs);
    expect(house.commands()).toEqual([`${room} 20.0`]);
  }, 90_000);

  it("is made by the installation that publishes for the heat pump, and by no other", async () => {
    const house = await scheduledHouse([at("12:10", 20)]);
    const other = await runningApp({ brokerUrl: house.url });
    expect(await other.put({ devices: ["hp"], schedule: [at("12:03", 25)] })).toBe(200);
    await waitFor(async () => {
      await other.pass(1_000);
      return other.lines().some((line) => line.includes("another Heatloop announces"));
    }, "the other one has seen the first");
    for (let passed = 0; passed < 12 * minuteMs; passed += 30_000) {
      await house.pass(30_000);
      await other.pass(30_000);
    }
    await house.pass(1_000);
    expect(house.commands()).toEqual([`${room} 20.0`]);
  }, 90_000);

  it("does nothing for an entry that comes after its time of today", async () => {
    const house = await scheduledHouse([at("11:59", 20)]);
    await house.pass(10 * minuteMs);
    expect(house.commands()).toEqual([]);
  }, 90_000);
});
