import { beforeAll, describe, expect, it } from "vitest";
import { type RandomDay, randomDays, type Surroundings } from "./random-days.ts";
import { expectHonestRange, expectSums, type ShownSide } from "./trust-laws.ts";

/** Seeds, seasons, faults and meters of 200 days; two DST nights are among them. */
const surroundings: readonly Surroundings[] = [
  { seed: 7, from: "2026-01-05", days: 20, faults: true },
  { seed: 14, from: "2026-02-01", days: 20, faults: true, meter: "kWh" },
  { seed: 21, from: "2026-03-14", days: 20, faults: true },
  { seed: 28, from: "2026-04-10", days: 20, faults: true },
  { seed: 35, from: "2026-05-20", days: 20, faults: false, meter: "W" },
  { seed: 42, from: "2026-06-15", days: 20, faults: true },
  { seed: 49, from: "2026-07-20", days: 20, faults: true },
  { seed: 56, from: "2026-09-10", days: 20, faults: true },
  { seed: 63, from: "2026-10-14", days: 20, faults: true },
  { seed: 70, from: "2026-12-05", days: 20, faults: true },
];

describe("200 random days", () => {
  const days: RandomDay[] = [];
  beforeAll(() => {
    for (const around of surroundings) days.push(...randomDays(around));
  }, 1_200_000);

  it("are 200, some of them with gaps, cooling or the immersion heater", () => {
    expect(days.length).toBeGreaterThanOrEqual(195);
    expect(days.filter(({ energy }) => energy.coverage < 0.99).length).toBeGreaterThan(30);
    expect(days.filter(({ truth }) => truth.coolingWh > 0).length).toBeGreaterThan(15);
    expect(days.filter(({ truth }) => truth.immersionWh > 0).length).toBeGreaterThan(15);
  });

  it.each<ShownSide>(["heat", "cooling", "electricity", "cop"])(
    "have the true %s in the range that is shown on at least 95 of 100, which is not twice as wide as that takes",
    (side) => expectHonestRange(days, side),
  );

  it("have ranges that hold for days with and without gaps, in summer and in winter", () => {
    const groups = {
      complete: days.filter(({ energy }) => energy.coverage >= 0.99),
      gaps: days.filter(({ energy }) => energy.coverage < 0.99),
      summer: days.filter(({ energy }) => energy.date > "2026-03-29" && energy.date < "2026-10-25"),
      winter: days.filter(({ energy }) => energy.date < "2026-03-29" || energy.date > "2026-10-25"),
    };
    for (const [name, group] of Object.entries(groups)) {
      for (const side of ["heat", "electricity"] as const) {
        const inside = group.filter(({ energy, truth }) => {
          const shown = energy.sources[side];
          const value = side === "heat" ? truth.heatWh - truth.immersionWh : truth.electricityWh;
          return shown !== null && value >= shown.lowWh && value <= shown.highWh;
        });
        expect(inside.length / group.length, `${side} of ${name}`).toBeGreaterThan(0.92);
      }
    }
  });

  it("use the external meter where there is one, but for the days on which it was away too long", () => {
    const metered = days.filter(({ seed }) => seed === 14 || seed === 35);
    const used = metered.filter(({ energy }) => energy.sources.electricity?.source === "meter");
    expect(used.length).toBeGreaterThan(25);
    expect(used.length).toBeLessThan(metered.length);
    for (const { energy, truth } of used) {
      const off = Math.abs((energy.electricityWh ?? 0) - truth.electricityWh);
      expect(off, energy.date).toBeLessThan(60 + 0.03 * truth.electricityWh);
    }
  });

  it("add up to the last Wh, on days of 23 and 25 hours and with gaps too", () => {
    for (const day of days) expectSums(day);
    expect(new Set(days.map(({ energy }) => energy.seconds))).toEqual(new Set([82_800, 86_400, 90_000]));
  });

  it("name a cause for all the time that was not seen, each of them somewhere", () => {
    const causes = new Set(days.flatMap(({ energy }) => energy.gaps.map(({ cause }) => cause)));
    expect([...causes]).toEqual(expect.arrayContaining(["program_off", "device_offline", "broker_away"]));
    for (const { energy } of days) {
      const gapS = energy.gaps.reduce((sum, { seconds }) => sum + seconds, 0);
      const unseenS = energy.seconds - energy.coveredS;
      expect(Math.abs(gapS - unseenS), energy.date).toBeLessThan(300 + 0.05 * unseenS);
    }
  });

  it("have the immersion heater's heat beside the flow sensors' within a quarter of the truth", () => {
    for (const { energy, truth } of days) {
      if (truth.immersionWh < 500 || energy.coverage < 0.99) continue;
      expect(energy.withImmersion?.boundary, energy.date).toBe("H4");
      expect((energy.withImmersion?.immersionWh ?? 0) / truth.immersionWh, energy.date).toBeGreaterThan(0.75);
      expect((energy.withImmersion?.immersionWh ?? 0) / truth.immersionWh, energy.date).toBeLessThan(1.25);
    }
  });
});
