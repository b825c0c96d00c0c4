import { commandTopic } from "@heatloop/core/catalogue/topics";
import { describe, expect, it } from "vitest";
import { fed, prefix } from "./room-feed-firmware.ts";
import { settingsOf, start, startWorld } from "./room-feed-world.ts";

describe("the room feed of a heat pump", () => {
  it("sends the mean of three rooms, not retained, with QoS 1, and sees it confirmed", async () => {
    const world = startWorld();
    await world.pass(2);
    expect(world.firmware.received).toEqual([
      { topic: commandTopic(prefix, fed, "en"), payload: "20.0", retain: false, qos: 1 },
    ]);
    expect(world.feed.view()).toEqual({
      device: prefix,
      zone: 1,
      state: "ok",
      remarks: [{ code: "all_rooms_used", rooms: 3 }],
      reason: "All 3 rooms are used.",
      since: expect.any(Number),
      temperatureC: 20,
      sentC: 20,
      sentAt: expect.any(Number),
      readBackC: 20,
      confirmed: true,
      source: "home_assistant",
      rooms: [
        {
          entity: "climate.living_room",
          name: "Living room",
          temperatureC: 21,
          setpointC: 21,
          weight: 1,
          rawValue: 21,
          used: true,
          notUsed: null,
          reason: null,
          doubtedAt: null,
          reportedAt: start,
          ageS: 2,
        },
        {
          entity: "climate.kitchen",
          name: "Kitchen",
          temperatureC: 20,
          setpointC: 21,
          weight: 1,
          rawValue: 20,
          used: true,
          notUsed: null,
          reason: null,
          doubtedAt: null,
          reportedAt: start,
          ageS: 2,
        },
        {
          entity: "sensor.bedroom_temperature",
          name: "sensor.bedroom_temperature",
          temperatureC: 19,
          setpointC: null,
          weight: 1,
          rawValue: 19,
          used: true,
          notUsed: null,
          reason: null,
          doubtedAt: null,
          reportedAt: start,
          ageS: 2,
        },
      ],
    });
  });

  it("sends each change once, and the same again within five minutes", async () => {
    const world = startWorld();
    await world.pass(15);
    world.home.climate("climate.living_room", 21.6);
    await world.pass(15);
    expect(world.firmware.temperatures()).toEqual([20, 20.2]);
    await world.pass(600);
    expect(world.firmware.temperatures()).toEqual([20, 20.2, 20.2, 20.2]);
    expect(world.firmware.temperature()).toBe(20.2);
  });

  it("computes and shows only with send: false", async () => {
    const world = startWorld({ settings: settingsOf({ send: false }) });
    await world.pass(3600);
    expect(world.firmware.received).toEqual([]);
    expect(world.feed.view()).toMatchObject({ state: "ok", temperatureC: 20, sentC: null });
  });

  it("is off without rooms of its zone, and follows rooms that are set later", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room", zone: 2 }]) });
    await world.pass(60);
    expect(world.feed.view()).toMatchObject({ state: "off", rooms: [], reason: "No rooms are set for this zone." });
    expect(world.transitions).toEqual([]);
    world.feed.settingsChanged(settingsOf());
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", sentC: 20 });
    world.feed.settingsChanged(settingsOf({}, []));
    await world.pass(5);
    expect(world.feed.view().state).toBe("off");
    expect(world.transitions.map((transition) => transition.split(" ").slice(0, 2).join(" "))).toEqual([
      "off ok",
      "ok off",
    ]);
  });

  it("logs and publishes changes only, and ends when it is stopped", async () => {
    const world = startWorld();
    await world.pass(3600);
    expect(world.log.lines.filter((line) => line.includes("room feed"))).toHaveLength(1);
    expect(world.views.length).toBeLessThan(20);
    world.feed.stop();
    const before = [world.firmware.received.length, world.views.length];
    world.home.climate("climate.living_room", 24);
    await world.pass(3600);
    expect([world.firmware.received.length, world.views.length]).toEqual(before);
  });
});
