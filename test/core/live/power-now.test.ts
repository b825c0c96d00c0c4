import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { startPowerMeter } from "@heatloop/core/live/power-now";
import { describe, expect, it } from "vitest";

/** Feeds a meter; times in seconds. */
function meterFed(readings: readonly (readonly [number, PointId | "online", Value])[]) {
  const meter = startPowerMeter();
  for (const [seconds, point, value] of readings) {
    const at = seconds * 1000;
    if (point === "online") meter.take({ device: "d", point, value: value === true, at });
    else meter.take({ device: "d", point, value, at });
  }
  return meter;
}

/** Heat signals each 10 s: 18 L/min, 32.0/30.5 °C is 1871 W (the firmware shows 1878). */
function heating(fromS: number, toS: number, returnC = 30.5): (readonly [number, PointId, Value])[] {
  const readings: (readonly [number, PointId, Value])[] = [];
  for (let s = fromS; s <= toS; s += 10) {
    readings.push([s, "flow_rate", 18], [s, "flow_temperature", 32], [s, "return_temperature", returnC]);
  }
  return readings;
}

const running = [
  [0, "operation_mode", "heating"],
  [0, "compressor", true],
] as const;

function inOrder<T extends readonly [number, ...unknown[]]>(readings: readonly T[]): readonly T[] {
  return [...readings].sort(([a], [b]) => a - b);
}

describe("the power of this moment", () => {
  it("shows the heat at once and electricity and COP after two steps of the counter", () => {
    const counter = [
      [5, "daily_electricity", 3.0],
      [300, "daily_electricity", 3.1],
      [900, "daily_electricity", 3.2],
    ] as const;
    const meter = meterFed(inOrder([...running, ...heating(0, 900), ...counter]));
    const { heatW, electricityW, cop } = meter.now(905_000);
    expect(heatW).toBeCloseTo(1871.4, 0);
    expect(electricityW).toBe(600);
    expect(cop).toBeCloseTo(3.12, 2);
  });

  it("knows no heat, and no COP, where the compressor runs without a flow: there is no flow sensor", () => {
    const dry = heating(0, 900).map(([s, point, value]) => [s, point, point === "flow_rate" ? 0 : value] as const);
    const counter = [
      [5, "daily_electricity", 3.0],
      [300, "daily_electricity", 3.1],
      [900, "daily_electricity", 3.2],
    ] as const;
    const meter = meterFed(inOrder([...running, ...dry, ...counter]));
    expect(meter.now(905_000)).toEqual({ heatW: null, electricityW: 600, cop: null });
  });

  it("shows no COP of a time whose heat was known in part only", () => {
    const silent = heating(0, 900).filter(([s]) => s < 400 || s > 700);
    const counter = [
      [5, "daily_electricity", 3.0],
      [300, "daily_electricity", 3.1],
      [900, "daily_electricity", 3.2],
    ] as const;
    const meter = meterFed(inOrder([...running, ...silent, ...counter]));
    expect(meter.now(905_000)).toMatchObject({ electricityW: 600, cop: null });
  });

  it("has no COP while the immersion heater is on, nor across it: its heat passes no flow sensor", () => {
    const readings = [
      ...running,
      ...heating(0, 1900),
      [5, "daily_electricity", 3.0],
      [300, "daily_electricity", 3.1],
      [310, "immersion_heater", true],
      [320, "daily_electricity", 3.2],
      [350, "daily_electricity", 3.3],
      [360, "immersion_heater", false],
      [900, "daily_electricity", 3.4],
      [1500, "daily_electricity", 3.5],
    ] as const;
    const copAt = (seconds: number, watts: number | null = null) =>
      meterFed(inOrder(readings.filter(([at]) => at <= seconds))).now(seconds * 1000, watts).cop;
    expect([copAt(355), copAt(355, 2600), copAt(901)]).toEqual([null, null, null]);
    expect(copAt(1501)).toBeCloseTo(3.12, 2);
    expect(copAt(1501, 600)).toBeCloseTo(3.12, 2);
  });

  it("knows no electricity before two steps of the running operation", () => {
    const counter = [
      [5, "daily_electricity", 3.0],
      [300, "daily_electricity", 3.1],
    ] as const;
    const meter = meterFed(inOrder([...running, ...heating(0, 300), ...counter]));
    expect(meter.now(301_000)).toMatchObject({ electricityW: null, cop: null });
  });

  it.each([
    ["the compressor stops", [910, "compressor", false]],
    ["the operation changes", [910, "operation_mode", "hot_water"]],
    ["the device goes offline", [910, "online", false]],
  ] as const)("forgets the electricity when %s", (_, change) => {
    const counter = [
      [300, "daily_electricity", 3.1],
      [310, "daily_electricity", 3.2],
      [900, "daily_electricity", 3.3],
    ] as const;
    const meter = meterFed([...inOrder([...running, ...heating(0, 900), ...counter]), change]);
    expect(meter.now(911_000)).toMatchObject({ electricityW: null, cop: null });
  });

  it("forgets the electricity when the next step is overdue, and the heat when its signals are old", () => {
    const counter = [
      [5, "daily_electricity", 3.0],
      [100, "daily_electricity", 3.1],
      [200, "daily_electricity", 3.2],
    ] as const;
    const meter = meterFed(inOrder([...running, ...heating(0, 200), ...counter]));
    expect(meter.now(210_000).electricityW).toBe(3600);
    expect(meter.now(500_000)).toEqual({ heatW: null, electricityW: null, cop: null });
  });

  it("shows no COP in a defrost, and a negative heat", () => {
    const counter = [
      [5, "daily_electricity", 3.0],
      [100, "daily_electricity", 3.1],
      [200, "daily_electricity", 3.2],
    ] as const;
    const meter = meterFed(inOrder([...running, [1, "defrost", true] as const, ...heating(0, 200, 35), ...counter]));
    const { heatW, cop } = meter.now(201_000);
    expect(heatW).toBeLessThan(0);
    expect(cop).toBeNull();
  });

  it("counts the cold as delivered in cooling", () => {
    const counter = [
      [5, "daily_electricity", 3.0],
      [100, "daily_electricity", 3.1],
      [200, "daily_electricity", 3.2],
    ] as const;
    const cooling = [
      [0, "operation_mode", "cooling"],
      [0, "compressor", true],
    ] as const;
    const meter = meterFed(inOrder([...cooling, ...heating(0, 200, 35), ...counter]));
    expect(meter.now(201_000).cop).toBeGreaterThan(0);
  });

  describe("with an external meter", () => {
    const warm = [...running, ...heating(0, 60)];

    it("shows its power, and the COP at once", () => {
      const meter = meterFed(inOrder(warm));
      expect(meter.now(61_000, 624)).toEqual({ heatW: expect.closeTo(1871.4, 0), electricityW: 624, cop: 3 });
    });

    it.each<[string, readonly (readonly [number, PointId, Value])[], number]>([
      ["in standby", [[61, "compressor", false]], 18],
      ["in a defrost", [[61, "defrost", true]], 900],
      ["in cooling that warms", [[61, "operation_mode", "cooling"]], 900],
      ["with the electronics alone", [], 99],
    ])("has no COP %s", (_, more, watts) => {
      const meter = meterFed([...inOrder(warm), ...more]);
      expect(meter.now(62_000, watts)).toMatchObject({ electricityW: watts, cop: null });
    });

    it("has no COP of heat that is not known, and uses the counter again where the meter is silent", () => {
      const meter = meterFed(inOrder(running));
      expect(meter.now(1000, 626)).toEqual({ heatW: null, electricityW: 626, cop: null });
      expect(meter.now(1000, null).electricityW).toBeNull();
    });
  });
});
