import { describe, expect, it } from "vitest";
import { startZone } from "./room-zone-world.ts";

const dayMin = 24 * 60;

describe("a room that jumps and stays", () => {
  it.each([
    ["a valve without a signal shows 5", 21.1, 5, null],
    ["the same, with the heat pump's own thermostat against it", 21.1, 5, 20.8],
    ["upwards", 21, 35, null],
    ["upwards, with the heat pump's own thermostat against it", 21, 35, 21.5],
    ["by little more than a room does", 21, 17.4, 22],
  ])("is never trusted because it stays: %s", (_, beforeC, afterC, ownC) => {
    const zone = startZone({ rooms: 1, ownC });
    zone.report([beforeC]);
    zone.pass(60);
    expect(zone.sentC()).toBe(beforeC);
    zone.report([afterC]);
    expect(zone.pass(2 * dayMin)).toBeNull();
    expect(zone.health(0)).toMatchObject({
      state: "doubted",
      reason: { code: "jumped", fromC: beforeC, toC: afterC },
    });
  });

  it("is left out where the others suffice, and comes back by itself where it was", () => {
    const zone = startZone({ rooms: 3 });
    zone.report([21, 20, 19]);
    zone.pass(30);
    zone.report([5]);
    expect(zone.pass(dayMin)).toBe(19.5);
    expect(zone.report([20.4])).toBeCloseTo((20.4 + 20 + 19) / 3, 9);
    expect(zone.states()).toEqual(["good", "good", "good"]);
  });

  it("comes back after hours in which the house cooled, as the others confirm it for an hour", () => {
    const zone = startZone({ rooms: 3 });
    zone.report([21, 20, 19]);
    zone.pass(10);
    zone.report([5]);
    zone.pass(8 * 60, (minute) => [5, 20 - minute / 120, 19 - minute / 120]);
    zone.report([16.8]);
    expect(zone.states()[0]).toBe("doubted");
    zone.pass(61);
    expect(zone.states()).toEqual(["good", "good", "good"]);
  });

  it("stays out where the confirmation breaks off", () => {
    const zone = startZone({ rooms: 1, ownC: 20 });
    zone.report([21]);
    zone.pass(10);
    zone.report([17]);
    zone.pass(50);
    zone.own(22);
    zone.pass(5);
    zone.own(20);
    zone.pass(50);
    expect(zone.states()).toEqual(["doubted"]);
    zone.pass(15);
    expect(zone.states()).toEqual(["good"]);
  });

  it("with nothing beside it is trusted once it has moved for three hours as a room does, and never sooner", () => {
    const zone = startZone({ rooms: 1 });
    zone.report([21]);
    zone.pass(10);
    expect(zone.pass(179, (minute) => [16 + minute / 240])).toBeNull();
    expect(zone.pass(5, () => [16.8])).toBeCloseTo(16.8, 9);
  });

  it("is the whole house where a hub starts anew: nothing is sent, and all come back", () => {
    for (const [hubC, ownC] of [
      [0, null],
      [5, null],
      [15, 20.5],
      [35, 20.5],
    ] as const) {
      const zone = startZone({ rooms: 3, ownC });
      zone.report([21, 20, 19]);
      zone.pass(60);
      zone.report([hubC, hubC, hubC]);
      expect(zone.pass(dayMin)).toBeNull();
      expect(zone.report([20.5, 19.5, 18.5])).toBe(19.5);
    }
  });

  it("goes on from silence no further than a room gets in an hour, and not against the other rooms", () => {
    const reported = (silentMin: number, temperatureC: number, others: readonly number[] = []) => {
      const zone = startZone({ rooms: 1 + others.length });
      zone.report([21, ...others]);
      zone.pass(10);
      zone.pass(silentMin, () => [null, ...others]);
      zone.report([temperatureC]);
      return zone.states()[0];
    };
    expect(reported(30, 15.1)).toBe("good");
    expect(reported(30, 14.5)).toBe("doubted");
    expect(reported(600, 12.1)).toBe("good");
    expect(reported(600, 11.9)).toBe("doubted");
    expect(reported(600, 5)).toBe("doubted");
    expect(reported(600, 12.1, [20, 21])).toBe("doubted");
    expect(reported(600, 17, [20, 20])).toBe("good");
  });

  it("is held for what it is through a silence", () => {
    const zone = startZone({ rooms: 1 });
    zone.report([21]);
    zone.pass(10);
    zone.report([28]);
    zone.pass(5);
    zone.pass(300, () => [null]);
    zone.report([28]);
    expect(zone.pass(dayMin)).toBeNull();
  });

  it("in small steps is a jump too", () => {
    const zone = startZone({ rooms: 1 });
    zone.report([21.1]);
    zone.pass(10);
    const sentC = new Set<number | null>();
    zone.pass(16, (minute) => {
      sentC.add(zone.sentC());
      return [21.1 - minute];
    });
    expect(Math.min(...[...sentC].filter((value) => value !== null))).toBeGreaterThan(17);
    expect(zone.pass(dayMin)).toBeNull();
  });

  it("does not wait for longer because the clock was set back", () => {
    const zone = startZone({ rooms: 1, ownC: 19 });
    zone.report([21]);
    zone.pass(200);
    zone.report([17]);
    zone.sleep(-120);
    expect(zone.pass(100, () => [17])).toBe(17);
  });
});

describe("what a room really does", () => {
  it.each([
    ["an open window, 5 K an hour", (minute: number) => Math.max(10, 21 - minute / 12)],
    ["an open window beside the thermostat, 3 K at once", (minute: number) => Math.max(15, 18 - minute / 20)],
    ["the sun, 4 K an hour", (minute: number) => Math.min(28, 21 + minute / 15)],
    ["a night set back", (minute: number) => Math.max(16, 21 - minute / 60)],
  ])("is trusted throughout: %s", (_, temperatureC) => {
    const zone = startZone({ rooms: 1 });
    zone.report([21]);
    zone.pass(10);
    zone.pass(240, (minute) => {
      expect(zone.states()).toEqual(["good"]);
      return [temperatureC(minute)];
    });
    expect(zone.sentC()).toBe(temperatureC(240));
  });

  it("is trusted when it reports seldom", () => {
    const zone = startZone({ rooms: 1 });
    zone.report([21]);
    for (const temperatureC of [17, 20.5, 16, 21])
      expect(zone.pass(50, (m) => (m === 50 ? [temperatureC] : []))).toBe(temperatureC);
  });
});

describe("the first value of a room", () => {
  it.each([
    ["an ordinary one is trusted", [20], null, ["good"]],
    ["a cold one is not, with nothing beside it", [5], null, ["doubted"]],
    ["a hot one is not", [35], null, ["doubted"]],
    ["a real cold house is, with its heat pump's thermostat", [6], 6.5, ["good"]],
    ["a cold one is not against the heat pump's thermostat", [5], 20, ["doubted"]],
    ["valves without a signal do not confirm each other", [5, 5, 5], null, ["doubted", "doubted", "doubted"]],
    ["a cold one is not against the others", [5, 20, 21], null, ["doubted", "good", "good"]],
    ["a cold one is trusted beside cold ones", [9, 10, 10.5], null, ["good", "good", "good"]],
  ] as const)("%s", (_, reported, ownC, states) => {
    const zone = startZone({ rooms: reported.length, ownC });
    zone.report(reported);
    zone.pass(2 * dayMin);
    expect(zone.states()).toEqual(states);
  });

  it("in a real cold house without any thermostat beside it is trusted once the room moves", () => {
    const zone = startZone({ rooms: 2 });
    zone.report([6, 7]);
    expect(zone.pass(170, (minute) => [6 + minute / 200, 7 + minute / 200])).toBeNull();
    expect(zone.pass(15, () => [6.9, 7.9])).toBeCloseTo(7.4, 9);
  });

  it("that was on a wrong scale gives way to what one witness confirms, as it was never used", () => {
    const zone = startZone({ rooms: 2, ownC: 20.5 });
    zone.report([30, 15]);
    expect(zone.pass(60)).toBeNull();
    zone.report([15.4]);
    expect(zone.pass(2)).toBeCloseTo(15.2, 9);
  });

  it("that was never used, as there were too few rooms, does not make a jump trusted", () => {
    const zone = startZone({ rooms: 2, ownC: 20.5 });
    zone.report([21, null]);
    zone.pass(60);
    zone.report([28]);
    zone.pass(dayMin);
    zone.report([undefined, 21]);
    expect(zone.pass(dayMin)).toBeNull();
  });

  it("after a restart is judged by what was known before", () => {
    const reported = (temperatureC: number, keepsMemory: boolean, sleepMin = 5, ownC: number | null = null) => {
      const zone = startZone({ rooms: 1, ownC });
      zone.report([21.1]);
      zone.pass(60);
      zone.restart(keepsMemory);
      zone.sleep(sleepMin);
      return zone.report([temperatureC]);
    };
    expect(reported(20.9, true)).toBe(20.9);
    expect(reported(5, true)).toBeNull();
    expect(reported(5, true, 3 * dayMin)).toBeNull();
    expect(reported(5, false)).toBeNull();
    expect(reported(26, true)).toBeNull();
    expect(reported(17, true, dayMin)).toBe(17);
    expect(reported(6, true, 30 * dayMin, 7)).toBe(6);
  });

  it("after a restart in the middle of a jump is still in doubt", () => {
    const zone = startZone({ rooms: 1 });
    zone.report([21]);
    zone.pass(60);
    zone.report([27]);
    zone.pass(180);
    zone.restart(true);
    zone.sleep(1);
    zone.report([27]);
    expect(zone.pass(dayMin)).toBeNull();
    expect(zone.report([21.5])).toBe(21.5);
  });
});
