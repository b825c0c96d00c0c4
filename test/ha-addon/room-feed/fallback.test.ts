import { describe, expect, it } from "vitest";
import { source } from "./room-feed-firmware.ts";
import { settingsOf, start, startWorld } from "./room-feed-world.ts";

describe("the room feed of a heat pump", () => {
  it("has its reasons in the language of the home, and in English in the log", async () => {
    const world = startWorld({ language: "de" });
    await world.pass(60);
    world.home.set("climate.kitchen", { state: "unavailable", attributes: {}, lastReported: world.clock.now() });
    await world.pass(2);
    const { reason, rooms } = world.feed.view();
    expect(reason).toBe("2 von 3 Räumen verwendet: climate.kitchen ist nicht verfügbar.");
    expect(rooms.map((room) => room.reason)).toEqual([null, "ist nicht verfügbar", null]);
    expect(JSON.stringify(world.log.lines)).toContain("2 of 3 rooms used: climate.kitchen is unavailable.");
  });

  it("goes through degraded, holding and fallback, and back", async () => {
    const world = startWorld();
    await world.pass(60);
    world.home.set("climate.kitchen", { state: "unavailable", attributes: {}, lastReported: world.clock.now() });
    await world.pass(2);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      reason: "2 of 3 rooms used: climate.kitchen is unavailable.",
      temperatureC: 20,
    });
    const before = world.firmware.received.length;
    world.home.set("sensor.bedroom_temperature", undefined);
    await world.pass(29 * 60);
    expect(world.feed.view()).toMatchObject({ state: "holding", temperatureC: null, sentC: 20 });
    expect(world.firmware.received.length).toBe(before);
    await world.pass(2 * 60);
    expect(world.feed.view()).toMatchObject({ state: "fallback", source: "room_thermostat" });
    expect(world.firmware.source()).toBe("Room Thermostat");
    expect(world.sourceFile.writes).toEqual([{ switchedAt: expect.any(Number) }]);
    await world.pass(3600);
    world.home.climate("climate.kitchen", 18.4);
    await world.pass(2);
    expect(world.feed.view()).toMatchObject({
      state: "degraded",
      source: "home_assistant",
      sentC: 19.7,
      confirmed: true,
    });
    expect(world.firmware.received.slice(-2).map(({ payload }) => payload)).toEqual([
      "19.7",
      "Home Assistant or REST API",
    ]);
    expect(world.sourceFile.value).toEqual({ switchedAt: null });
    expect(world.transitions.map((transition) => transition.split(" ").slice(0, 2).join(" "))).toEqual([
      "holding ok",
      "ok degraded",
      "degraded holding",
      "holding fallback",
      "fallback degraded",
    ]);
    expect(Number(world.transitions[3]?.split(" ")[2])).toBeCloseTo(1800, -2);
  });

  it("hands back when sending is switched off, and takes the heat pump again after a restart with sending on", async () => {
    const world = startWorld();
    await world.pass(60);
    world.feed.settingsChanged(settingsOf({ send: false }));
    await world.pass(600);
    expect(world.firmware.source()).toBe("Room Thermostat");
    expect(world.feed.view()).toMatchObject({ state: "ok", source: "room_thermostat" });
    expect(world.sourceFile.value).toEqual({ switchedAt: expect.any(Number) });
    const again = startWorld({ sourceState: world.sourceFile.value });
    again.firmware.report(source, "Room Thermostat");
    await again.pass(5);
    expect(again.firmware.source()).toBe("Home Assistant or REST API");
  });

  it("leaves a source that a person chose, with that as the reason", async () => {
    const world = startWorld();
    await world.pass(60);
    world.firmware.report(source, "Room Thermostat");
    await world.pass(600);
    expect(world.feed.view()).toMatchObject({ state: "ok", reason: expect.stringContaining("as someone chose") });
    expect(world.firmware.source()).toBe("Room Thermostat");
    expect(world.sourceFile.writes).toEqual([]);
  });

  it("switches back after a restart what it switched before, however long ago", async () => {
    const world = startWorld({ sourceState: { switchedAt: start - 86_400_000 } });
    world.firmware.report(source, "Room Thermostat");
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", source: "home_assistant" });
    expect(world.transitions).toEqual([expect.stringMatching(/^fallback ok 8640\d$/)]);
    expect(world.sourceFile.value).toEqual({ switchedAt: null });
  });

  it.each([undefined, null, "broken", { switchedAt: "yesterday" }])(
    "starts with a file that contains %o",
    async (sourceState) => {
      const world = startWorld({ sourceState });
      await world.pass(5);
      expect(world.feed.view().state).toBe("ok");
    },
  );

  it("stores the switch before it switches", async () => {
    const world = startWorld({ home: false });
    let written = () => {};
    world.sourceFile.write = new Promise((resolve) => {
      written = resolve;
    });
    await world.pass(40 * 60);
    expect(world.firmware.source()).toBe("Home Assistant or REST API");
    written();
    await world.pass(120);
    expect(world.sourceFile.value).toEqual({ switchedAt: expect.any(Number) });
    expect(world.firmware.source()).toBe("Room Thermostat");
  });

  it.each(["0.0", "2.5", "40.0"])("never falls back on a room thermostat that reports %s °C", async (text) => {
    const world = startWorld({ home: false });
    world.firmware.report("zone_1_room_temperature", text);
    await world.pass(2 * 3600);
    expect(world.feed.view()).toMatchObject({
      state: "holding",
      reason: expect.stringContaining("it has no room thermostat of its own that can be trusted"),
    });
    expect(world.firmware.received).toEqual([]);
  });

  it("never falls back on a room thermostat that jumped and stays", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room" }]) });
    await world.pass(60);
    world.firmware.report("zone_1_room_temperature", "6.0");
    world.home.climate("climate.living_room", null);
    await world.pass(2 * 3600);
    expect(world.feed.view()).toMatchObject({
      state: "holding",
      reason: expect.stringContaining("it has no room thermostat of its own that can be trusted"),
    });
    expect(world.firmware.source()).toBe("Home Assistant or REST API");
    world.firmware.report("zone_1_room_temperature", "20.0");
    await world.pass(60);
    expect(world.feed.view().state).toBe("fallback");
  });

  it("falls back in a real cold house, where rooms and thermostat confirm each other", async () => {
    const world = startWorld({ settings: settingsOf({}, [{ entity: "climate.living_room" }]) });
    world.firmware.report("zone_1_room_temperature", "6.5");
    world.home.climate("climate.living_room", 6);
    await world.pass(5);
    expect(world.feed.view()).toMatchObject({ state: "ok", sentC: 6 });
    world.home.climate("climate.living_room", null);
    await world.pass(2000);
    expect(world.feed.view()).toMatchObject({ state: "fallback", source: "room_thermostat" });
  });

  it("falls back also where it cannot store that", async () => {
    const world = startWorld({ home: false });
    world.sourceFile.fails = true;
    await world.pass(32 * 60);
    expect(world.feed.view()).toMatchObject({
      state: "fallback",
      reason: expect.stringContaining("Home Assistant cannot be reached"),
    });
  });
});
