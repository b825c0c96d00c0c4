import { switchedByUs } from "@heatloop/core/room-feed/room-feed";
import { describe, expect, it } from "vitest";
import { none, rooms, second, start, startWorld, values } from "./room-feed-world.ts";

describe("a person's choice of the source", () => {
  it("is respected: the temperature is still sent, the source never touched", () => {
    const world = startWorld({ source: "room_thermostat" });
    expect(world.step({}, 600)).toBe("ok");
    expect(world.reason()).toBe(
      "All 3 rooms are used; the heat pump uses its own room thermostat, as someone chose, so the temperature that is sent has no effect.",
    );
    expect(world.step({ average: none }, 3600)).toBe("fallback");
    expect(world.step({ average: rooms(20) }, 3600)).toBe("ok");
    expect(world.input().source).toBe("room_thermostat");
    expect(new Set(world.commands().map(({ command }) => command.to))).toEqual(new Set(["temperature"]));
  });

  it.each(["home_assistant", "virtual_thermostat"])("wins over the fallback: %s stays", (chosen) => {
    const world = startWorld();
    world.step({ average: none }, 31 * 60);
    world.commands();
    world.step({ source: chosen }, 5 * 3600);
    expect(world.feed().state).toBe(chosen === "home_assistant" ? "holding" : "fallback");
    expect(world.commands()).toEqual([]);
    world.step({ average: rooms(20) }, 600);
    expect(world.input().source).toBe(chosen);
    expect(switchedByUs(world.feed())).toBe(false);
  });

  it("that takes the source back holds for this time only", () => {
    const world = startWorld();
    world.step({ average: none }, 31 * 60);
    world.step({ source: "home_assistant" }, 3600);
    expect(world.reason()).toContain("someone set its source back to Home Assistant, so it is left there");
    world.step({ average: rooms(20) }, 60);
    expect(world.step({ average: none }, 31 * 60)).toBe("fallback");
  });

  it("away and back again is a person's too", () => {
    const world = startWorld();
    world.step({ average: none }, 31 * 60);
    world.step({ source: "virtual_thermostat" }, 60);
    world.step({ source: "room_thermostat" }, 60);
    world.commands();
    world.step({ average: rooms(20) }, 600);
    expect(world.input().source).toBe("room_thermostat");
  });
});

describe("after a restart", () => {
  it("switches back what it switched in its earlier life", () => {
    const world = startWorld({ source: "room_thermostat", average: none }, start - 3600 * second);
    expect(world.step({}, 60)).toBe("fallback");
    expect(world.feed().since).toBe(start - 3600 * second);
    expect(world.step({ average: rooms(20) })).toBe("ok");
    expect(values(world.commands())).toEqual([20, "home_assistant"]);
  });

  it("waits for the source before it judges whose it is", () => {
    const world = startWorld({ source: null, online: null, fedC: null }, start);
    expect(world.step({}, 600)).toBe("fallback");
    expect(world.step({ online: true, source: "room_thermostat", fedC: 18 })).toBe("ok");
    expect(world.input().source).toBe("home_assistant");
  });

  it("forgets a switch that somebody undid meanwhile", () => {
    const world = startWorld({ source: "home_assistant" }, start - 3600 * second);
    expect(world.step({}, 5)).toBe("ok");
    expect(switchedByUs(world.feed())).toBe(false);
    expect(values(world.commands())).toEqual([20.5]);
  });

  it("leaves alone what a person chose before it started", () => {
    const world = startWorld({ source: "room_thermostat" });
    world.step({}, 600);
    expect(world.input().source).toBe("room_thermostat");
  });
});
