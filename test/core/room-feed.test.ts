import type { RoomAverage } from "@heatloop/core/room-average";
import {
  nextRoomFeed,
  type RoomFeed,
  type RoomFeedCommand,
  type RoomFeedInput,
  roomFeedCommand,
  roomFeedRefused,
  roomFeedSent,
  startOfRoomFeed,
  switchedByUs,
} from "@heatloop/core/room-feed";
import { roomFeedReason } from "@heatloop/core/room-feed-reason";
import { describe, expect, it } from "vitest";

const start = Date.parse("2026-11-21T00:00:00Z");
const second = 1000;
const minute = 60 * second;

const none: RoomAverage = {
  temperatureC: null,
  reason: "1 of 3 rooms usable, 2 needed: Kitchen is unavailable; Bedroom is unavailable",
  rooms: [{ used: true }, { used: false, reason: "is unavailable" }, { used: false, reason: "is unavailable" }],
  used: 1,
  needed: 2,
};

function rooms(temperatureC: number, missing: string | null = null): RoomAverage {
  const rest = missing === null ? ({ used: true } as const) : ({ used: false, reason: missing } as const);
  const reason = missing === null ? null : `Bedroom ${missing}`;
  return {
    temperatureC,
    reason,
    rooms: [{ used: true }, { used: true }, rest],
    used: missing === null ? 3 : 2,
    needed: 2,
  };
}

/** A firmware that does at once what it is told, unless it is mute, and the feed beside it. */
function startWorld(more: Partial<RoomFeedInput> = {}, switchedAt: number | null = null) {
  let feed: RoomFeed = startOfRoomFeed({ at: start, hasRooms: more.average !== null, switchedAt });
  let input: RoomFeedInput = {
    at: start,
    average: rooms(20.5),
    online: true,
    fedC: 18,
    source: "home_assistant",
    ownC: 20,
    send: true,
    holdMs: 30 * minute,
    ...more,
  };
  const commands: { readonly atS: number; readonly command: RoomFeedCommand }[] = [];
  const firmware = { mute: false, refuse: false };

  function look(): void {
    for (;;) {
      feed = nextRoomFeed(feed, input);
      const command = roomFeedCommand(feed, input);
      if (command === null) return;
      commands.push({ atS: (input.at - start) / second, command });
      feed = roomFeedSent(feed, command, input.at);
      if (firmware.refuse) feed = roomFeedRefused(feed, command, input.at);
      else if (!firmware.mute && command.to === "temperature") input = { ...input, fedC: command.value };
      else if (!firmware.mute && command.to === "source") input = { ...input, source: command.value };
    }
  }

  return {
    firmware,
    feed: () => feed,
    input: () => input,
    reason: () => roomFeedReason(feed, input, true),
    commands: () => commands.splice(0),
    /** Changes something, then lets so many seconds pass in steps of five. */
    step(change: Partial<RoomFeedInput>, seconds = 0) {
      input = { ...input, ...change };
      look();
      for (let passed = 0; passed < seconds; passed += 5) {
        input = { ...input, at: input.at + 5 * second };
        look();
      }
      return feed.state;
    },
  };
}

function values(commands: readonly { readonly command: RoomFeedCommand }[]): (number | string)[] {
  return commands.map(({ command }) => command.value);
}

describe("the room feed", () => {
  it("is off without rooms and sends nothing", () => {
    const world = startWorld({ average: null });
    expect(world.step({}, 600)).toBe("off");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toBe("No rooms are set for this zone.");
  });

  it("sends at once, rounded, and again within every five minutes", () => {
    const world = startWorld({ average: rooms(20.4567) });
    expect(world.step({}, 20 * 60)).toBe("ok");
    const commands = world.commands();
    expect(values(commands)).toEqual([20.5, 20.5, 20.5, 20.5, 20.5]);
    expect(commands[1]?.atS).toBeGreaterThan(240);
    expect(commands[1]?.atS).toBeLessThanOrEqual(300);
    expect(world.reason()).toBe("All 3 rooms are used.");
  });

  it("sends a change of 0.1 °C, and no smaller one", () => {
    const world = startWorld({ average: rooms(20.5) });
    world.step({}, 15);
    world.step({ average: rooms(20.59) }, 15);
    expect(values(world.commands())).toEqual([20.5]);
    world.step({ average: rooms(20.6) }, 15);
    world.step({ average: rooms(20.51) }, 15);
    world.step({ average: rooms(20.5) }, 15);
    expect(values(world.commands())).toEqual([20.6, 20.5]);
  });

  it("never sends more often than every ten seconds, whatever the rooms do", () => {
    const world = startWorld();
    for (let step = 0; step < 60; step += 1) world.step({ average: rooms(step % 2 ? 20 : 22) }, 5);
    const times = world.commands().map(({ atS }) => atS);
    expect(times.length).toBeGreaterThan(20);
    const gapsS = times.slice(1).map((atS, index) => atS - (times[index] ?? 0));
    expect(Math.min(...gapsS)).toBeGreaterThanOrEqual(10);
  });

  it("names a missing room while the others suffice", () => {
    const world = startWorld({ average: rooms(20.5, "is unavailable") });
    expect(world.step({}, 5)).toBe("degraded");
    expect(world.reason()).toBe("2 of 3 rooms used: Bedroom is unavailable.");
    expect(world.step({ average: rooms(20.5) })).toBe("ok");
  });

  it("tries again with pauses where the firmware is mute, then says so, and recovers", () => {
    const world = startWorld();
    world.firmware.mute = true;
    expect(world.step({}, 120)).toBe("ok");
    expect(world.commands().map(({ atS }) => atS)).toEqual([0, 5, 15, 35, 75]);
    expect(world.step({}, 60)).toBe("degraded");
    expect(world.reason()).toContain("does not confirm what it is told (it says 18.0 °C)");
    world.step({}, 3600);
    expect(world.feed().state).toBe("degraded");
    expect(world.commands().length).toBeLessThan(60);
    world.firmware.mute = false;
    expect(world.step({}, 300)).toBe("ok");
  });

  it("does not give itself another chance because the temperature changes while the firmware is mute", () => {
    const world = startWorld();
    world.firmware.mute = true;
    for (let step = 0; step < 20; step += 1) world.step({ average: rooms(20 + step / 5) }, 15);
    expect(world.feed().state).toBe("degraded");
    expect(world.commands().length).toBeLessThan(30);
  });

  it("goes on trying where commands do not leave, and says so after half a minute", () => {
    const world = startWorld();
    world.firmware.refuse = true;
    expect(world.step({}, 20)).toBe("ok");
    expect(world.step({}, 20)).toBe("degraded");
    expect(world.reason()).toContain("cannot be sent: is the MQTT broker there?");
    world.firmware.refuse = false;
    expect(world.step({}, 15)).toBe("ok");
  });

  it("sends nothing while the heat pump is offline, and at once when it is back", () => {
    const world = startWorld();
    world.step({}, 5);
    world.commands();
    expect(world.step({ online: false, fedC: null, source: null }, 600)).toBe("degraded");
    expect(world.reason()).toContain("the heat pump is offline, so nothing is sent");
    expect(world.commands()).toEqual([]);
    expect(world.step({ online: true, fedC: 20.5, source: "home_assistant" })).toBe("ok");
    expect(values(world.commands())).toEqual([20.5]);
  });

  it("corrects what something else writes, at most twice a minute, and names it for a quarter of an hour", () => {
    const world = startWorld();
    world.step({}, 60);
    world.commands();
    for (let step = 0; step < 60; step += 1) {
      expect(world.step({ fedC: 0 })).toBe("degraded");
      world.step({}, 5);
    }
    expect(world.commands().length).toBeLessThanOrEqual(11);
    world.step({}, 60);
    expect(world.input().fedC).toBe(20.5);
    expect(world.reason()).toContain("something else told the heat pump 0.0 °C");
    expect(world.step({}, 16 * 60)).toBe("ok");
  });

  it("computes and shows only where sending is turned off", () => {
    const world = startWorld({ send: false });
    expect(world.step({}, 3600)).toBe("ok");
    expect(world.step({ average: none }, 3600)).toBe("holding");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toContain("nothing is sent, since sending is turned off");
  });
});

describe("without a quorum", () => {
  it("holds without sending, falls back after the hold time, and comes back: the temperature first", () => {
    const world = startWorld();
    world.step({}, 60);
    world.commands();
    expect(world.step({ average: none }, 30 * 60 - 5)).toBe("holding");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toBe(
      "1 of 3 rooms usable, 2 needed: Kitchen is unavailable; Bedroom is unavailable; the heat pump keeps the last temperature it was told.",
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
    expect(world.reason()).toContain("it has no room thermostat of its own to switch to");
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

describe("a person's choice of the source", () => {
  it("is respected: the temperature is still told, the source never touched", () => {
    const world = startWorld({ source: "room_thermostat" });
    expect(world.step({}, 600)).toBe("ok");
    expect(world.reason()).toBe(
      "All 3 rooms are used; the heat pump goes by its own room thermostat, as someone chose, so what it is told has no effect.",
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

describe("a clock that is corrected", () => {
  it("set back, makes nothing wait for longer", () => {
    const world = startWorld();
    world.step({}, 60);
    world.commands();
    world.step({ at: start - 24 * 3600 * second, average: rooms(22) }, 5);
    expect(values(world.commands())).toContain(22);
    world.step({ average: none }, 10 * 60);
    world.step({ at: start - 48 * 3600 * second }, 29 * 60);
    expect(world.feed().state).toBe("holding");
    expect(world.step({}, 5 * 60)).toBe("fallback");
  });
});
