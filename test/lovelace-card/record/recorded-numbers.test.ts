import { readNumber } from "@heatloop/lovelace-card/record/recorded-number";
import { appendStatistics, historySeries, meanWithin } from "@heatloop/lovelace-card/record/recorded-series";
import { describe, expect, it } from "vitest";

const nan = Number.NaN;

describe("recorded numbers", () => {
  it.each([
    ["°C", "°C", "20.5", 20.5],
    ["°C", "°F", "20", 68],
    ["°F", "°C", "68", 20],
    [undefined, "°C", "20", 20],
    ["K", "°C", "293.15", 20],
    ["W", "kW", "850", 0.85],
    ["kW", "W", "1.2", 1200],
    ["BTU/h", "kW", "10000", 2.9307107],
    ["Hz", "Hz", "42", 42],
    ["", "Hz", "42", 42],
    ["kWh", "kW", "5", nan],
    ["W", "°C", "20", nan],
    ["°C", "°C", "0", nan],
    ["°F", "°C", "32", nan],
    ["°C", "°C", "unavailable", nan],
    ["°C", "°C", " ", nan],
    ["°C", "°C", "Infinity", nan],
  ])("from %s to %s: %j is %d", (from, to, state, expected) => {
    expect(Math.round(readNumber(from, to, 0)(state) * 1e9) / 1e9).toBe(expected);
  });

  it("have their mean by how long they held, and none in a gap", () => {
    const states = [
      { s: "10", lu: 0 },
      { s: "20", lu: 30 },
      { s: "unavailable", lu: 60 },
      { s: "40", lu: 90 },
    ];
    const series = historySeries(states, Number);
    expect(meanWithin(series, { from: 0, to: 40_000 }, 0, true)).toBe(12.5);
    expect(meanWithin(series, { from: 60_000, to: 90_000 }, 0, true)).toBe(nan);
    expect(meanWithin(series, { from: 30_000, to: 120_000 }, 0, true)).toBe(30);
    expect(meanWithin(series, { from: 100_000, to: 120_000 }, 0, true)).toBe(40);
  });

  it("change when a state changed, not when it was last updated", () => {
    const series = historySeries(
      [
        { s: "10", lu: 0 },
        { s: "20", lu: 45, lc: 30 },
      ],
      Number,
    );
    expect(series.at.slice(0, series.length)).toEqual(Float64Array.of(0, 30_000));
  });

  it("of statistics have a gap only where a period is missing", () => {
    const series = historySeries([], Number);
    appendStatistics(series, [
      { start: 0, end: 10, mean: 1 },
      { start: 10, end: 20, mean: 2 },
      { start: 40, end: 50, mean: null },
      { start: 50, end: 60, mean: 3 },
    ]);
    const points = Array.from({ length: series.length }, (_, index) => [series.at[index], series.values[index]]);
    expect(points).toEqual([
      [5, 1],
      [15, 2],
      [20, nan],
      [45, nan],
      [55, 3],
    ]);
  });
});
