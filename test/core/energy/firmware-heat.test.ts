import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { firmwareHeat } from "@heatloop/core/energy/firmware-heat";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

type Reported = readonly [minute: number, kwh: number | null, operation?: "heating" | "cooling" | "standby"];

/** A row for each; 50 Wh were seen in each that knows the total. */
function heatOf(...reported: readonly Reported[]) {
  return firmwareHeat(
    columnsOfMinutes(
      reported.map(([minute, kwh, operation = "heating"]) =>
        kwh === null
          ? minuteOf(minute * minuteMs)
          : wholeMinute(minute * minuteMs, operation, { heatWh: 50, electricityWh: 0 }, { daily_estimated_heat: kwh }),
      ),
    ),
  );
}

describe("the firmware's running estimate", () => {
  test("is what it grew by from minute to minute", () => {
    expect(heatOf([0, 10], [1, 10.05], [2, 10.1])).toMatchObject({ heatWh: expect.closeTo(100, 6), spans: [] });
  });

  test("goes on after its midnight and after a restart of the ESP32", () => {
    expect(heatOf([0, 42], [1, 42.05], [2, 0.02], [3, 0.07])?.heatWh).toBeCloseTo(120, 6);
  });

  test("is cold while cooling runs", () => {
    const { heatWh, coolingWh } = heatOf([0, 1], [1, 1.05], [2, 1.15, "cooling"], [3, 1.25, "cooling"]) ?? {};
    expect([heatWh, coolingWh]).toEqual([expect.closeTo(50, 6), expect.closeTo(200, 6)]);
  });

  test("has for a gap its growth beyond what was seen", () => {
    const { spans = [] } = heatOf([0, 10], [1, 10.05], [61, 12.1], [62, 12.15]) ?? {};
    expect(spans).toEqual([
      { from: 2 * minuteMs, to: 62 * minuteMs, wh: expect.closeTo(2000, 6), coolingShare: 0, isCertain: true },
    ]);
  });

  test.each<[string, Reported, Reported, boolean]>([
    ["the same ran before and after", [1, 1.1], [61, 3], true],
    ["something else ran after", [1, 1.1], [61, 3, "cooling"], false],
    ["nothing ran after", [1, 1.1], [61, 3, "standby"], false],
  ])("is certain of what ran in a gap only where %s", (_what, before, after, certain) => {
    expect(heatOf([0, 1], before, after)?.spans[0]?.isCertain).toBe(certain);
  });

  test("has nothing for a gap in which it started again", () => {
    expect(heatOf([0, 10], [1, 10.05], [61, 0.4])?.spans).toEqual([]);
  });

  test("is unknown where it was never reported, and is no gap where a minute is missing", () => {
    expect(heatOf([0, null])).toBeNull();
    expect(heatOf([0, 10], [1, null], [2, 10.1])?.spans).toHaveLength(1);
    expect(heatOf([0, 10], [1, 10.05])?.spans).toHaveLength(0);
  });
});
