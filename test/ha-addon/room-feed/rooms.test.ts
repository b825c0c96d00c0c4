import { describe, expect, it } from "vitest";
import { entities, settingsOf, start, startWorld } from "./room-feed-world.ts";

describe("the room feed of a heat pump", () => {
  it("loses a thermostat that stopped reporting, and keeps one that is steady", async () => {
    const world = startWorld();
    await world.pass(5 * 3600);
    expect(world.feed.view().state).toBe("ok");
    const silentSince = world.clock.now();
    await world.pass(300, false);
    const report = () => {
      world.home.climate("climate.living_room", 21);
      world.home.set("sensor.bedroom_temperature", {
        state: "19.0",
        attributes: { unit_of_measurement: "°C" },
        lastReported: world.clock.now(),
      });
    };
    for (let minutes = 0; minutes < 70; minutes += 10) {
      report();
      await world.pass(600, false);
    }
    expect(world.clock.now() - silentSince).toBeGreaterThan(3_600_000);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      temperatureC: 20,
      reason: expect.stringContaining("has not reported for over 60 min"),
    });
  });

  it("never sends a jump, however long it stays, and takes the room back where it was", async () => {
    const world = startWorld();
    await world.pass(30);
    world.home.climate("climate.living_room", 5);
    await world.pass(60);
    expect(world.firmware.temperatures()).toEqual([20, 19.5]);
    expect(world.feed.view().reason).toContain("climate.living_room jumped from 21.0 to 5.0 °C, faster than a room");
    await world.pass(6 * 3600);
    expect(new Set(world.firmware.temperatures())).toEqual(new Set([20, 19.5]));
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      rooms: [{ used: false, temperatureC: 5, doubtedAt: start + 30_250 }, { doubtedAt: null }, { doubtedAt: null }],
    });
    world.home.climate("climate.living_room", 20.4);
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", temperatureC: 19.8 });
  });

  it("holds and falls back where the one room of a house jumps and stays", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room" }]) });
    world.home.climate("climate.living_room", 21.1);
    await world.pass(3600);
    world.home.climate("climate.living_room", 5);
    await world.pass(11 * 60);
    expect(world.feed.view()).toMatchObject({ state: "holding", sentC: 21.1 });
    await world.pass(3600);
    expect(world.feed.view()).toMatchObject({ state: "fallback", source: "room_thermostat" });
    expect(new Set(world.firmware.temperatures())).toEqual(new Set([21.1]));
    world.home.climate("climate.living_room", 20.6);
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", source: "home_assistant", sentC: 20.6 });
  });

  it("knows over a restart where a room was, and which temperature was in doubt", async () => {
    const settings = settingsOf({}, [{ entity: "climate.living_room" }]);
    const first = startWorld({ settings });
    await first.pass(3600);
    expect(first.roomFile.writes).toBeLessThan(4);
    const again = (temperature: number, rooms: unknown) => {
      const world = startWorld({ settings, rooms });
      world.firmware.report("zone_1_room_temperature", "0.0");
      world.home.climate("climate.living_room", temperature);
      return world;
    };
    const fallen = again(16, first.roomFile.value);
    await fallen.pass(3600);
    expect(fallen.firmware.temperatures()).toEqual([]);
    const stillFallen = again(16, fallen.roomFile.value);
    await stillFallen.pass(3600);
    expect(stillFallen.feed.view()).toMatchObject({ state: "holding", sentC: null });
    const well = again(20.5, fallen.roomFile.value);
    await well.pass(5);
    expect(well.firmware.temperatures()).toEqual([20.5]);
  });

  it("knows it too where somebody looks before the file is read, or the rooms are its own later", async () => {
    const settings = settingsOf({}, [{ entity: "climate.living_room" }]);
    const first = startWorld({ settings });
    await first.pass(60);
    const looked = startWorld({ settings, rooms: first.roomFile.value });
    looked.firmware.report("zone_1_room_temperature", "0.0");
    looked.home.climate("climate.living_room", 16);
    expect(looked.feed.view().rooms).toHaveLength(1);
    await looked.pass(3600);
    expect(looked.firmware.temperatures()).toEqual([]);
    const later = startWorld({ settings: settingsOf({}, []), rooms: first.roomFile.value });
    later.firmware.report("zone_1_room_temperature", "0.0");
    later.home.climate("climate.living_room", 16);
    await later.pass(120);
    later.feed.settingsChanged(settings);
    await later.pass(3600);
    expect(later.firmware.temperatures()).toEqual([]);
    later.feed.settingsChanged(settingsOf({}, []));
    later.feed.settingsChanged(settings);
    await later.pass(5);
    expect(later.firmware.temperatures()).toEqual([16]);
  });

  it("stores a room that is in and out of doubt all the time at most once a minute", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room" }]) });
    for (let second = 0; second < 600; second += 10) {
      world.home.climate("climate.living_room", second % 20 === 0 ? 21 : 28);
      await world.pass(10);
    }
    expect(world.roomFile.writes).toBeGreaterThan(3);
    expect(world.roomFile.writes).toBeLessThanOrEqual(11);
  });

  it.each([undefined, null, "broken", { rooms: "none" }, { rooms: [{ entity: 1 }] }])(
    "starts with a file of its rooms that contains %o",
    async (rooms) => {
      const world = startWorld({ rooms });
      await world.pass(5);
      expect(world.feed.view().state).toBe("ok");
    },
  );

  it("never uses a wrong scale", async () => {
    const world = startWorld();
    await world.pass(30);
    world.home.climate("climate.living_room", 33.5);
    await world.pass(1200);
    expect(world.firmware.temperature()).toBe(19.5);
    const anew = startWorld();
    anew.home.climate("climate.living_room", 33);
    anew.home.climate("climate.kitchen", 19);
    await anew.pass(5);
    expect(anew.feed.view().reason).toContain("reports 33.0 °C, near twice the other rooms' 19.0 °C");
  });

  it("corrects a thermostat that reports twice the temperature by its scale, at once", async () => {
    const world = startWorld();
    world.home.climate("climate.living_room", 42);
    await world.pass(5);
    expect(world.feed.view().reason).toContain(
      "reports 42.0 °C, outside 5 to 35 °C; if it reports twice the temperature, set its factor to 0.5",
    );
    const [living, ...others] = entities;
    world.feed.settingsChanged(
      settingsOf({}, [{ entity: living, scale: 0.5 }, ...others.map((entity) => ({ entity }))]),
    );
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", temperatureC: 20 });
    expect(world.home.follows).toBe(1);
  });

  it("counts an entity that is listed twice once", async () => {
    const twice = ["climate.living_room", "climate.living_room", "climate.kitchen"].map((entity) => ({ entity }));
    const world = startWorld({ settings: settingsOf({}, twice) });
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ temperatureC: 20.5, rooms: [{ used: true }, { used: true }] });
  });

  it("takes the demand of the room that lacks most, by the zone's set-point of the heat pump", async () => {
    const world = startWorld({ settings: settingsOf({ mode: "demand" }) });
    world.home.climate("climate.kitchen", 20, { temperature: 23.5 });
    await world.pass(5);
    expect(world.feed.view().temperatureC).toBe(17.5);
  });
});
