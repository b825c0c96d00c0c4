import { type RoomFeedInput, switchedByUs } from "@heatloop/core/room-feed/room-feed";
import type { WatchdogReport } from "@heatloop/core/room-feed/watchdog-report";
import { describe, expect, it } from "vitest";
import { none, rooms, start, startWorld, values } from "./room-feed-world.ts";

const watchdog: WatchdogReport = { state: "fed", refused: "none", feeder: "Heatloop", secondFeeder: "none" };

/** A world in which the rooms have fed the heat pump for a minute. */
function fedWorld(more: Partial<RoomFeedInput> = {}) {
  const world = startWorld(more);
  world.step({}, 60);
  world.commands();
  return world;
}

const sources = (world: ReturnType<typeof startWorld>) =>
  values(world.commands()).filter((value) => typeof value === "string");

describe("sending that is switched off", () => {
  it("hands the heat pump back to its own room thermostat, once", () => {
    const world = fedWorld();
    expect(world.step({ sending: "off" })).toBe("ok");
    expect(values(world.commands())).toEqual(["room_thermostat"]);
    expect(world.reason()).toBe(
      "All 3 rooms are used; the heat pump uses its own room thermostat; nothing is sent, since sending is turned off in the settings.",
    );
    expect(world.step({}, 24 * 3600)).toBe("ok");
    expect(world.commands()).toEqual([]);
  });

  it("takes it again once it is on: the temperature first", () => {
    const world = fedWorld();
    world.step({ sending: "off" }, 3600);
    world.commands();
    world.step({ sending: "on", average: rooms(19.3) });
    expect(values(world.commands())).toEqual([19.3, "home_assistant"]);
    expect(world.feed().state).toBe("ok");
    expect(switchedByUs(world.feed())).toBe(false);
  });

  it("takes it again also after a restart meanwhile, and is in no fallback until then", () => {
    const world = startWorld({ sending: "off", source: "room_thermostat" }, start - 3_600_000);
    expect(world.feed().state).toBe("holding");
    expect(world.step({}, 600)).toBe("ok");
    expect(world.commands()).toEqual([]);
    world.step({ sending: "on" });
    expect(values(world.commands())).toEqual([20.5, "home_assistant"]);
  });

  it("leaves a source that a person chooses afterwards", () => {
    const world = fedWorld();
    world.step({ sending: "off" }, 60);
    world.commands();
    world.step({ source: "home_assistant" }, 3600);
    expect(world.commands()).toEqual([]);
  });

  it("asks again, and more slowly, while the heat pump does not confirm it", () => {
    const world = fedWorld();
    world.firmware.mute = true;
    world.step({ sending: "off" }, 2 * 3600);
    const asked = sources(world);
    expect(new Set(asked)).toEqual(new Set(["room_thermostat"]));
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.length).toBeLessThan(110);
    world.firmware.mute = false;
    world.step({}, 300);
    expect(world.input().source).toBe("room_thermostat");
  });

  it("waits for a heat pump that is offline", () => {
    const world = fedWorld();
    world.step({ online: false });
    world.step({ sending: "off" }, 3600);
    expect(world.commands()).toEqual([]);
    world.step({ online: true });
    expect(values(world.commands())).toEqual(["room_thermostat"]);
  });

  it("hands back also while the rooms are silent, without holding", () => {
    const world = fedWorld();
    world.step({ average: none }, 60);
    world.step({ sending: "off" });
    expect(values(world.commands())).toEqual(["room_thermostat"]);
  });

  it("is undone in the same moment by switching it on again", () => {
    const world = fedWorld();
    world.firmware.mute = true;
    world.step({ sending: "off" });
    world.firmware.mute = false;
    world.step({ sending: "on" }, 600);
    expect(world.input().source).toBe("home_assistant");
    expect(world.step({ source: "room_thermostat" }, 60)).toBe("ok");
    expect(world.reason()).toContain("as someone chose");
  });
});

describe("rooms that are all taken out of a zone", () => {
  it("hand the heat pump back too, and take it again when there are rooms", () => {
    const world = fedWorld();
    expect(world.step({ average: null }, 60)).toBe("off");
    expect(values(world.commands())).toEqual(["room_thermostat"]);
    world.step({ average: rooms(20.1) });
    expect(values(world.commands())).toEqual([20.1, "home_assistant"]);
  });
});

type Change = Partial<RoomFeedInput>;

const handsNothingBack: readonly (readonly [string, Change, Change])[] = [
  ["another Heatloop feeds the heat pump", {}, { sending: "another_feeds" }],
  ["something else has written another temperature", {}, { sending: "off", fedC: 19 }],
  ["something else wrote a moment before", { fedC: 19 }, { sending: "off" }],
  ["the watchdog hears another feeder", {}, { sending: "off", watchdog: { ...watchdog, feeder: "Blueprint" } }],
  ["a second feeder wants to feed it", {}, { sending: "off", watchdog: { ...watchdog, secondFeeder: "unnamed" } }],
  ["a person chose another source", { source: "virtual_thermostat" }, { sending: "off" }],
  ["it has no room thermostat that can be trusted", {}, { sending: "off", ownC: null }],
  ["something else fed it while it was offline", { online: false }, { sending: "off", online: true, fedC: 22 }],
];

describe("sending that is switched off leaves the source as it is", () => {
  it.each(handsNothingBack)("where %s", (_, before, off) => {
    const world = fedWorld();
    world.step(before);
    world.step(off, 2 * 3600);
    expect(sources(world)).toEqual([]);
  });

  it.each(handsNothingBack.filter(([, , { ownC }]) => ownC === undefined))(
    "for good where %s, also once that is over",
    (_, before, off) => {
      const world = fedWorld();
      world.step(before);
      world.step(off, 60);
      world.step({ sending: "off", watchdog: null, online: true, source: "home_assistant", fedC: 20.5 }, 2 * 3600);
      expect(sources(world)).toEqual([]);
    },
  );

  it("where nothing was fed since the start", () => {
    const world = startWorld({ sending: "off" });
    world.step({}, 3600);
    expect(world.commands()).toEqual([]);
  });
});
