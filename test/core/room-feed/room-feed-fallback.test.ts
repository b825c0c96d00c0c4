import { switchedByUs } from "@heatloop/core/room-feed/room-feed";
import { describe, expect, it } from "vitest";
import { none, rooms, startWorld, values } from "./room-feed-world.ts";

describe("without a quorum", () => {
  it("holds without sending, falls back after the hold time, and comes back: the temperature first", () => {
    const world = startWorld();
    world.step({}, 60);
    world.commands();
    expect(world.step({ average: none }, 30 * 60 - 5)).toBe("holding");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toBe(
      "1 of 3 rooms usable, 2 needed: Kitchen is unavailable; Bedroom is unavailable; the heat pump keeps the last temperature it was sent.",
    );
    expect(world.step({}, 5)).toBe("fallback");
    expect(values(world.commands())).toEqual(["room_thermostat"]);
    expect(world.reason()).toContain("the heat pump uses its own room thermostat");
    expect(switchedByUs(world.feed())).toBe(true);
    expect(world.step({}, 24 * 3600)).toBe("fallback");
    expect(world.commands()).toEqual([]);
    expect(world.step({ average: rooms(19.3) })).toBe("ok");
    expect(values(world.commands())).toEqual([19.3, "home_assistant"]);
    expect(switchedByUs(world.feed())).toBe(false);
  });

  it("does not switch back before the heat pump has confirmed the temperature", () => {
    const world = startWorld();
    world.step({ average: none }, 31 * 60);
    world.commands();
    world.firmware.mute = true;
    expect(world.step({ average: rooms(19.3) }, 3600)).toBe("fallback");
    expect(values(world.commands())).not.toContain("home_assistant");
    expect(world.reason()).toContain("is switched back once it has the temperature");
    world.firmware.mute = false;
    expect(world.step({}, 300)).toBe("ok");
    expect(world.input().source).toBe("home_assistant");
  });

  it("starts the hold anew when there was a temperature in between", () => {
    const world = startWorld();
    world.step({ average: none }, 29 * 60);
    expect(world.step({ average: rooms(20) }, 5)).toBe("ok");
    expect(world.step({ average: none }, 29 * 60)).toBe("holding");
  });

  it("does not switch to a room thermostat that the heat pump does not have", () => {
    const world = startWorld({ ownC: null });
    expect(world.step({ average: none }, 3600)).toBe("holding");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toContain("it has no room thermostat of its own that can be trusted");
  });

  it("stays in holding, and tries again now and then, while the switch is not confirmed", () => {
    const world = startWorld();
    world.firmware.mute = true;
    expect(world.step({ average: none }, 2 * 3600)).toBe("holding");
    expect(world.reason()).toContain("asked to use its own room thermostat and has not confirmed it");
    const tries = world.commands();
    expect(tries.length).toBeGreaterThan(5);
    expect(tries.length).toBeLessThan(80);
    world.firmware.mute = false;
    expect(world.step({}, 300)).toBe("fallback");
  });

  it("gives up a switch that never came through once the rooms are back", () => {
    const world = startWorld();
    world.firmware.mute = true;
    world.step({ average: none }, 31 * 60);
    world.firmware.mute = false;
    expect(world.step({ average: rooms(20) }, 5)).toBe("ok");
    expect(values(world.commands())).not.toContain("home_assistant");
    world.step({}, 180);
    expect(switchedByUs(world.feed())).toBe(false);
  });

  it("takes back a switch that came through late", () => {
    const world = startWorld();
    world.firmware.mute = true;
    world.step({ average: none }, 30 * 60);
    world.firmware.mute = false;
    world.step({ average: rooms(20) }, 5);
    expect(world.step({ source: "room_thermostat" }, 5)).toBe("ok");
    expect(world.input().source).toBe("home_assistant");
  });
});
