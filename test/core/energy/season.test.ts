import { type SeasonDay, seasonPerformance } from "@heatloop/core/energy/season";
import { heatingSeasonOf } from "@heatloop/core/time/heating-season";
import { describe, expect, it } from "vitest";

const none = { heatWh: 0, electricityWh: 0 };

function day(date: string, heatWh: number | null, electricityWh: number | null, coverage = 1): SeasonDay {
  if (heatWh === null || electricityWh === null) {
    return { date, coverage, copBasis: null, copBoundary: null, withImmersion: null };
  }
  const all = { heatWh, electricityWh };
  const copBasis = { all, heating: all, hot_water: none, cooling: none, defrost: none };
  return { date, coverage, copBasis, copBoundary: "H4", withImmersion: null };
}

describe("the heating season", () => {
  it.each([
    ["2026-06-30", "2025-07-01", "2026-06-30"],
    ["2026-07-01", "2026-07-01", "2027-06-30"],
    ["2026-01-01", "2025-07-01", "2026-06-30"],
  ])("of %s is from %s to %s", (date, from, to) => expect(heatingSeasonOf(date)).toEqual({ from, to }));
});

describe("the SPF of a season", () => {
  const season = { from: "2026-01-01", to: "2026-01-10" };

  it("is the heat of all days over their electricity, with how much of the time it is of", () => {
    const days = [day("2026-01-01", 40_000, 10_000), day("2026-01-02", 20_000, 10_000, 0.5)];
    expect(seasonPerformance(season, days, "2026-01-05")).toEqual({
      ...season,
      spf: 3,
      days: 2,
      boundary: "H4",
      heatWh: 60_000,
      electricityWh: 20_000,
      withImmersion: null,
      measured: 1.5 / 5,
      passed: 0.5,
    });
  });

  it("leaves out days of which one side is not known, and those outside", () => {
    const days = [
      day("2026-01-01", 40_000, 10_000),
      day("2026-01-02", null, 9000),
      day("2026-01-03", 30_000, null),
      day("2025-12-31", 90_000, 10_000),
      day("2026-01-11", 90_000, 10_000),
    ];
    const found = seasonPerformance(season, days, "2026-02-01");
    expect(found).toMatchObject({ spf: 4, heatWh: 40_000, electricityWh: 10_000, measured: 0.1, passed: 1 });
  });

  it("is not known before anything was measured", () => {
    expect(seasonPerformance(season, [], "2025-12-01")).toMatchObject({ spf: null, measured: 0, passed: 0 });
  });
});
