import { noElectricityByPart } from "@heatloop/core/energy/electricity-by-part";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { electricityByPart } from "#test/core/examples/electricity-of-minutes.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

type What = "heating" | "hot_water" | "cooling" | "defrost" | "standby" | "blank" | "away";

/** One minute each; the last one holds the step of the counter. */
function spreadOf(whats: readonly What[], stepWh: number, points = {}) {
  const minutes = whats.flatMap((what, i) => {
    const electricityWh = i === whats.length - 1 ? stepWh : 0;
    if (what === "away") return [];
    if (what === "blank") return [minuteOf(i * minuteMs, { electricity_wh: electricityWh })];
    return [wholeMinute(i * minuteMs, what, { heatWh: 0, electricityWh }, points)];
  });
  return electricityByPart(minutes, 0);
}

const repeat = (what: What, times: number) => Array.from({ length: times }, () => what);

describe("a step of the counter", () => {
  test.each<[What, keyof ReturnType<typeof noElectricityByPart>]>([
    ["heating", "heating"],
    ["hot_water", "hot_water"],
    ["cooling", "cooling"],
    ["defrost", "defrost"],
    ["standby", "standby"],
    ["blank", "unknown"],
  ])("after minutes of %s only is all %s", (what, part) => {
    const { [part]: used, ...others } = spreadOf(repeat(what, 7), 100);
    expect(used).toBeCloseTo(100, 9);
    expect(Object.values(others)).toEqual([0, 0, 0, 0, 0]);
  });

  test("that comes in standby after a run is the run's, by far", () => {
    const spread = spreadOf([...repeat("hot_water", 6), ...repeat("standby", 4)], 100);
    expect(spread.hot_water).toBeGreaterThan(97);
    expect(spread.standby).toBeGreaterThan(0);
  });

  test("is shared by what ran, as long and as fast as it ran", () => {
    const { heating, defrost } = spreadOf([...repeat("heating", 6), ...repeat("defrost", 2)], 100);
    expect(heating / defrost).toBeCloseTo(3, 6);
  });

  test("counts an electric heater many times a compressor", () => {
    const minutes = [
      wholeMinute(0, "heating", { heatWh: 10, electricityWh: 0 }),
      wholeMinute(minuteMs, "hot_water", { heatWh: 10, electricityWh: 100, hz: 0 }, { immersion_heater: 60 }),
    ];
    const spread = electricityByPart(minutes, 0);
    expect(spread.hot_water).toBeGreaterThan(3 * spread.heating);
  });

  test("belongs to the time in which the program was away, but for what the seen minutes can have used", () => {
    const spread = spreadOf([...repeat("standby", 10), ...repeat("away", 100), "standby"], 5000);
    expect(spread.unknown).toBeGreaterThan(4990);
    expect(spread.standby).toBeGreaterThan(0);
  });

  test("leaves little to an absence in which nothing can have run", () => {
    const spread = spreadOf([...repeat("heating", 8), ...repeat("away", 3), "heating"], 100);
    expect(spread.unknown).toBeLessThan(2);
  });

  test("belongs to an absence at the begin of the day too", () => {
    const [minute] = [wholeMinute(600 * minuteMs, "standby", { heatWh: 0, electricityWh: 4000 })];
    expect(electricityByPart([minute], 0).unknown).toBeGreaterThan(3990);
  });

  test("that never came is nothing", () => {
    expect(spreadOf(repeat("heating", 10), 0)).toEqual(noElectricityByPart());
    expect(electricityByPart([], 0)).toEqual(noElectricityByPart());
  });
});

test("the parts are never below zero and add up to the counter, whatever the day was", () => {
  const whats: readonly What[] = ["heating", "hot_water", "cooling", "defrost", "standby", "blank", "away"];
  const segment = fc.record({
    what: fc.constantFrom(...whats),
    length: fc.integer({ min: 1, max: 200 }),
    hz: fc.integer({ min: 0, max: 120 }),
    everyMinutes: fc.integer({ min: 1, max: 60 }),
    stepWh: fc.constantFrom(100, 200, 700, null),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      let at = 0;
      let counted = 0;
      const minutes = segments.flatMap(({ what, length, hz, everyMinutes, stepWh }) =>
        repeat(what, length).flatMap((_, i) => {
          at += minuteMs;
          if (what === "away") return [];
          const electricityWh = i % everyMinutes === 0 ? stepWh : 0;
          counted += electricityWh ?? 0;
          if (what === "blank") return [minuteOf(at, { electricity_wh: electricityWh })];
          return [wholeMinute(at, what, { heatWh: 0, electricityWh, hz })];
        }),
      );
      const spread = Object.values(electricityByPart(minutes, minuteMs));
      expect(Math.min(...spread)).toBeGreaterThanOrEqual(0);
      expect(spread.reduce((sum, wh) => sum + wh, 0)).toBeCloseTo(counted, 6);
    }),
  );
});
