import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { heatMeterErrorShare } from "@heatloop/core/energy/heat-meter-error";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";

const date = "2026-01-15";

/** A day of which a meter of its own reported the heat, and nothing reported the flow. */
function meteredDay(
  heatWh: number,
  operation: "heating" | "cooling" = "heating",
  points: Partial<Record<PointId, Value>> = {},
) {
  const start = rome.startOf(date);
  const minutes = Array.from({ length: 1440 }, (_, i) => {
    const minute = wholeMinute(start + i * 60_000, operation, { heatWh: heatWh / 1440, electricityWh: 10 }, points);
    return operation === "heating" ? minute : { ...minute, figures: { ...minute.figures, heat_wh: 0 } };
  });
  return dayEnergy({ date, zone: rome, minutes, now: rome.endOf(date) });
}

describe("a heat meter of class 2", () => {
  it.each([
    [3, 0.07],
    [5, 0.054],
    [10, 0.042],
    [1, 0.07],
  ])("is off by at most its share at %d K: %d", (differenceK, share) => {
    expect(heatMeterErrorShare(differenceK)).toBeCloseTo(share, 12);
  });
});

describe("the range of a day whose heat a heat meter reported", () => {
  it.each([-1.01, 1.17])("contains what its register counted, %d %% off", (percent) => {
    const { heat } = meteredDay(46_000).sources;
    const registerWh = 46_000 * (1 + percent / 100);
    expect(heat?.wh).toBe(46_000);
    expect(heat?.lowWh).toBeLessThan(registerWh);
    expect(heat?.highWh).toBeGreaterThan(registerWh);
    expect((heat?.highWh ?? 0) / 46_000).toBeCloseTo(1.054, 3);
  });

  it("is narrower where the temperatures are known", () => {
    const wide = meteredDay(46_000).sources.heat;
    const narrow = meteredDay(46_000, "heating", { flow_temperature: 45, return_temperature: 35 }).sources.heat;
    expect((narrow?.highWh ?? 0) - 46_000).toBeLessThan((wide?.highWh ?? 0) - 46_000);
  });

  it("is never of no width where there is heat", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200_000 }), fc.constantFrom("heating", "cooling"), (wh, operation) => {
        const day = meteredDay(wh, operation as "heating" | "cooling");
        const side = operation === "heating" ? day.sources.heat : day.sources.cooling;
        expect((side?.highWh ?? 0) - (side?.wh ?? 0)).toBeGreaterThanOrEqual(80);
      }),
      { numRuns: 20 },
    );
  });

  it("makes the range of the COP as wide", () => {
    const { cop, copRange } = meteredDay(46_000);
    expect((copRange?.high ?? 0) / (cop ?? 1)).toBeGreaterThan(1.05);
    expect((copRange?.low ?? 0) / (cop ?? 1)).toBeLessThan(0.95);
  });
});
