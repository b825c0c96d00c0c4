import { describe, expect, it } from "vitest";
import { entities, settingsOf, startWorld } from "./room-feed-world.ts";

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

  it("never tells a jump before it is confirmed, nor a wrong scale", async () => {
    const world = startWorld();
    await world.pass(30);
    world.home.climate("climate.living_room", 28);
    await world.pass(60);
    expect(world.firmware.temperatures()).toEqual([20, 19.5]);
    expect(world.feed.view().reason).toContain("climate.living_room jumped from 21.0 to 28.0 °C");
    await world.pass(600, false);
    expect(world.firmware.temperatures().at(-1)).toBe(22.3);
    world.home.climate("climate.living_room", 33.5);
    await world.pass(1200, false);
    expect(world.feed.view().reason).toContain("near twice the other rooms' 19.5 °C");
    expect(world.firmware.temperature()).toBe(19.5);
  });

  it("corrects a thermostat that tells twice the temperature by its scale, at once", async () => {
    const world = startWorld();
    world.home.climate("climate.living_room", 42);
    await world.pass(5);
    expect(world.feed.view().reason).toContain(
      "tells 42.0 °C, outside 5 to 35 °C; if it tells twice the temperature, set its scale to 0.5",
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
