import type { HouseReport } from "@heatloop/core/house/house-report";

export function exampleHouse(of: Partial<HouseReport> = {}): HouseReport {
  const fit = { ratio: 1.08, low: 1.06, high: 1.1, days: 21, outliers: 0 };
  return {
    from: "2025-01-04",
    to: "2026-01-03",
    model: {
      house: {
        heatLossWPerK: 141.07,
        baseTemperatureC: 17.18,
        spreadW: 54.9,
        days: 40,
        outliers: ["2025-12-24"],
        fromOutdoorC: -2.8,
        toOutdoorC: 13.3,
      },
    },
    hotWater: { whPerDay: 6187, spreadWh: 1297 },
    degreeDays: {
      days: 3,
      baseC: 17.18,
      kelvinDays: 39.4,
      chosen: { name: "20/15", baseC: 20, limitC: 15, kelvinDays: 47.9 },
    },
    design: { outdoorC: -8, outputW: 3552, isGuess: true },
    lastDay: {
      date: "2026-01-03",
      outdoorC: 2.8,
      expectedWh: 49_190,
      realWh: 46_487,
      differenceWh: -2703,
      differenceShare: -0.055,
      verdict: "less",
    },
    season: {
      from: "2025-07-01",
      to: "2026-06-30",
      spf: 3.92,
      days: 51,
      boundary: "H2",
      heatWh: 1e6,
      electricityWh: 255_102,
      withImmersion: { boundary: "H4", spf: 3.69, heatWh: 1_028_000, electricityWh: 283_102, immersionWh: 28_000 },
      measured: 0.279,
      passed: 0.512,
    },
    meters: [
      { ...fit, kind: "temperature", correction: { differenceK: 0.31 } },
      { ...fit, ratio: 0.93, kind: "counter", correction: { factor: 0.93 } },
    ],
    ...of,
  };
}
