import { parts } from "@heatloop/core/energy/day-energy";
import { periodEnergy } from "@heatloop/core/energy/period-energy";
import { operations } from "@heatloop/core/live/operation";
import { type Report, report } from "@heatloop/core/report";
import { datesBetween } from "@heatloop/core/time/local-day";
import { reportUnits } from "@heatloop/core/time/report-unit";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayOf, heatingDay, rome, type Stretch } from "./examples/example-days.ts";

const now = rome.endOf("2027-12-31");
const device = "ecodan-heatpump";

function reportOf(from: string, to: string, days: Parameters<typeof report>[0]["days"], at = now): Report {
  return report({ device, from, to, zone: rome, now: at, days });
}

const stretch: fc.Arbitrary<Stretch> = fc.record({
  operation: fc.constantFrom(...operations),
  minutes: fc.integer({ min: 1, max: 40 }),
  heatWh: fc.option(fc.double({ min: -50, max: 150, noNaN: true })),
  electricityWh: fc.option(fc.double({ min: 0, max: 60, noNaN: true })),
});

/** Days around the night of the long day, some of which were never logged. */
const dates = datesBetween("2026-10-12", "2026-11-09");
const someDays = fc
  .array(fc.option(fc.array(stretch, { maxLength: 4 })), { minLength: dates.length, maxLength: dates.length })
  .map((all) => dates.flatMap((date, index) => (all[index] ? [dayOf(date, all[index])] : [])));

describe("a report of any range", () => {
  it("is the sum of its periods, and of its parts, to the Wh and the second", () => {
    fc.assert(
      fc.property(
        someDays,
        fc.constantFrom(...reportUnits),
        fc.integer({ min: 0, max: 28 }),
        fc.integer({ min: 0, max: 28 }),
        (days, unit, a, b) => {
          const [from = "", to = ""] = [dates[Math.min(a, b)], dates[Math.max(a, b)]];
          const { total, periods } = report({ device, from, to, zone: rome, now, days, unit });
          const known = (values: readonly (number | null)[]) => {
            const reported = values.filter((value) => value !== null);
            return reported.length === 0 ? null : reported.reduce((sum, value) => sum + value, 0);
          };
          for (const side of ["heatWh", "coolingWh", "electricityWh"] as const) {
            expect(known(periods.map((period) => period[side]))).toBe(total[side]);
            for (const part of parts) {
              if (side === "coolingWh") continue;
              expect(known(periods.map((period) => period.parts[part][side]))).toBe(total.parts[part][side]);
            }
          }
          for (const figure of ["seconds", "coveredS", "starts", "defrosts", "runMinutes"] as const) {
            expect(periods.reduce((sum, period) => sum + period[figure], 0)).toBe(total[figure]);
          }
          for (const each of [total, ...periods]) {
            expect(known(parts.map((part) => each.parts[part].electricityWh))).toBe(each.electricityWh);
            const heats = parts.filter((part) => part !== "cooling").map((part) => each.parts[part].heatWh);
            expect(known(heats)).toBe(each.heatWh);
            expect(each.parts.cooling.heatWh).toBe(each.coolingWh);
            expect(parts.reduce((sum, part) => sum + each.parts[part].seconds, 0)).toBe(each.seconds);
            expect(each.cop === null || (each.cop > 0 && each.copBasis.days > 0)).toBe(true);
            expect(each.coverage).toBeLessThanOrEqual(1);
          }
          expect([periods[0]?.from, periods.at(-1)?.to]).toEqual([from, to]);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("does not depend on the order of the days, and passes over those outside", () => {
    const days = dates.map((date, index) => heatingDay(date, 40 + index, 12));
    const inOrder = reportOf("2026-10-20", "2026-10-27", days);
    expect(reportOf("2026-10-20", "2026-10-27", [...days].reverse())).toEqual(inOrder);
    expect(inOrder.total.days).toMatchObject({ all: 8, logged: 8, complete: 8 });
  });
});

describe("a COP", () => {
  it("is heat over electricity of all days together, not the mean of their COPs", () => {
    const { total } = reportOf("2026-01-01", "2026-01-02", [
      heatingDay("2026-01-01", 100, 50),
      heatingDay("2026-01-02", 20, 5),
    ]);
    expect(total.cop).toBe(2.18);
  });

  it("leaves out days of which one side is not known, and states how many are left", () => {
    const { total } = reportOf("2026-01-01", "2026-01-03", [
      heatingDay("2026-01-01", 60, 15),
      heatingDay("2026-01-02", 60, null),
      heatingDay("2026-01-03", null, 15),
    ]);
    expect(total.heatWh).toBe(2 * 86_400);
    expect(total.electricityWh).toBe(2 * 21_600);
    expect([total.cop, total.copBasis.days, total.parts.heating.cop]).toEqual([4, 1, 4]);
  });

  it("counts the standby of days without any heat", () => {
    const standby = [{ operation: "standby", minutes: 1440, heatWh: 0, electricityWh: 0.05 } as const];
    const { total } = reportOf("2026-01-01", "2026-01-02", [
      dayOf("2026-01-01", standby),
      heatingDay("2026-01-02", 60, 15),
    ]);
    expect(total.copBasis).toEqual({ days: 2, heatWh: 86_400, electricityWh: 21_672 });
    expect(total.cop).toBe(3.99);
  });

  it.each([
    ["no day was logged", []],
    [
      "electricity is below 0.1 kWh",
      [dayOf("2026-01-01", [{ operation: "heating", minutes: 5, heatWh: 60, electricityWh: 15 }])],
    ],
    ["no heat came of it", [heatingDay("2026-01-01", 0, 15)]],
    ["heat was not known", [heatingDay("2026-01-01", null, 15)]],
  ])("is empty where %s", (_, days) => {
    expect(reportOf("2026-01-01", "2026-01-01", days).total.cop).toBeNull();
  });
});

describe("a period of one day", () => {
  it("has the COPs of the day", () => {
    fc.assert(
      fc.property(fc.array(stretch, { minLength: 1, maxLength: 5 }), (stretches) => {
        const day = dayOf("2026-01-01", stretches);
        const { total } = reportOf("2026-01-01", "2026-01-01", [day]);
        expect(total.cop).toBe(day.cop);
        for (const part of parts) {
          expect(total.parts[part].cop).toBe(day.parts[part].cop);
        }
      }),
      { numRuns: 60 },
    );
  });
});

describe("starts, defrosts and running minutes", () => {
  it("are those of the days together", () => {
    const days = [
      { ...heatingDay("2026-01-01", 60, 15), starts: 3, defrosts: 2, runMinutes: 400 },
      { ...heatingDay("2026-01-02", 60, 15), starts: 30, defrosts: 20, runMinutes: 500 },
    ];
    expect(reportOf("2026-01-01", "2026-01-02", days).total).toMatchObject({
      starts: 33,
      defrosts: 22,
      runMinutes: 900,
    });
  });
});

describe("the best sources", () => {
  it("are summed up with their ranges, and counted", () => {
    const days = [
      heatingDay("2026-01-01", 60, 15),
      heatingDay("2026-01-02", 60, null),
      heatingDay("2026-01-03", 60, 15),
    ];
    const { heat, electricity } = reportOf("2026-01-01", "2026-01-04", days).total.sources;
    expect(heat).toMatchObject({ days: 3, wh: 3 * 86_400, missingWh: 0, bySource: { integral: 3 } });
    for (const name of ["lowWh", "highWh"] as const) {
      expect(heat?.[name]).toBe(days.reduce((total, day) => total + (day.sources.heat?.[name] ?? 0), 0));
    }
    expect(electricity).toMatchObject({ days: 2, bySource: { counter: 2 } });
    expect(reportOf("2026-01-04", "2026-01-04", days).total.sources.heat).toBeNull();
  });
});

describe("a range", () => {
  it("without any day is unknown, not 0", () => {
    const { total } = reportOf("2026-01-01", "2026-01-31", []);
    expect(total).toMatchObject({ heatWh: null, coolingWh: null, electricityWh: null, cop: null, coverage: 0 });
    expect(total.parts.unknown.seconds).toBe(31 * 86_400);
  });

  it("counts days of 23 and 25 hours at their length", () => {
    expect(reportOf("2026-03-29", "2026-03-29", []).total.seconds).toBe(82_800);
    expect(reportOf("2026-10-25", "2026-10-25", []).total.seconds).toBe(90_000);
  });

  it("that has not passed yet counts only what has", () => {
    const noon = rome.startOf("2026-01-10") + 12 * 3_600_000;
    const days = [
      heatingDay("2026-01-09", 60, 15),
      dayOf("2026-01-10", [{ operation: "heating", minutes: 720, heatWh: 60, electricityWh: 15 }], noon),
    ];
    const { total, periods } = reportOf("2026-01-09", "2026-01-11", days, noon);
    expect(total).toMatchObject({ seconds: 1.5 * 86_400, coverage: 1 });
    expect(periods.at(-1)).toMatchObject({ name: "2026-01-11", seconds: 0, coverage: null, heatWh: null });
  });
});

describe("days that stand out", () => {
  const days = [
    heatingDay("2026-01-01", 60, 20),
    heatingDay("2026-01-02", 60, 10),
    heatingDay("2026-01-03", 60, 15),
    dayOf("2026-01-04", [{ operation: "heating", minutes: 600, heatWh: 90, electricityWh: 10 }]),
  ];

  it("are the best, the worst and the one with most electricity, of the whole days", () => {
    const { bestDay, worstDay, highestUseDay } = reportOf("2026-01-01", "2026-01-04", days);
    expect([bestDay?.date, bestDay?.cop]).toEqual(["2026-01-02", 6]);
    expect([worstDay?.date, worstDay?.cop]).toEqual(["2026-01-01", 3]);
    expect([highestUseDay?.date, highestUseDay?.electricityWh]).toEqual(["2026-01-01", 28_800]);
  });

  it("are none where there is only one to choose from", () => {
    const { bestDay, worstDay, highestUseDay } = reportOf("2026-01-03", "2026-01-04", days);
    expect([bestDay, worstDay, highestUseDay]).toEqual([null, null, null]);
  });
});

describe("the heat pump's own totals", () => {
  it("are shown beside ours of the same whole days", () => {
    const totals = {
      heatingHeatWh: 80_000,
      heatingElectricityWh: 21_000,
      hotWaterHeatWh: 0,
      hotWaterElectricityWh: 0,
      coolingHeatWh: null,
      coolingElectricityWh: null,
    };
    const days = [
      { ...heatingDay("2026-01-01", 60, 15), controller: totals },
      { ...heatingDay("2026-01-02", 60, 15), controller: { ...totals, hotWaterHeatWh: null } },
      heatingDay("2026-01-03", 60, 15),
    ];
    expect(reportOf("2026-01-01", "2026-01-03", days).controller).toEqual({
      days: 1,
      heatWh: 80_000,
      electricityWh: 21_000,
      ownHeatWh: 86_400,
      ownElectricityWh: 21_600,
    });
  });
});

describe("a period", () => {
  it("takes a decade of days", () => {
    const all = datesBetween("2016-01-01", "2025-12-31");
    const one = heatingDay("2016-01-01", 60, 15);
    const days = all.map((date) => ({ ...one, date }));
    const { heatWh, cop } = periodEnergy({ from: "2016-01-01", to: "2025-12-31", zone: rome, now, days });
    expect([heatWh, cop]).toEqual([3653 * 86_400, 4]);
  });
});

describe("a record that begins within the range", () => {
  const days = ["2026-10-29", "2026-10-30", "2026-10-31"].map((date) => heatingDay(date, 60, 15));
  const of = (archiveFrom: string | undefined) =>
    report({ device, from: "2026-10-01", to: "2026-11-30", zone: rome, now, days, archiveFrom, unit: "month" });

  it("has its first date, and what was seen since then, in the range and in the period in which it is", () => {
    const { total, periods } = of("2026-10-29");
    expect([total.recordedSince, ...periods.map((period) => period.recordedSince)]).toEqual([
      ...["2026-10-29", "2026-10-29", null],
    ]);
    expect(periods.map((period) => period.coverageSince)).toEqual([1, null]);
    expect(total.coverageSince).toBeCloseTo(3 / 33, 6);
  });

  it.each(["2026-09-30", undefined])("is none where there was one before: %s", (archiveFrom) => {
    expect(of(archiveFrom).total).toMatchObject({ recordedSince: null, coverageSince: null });
  });
});
