import { describe, expect, it } from "vitest";
import { none, rooms, second, start, startWorld, values } from "./room-feed-world.ts";

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
    const world = startWorld({ average: rooms(20.5, { code: "unavailable" }) });
    expect(world.step({}, 5)).toBe("degraded");
    expect(world.reason()).toBe("2 of 3 rooms used: Bedroom is unavailable.");
    expect(world.step({ average: rooms(20.5) })).toBe("ok");
  });

  it("tries again with pauses where the firmware is mute, then reports a problem, and recovers", () => {
    const world = startWorld();
    world.firmware.mute = true;
    expect(world.step({}, 120)).toBe("ok");
    expect(world.commands().map(({ atS }) => atS)).toEqual([0, 5, 15, 35, 75]);
    expect(world.step({}, 60)).toBe("degraded");
    expect(world.reason()).toContain("does not confirm the temperature it was sent (it reports 18.0 °C)");
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

  it("goes on trying where commands can't be sent, and reports a problem after half a minute", () => {
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
    expect(world.reason()).toContain("something else sent the heat pump 0.0 °C");
    expect(world.step({}, 16 * 60)).toBe("ok");
  });

  it("computes and shows only where sending is turned off", () => {
    const world = startWorld({ sending: "off" });
    expect(world.step({}, 3600)).toBe("ok");
    expect(world.step({ average: none }, 3600)).toBe("holding");
    expect(world.commands()).toEqual([]);
    expect(world.reason()).toContain("nothing is sent, since sending is turned off");
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
