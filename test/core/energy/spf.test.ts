import { periodEnergy } from "@heatloop/core/energy/period-energy";
import { seasonPerformance } from "@heatloop/core/energy/season";
import { spfOf } from "@heatloop/core/energy/spf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, rome } from "#test/core/examples/example-days.ts";
import { heater, immersionMonth, month } from "./immersion-month.ts";

const now = rome.endOf(month.to);
const periodOf = (days: ReturnType<typeof immersionMonth>) => periodEnergy({ ...month, zone: rome, now, days });

describe("thirty days of 1 kW in and 4 kW out, with an hour of immersion heater at 2 kW a day on the meter", () => {
  const days = immersionMonth();
  const silent = immersionMonth((index) => ({ silentHours: index < 10 ? 8 : 0 }));

  it.each([
    ["seen throughout", days, 1],
    ["with a flow sensor that is silent for 8 hours on ten of the days", silent, (20 + 10 * (2 / 3)) / 30],
  ])("%s have an SPF of 4.00 (H2) without the heater and of 3.77 (H4) with it", (_, all, measured) => {
    const season = seasonPerformance(month, all, month.to);
    expect(season).toMatchObject({ spf: 4, boundary: "H2", withImmersion: { boundary: "H4" } });
    expect(season.measured).toBeCloseTo(measured, 6);
    const period = periodOf(all);
    expect(period).toMatchObject({ cop: 4, spf: { spf: 4, boundary: "H2" }, withImmersion: { boundary: "H4" } });
    for (const day of all) expect(day).toMatchObject({ cop: 4, copBoundary: "H2", withImmersion: { boundary: "H4" } });
    if (all !== days) return;
    expect([season.withImmersion?.spf, period.withImmersion?.cop, all[0]?.withImmersion?.cop]).toEqual([
      3.77, 3.77, 3.77,
    ]);
  });

  it("are the same in season, period and the sum of the days", () => {
    const [season, period] = [seasonPerformance(month, silent, month.to), periodOf(silent)];
    expect(spfOf(silent)).toEqual(period.spf);
    expect(season).toMatchObject(period.spf);
    expect(period.copBasis).toEqual({ days: 30, heatWh: period.spf.heatWh, electricityWh: period.spf.electricityWh });
  });

  it("have the heater by its rated power where the meter does not see it", () => {
    const beside = immersionMonth(() => ({ isMetered: false }), { ...heater, meterHasImmersion: false });
    expect(periodOf(beside)).toMatchObject({
      cop: 4,
      spf: { boundary: "H2" },
      withImmersion: { boundary: "H4", immersionWh: 60_000, cop: 3.77 },
    });
  });
});

describe("the boundary", () => {
  const quiet = { heaterHours: 0 };
  it.each([
    ["H4 where everything is on the meter", () => quiet, {}, "H4", undefined],
    ["H3 where pumps are not", () => quiet, { meterHasPumps: false }, "H3", undefined],
    ["H2 where the immersion heater ran and is left out", () => ({}), {}, "H2", "H4"],
    ["H2, as the narrowest, where pumps are missing too", () => ({}), { meterHasPumps: false }, "H2", "H3"],
    ["H2 where it ran on one day of many", (i: number) => (i === 3 ? {} : quiet), {}, "H2", "H4"],
    ["H4 where the meter misses a heater that never ran", () => quiet, { meterHasImmersion: false }, "H4", undefined],
  ] as const)("is %s", (_, of, setup, without, withHeater) => {
    const { spf } = periodOf(immersionMonth(of, { ...heater, ...setup }));
    expect([spf.boundary, spf.withImmersion?.boundary]).toEqual([without, withHeater]);
  });

  it("is not known of no day", () => {
    expect(spfOf([])).toEqual({
      days: 0,
      spf: null,
      boundary: null,
      heatWh: 0,
      electricityWh: 0,
      withImmersion: null,
    });
  });
});

describe("an SPF", () => {
  it("leaves cooling out of both sides, and keeps defrosts and standby", () => {
    const day = dayOf("2026-07-01", [
      { operation: "heating", minutes: 600, heatWh: 40, electricityWh: 10 },
      { operation: "defrost", minutes: 10, heatWh: -40, electricityWh: 10 },
      { operation: "cooling", minutes: 300, heatWh: 30, electricityWh: 10 },
      { operation: "standby", minutes: 530, heatWh: 0, electricityWh: 1 },
    ]);
    expect(spfOf([day])).toMatchObject({ heatWh: 23_600, electricityWh: 6630, spf: 3.56 });
  });

  it("does not change with time of which one side was not seen", () => {
    const whole = { operation: "heating", minutes: 500, heatWh: 40, electricityWh: 10 } as const;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900 }), fc.constantFrom("heatWh", "electricityWh"), (minutes, side) => {
        const day = dayOf("2026-01-01", [whole, { ...whole, minutes, [side]: null }]);
        expect(day.cop).toBe(4);
        expect(spfOf([day]).spf).toBe(4);
      }),
      { numRuns: 30 },
    );
  });
});
