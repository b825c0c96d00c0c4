import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExampleReading, minutesOf } from "#test/core/examples/example-readings.ts";

describe("a minute has of a point", () => {
  test.each<[string, PointId, readonly (readonly [number, Value])[], Value]>([
    [
      "its mean over time, not over samples",
      "flow_temperature",
      [
        [0, 30],
        [20, 40],
        [21, 40],
        [22, 40],
        [50, 40],
      ],
      36.667,
    ],
    [
      "the mean of the time in which it was known",
      "flow_temperature",
      [
        [10, 30],
        [30, 40],
        [40, null],
      ],
      33.333,
    ],
    [
      "what was known already when the minute began",
      "flow_temperature",
      [
        [-15, 30],
        [10, 40],
        [40, 40],
      ],
      38.333,
    ],
    [
      "the mean of a value held for three polls at the most",
      "flow_temperature",
      [
        [0, 30],
        [50, 60],
      ],
      37.229,
    ],
    [
      "zero where it was zero",
      "flow_rate",
      [
        [0, 0],
        [30, 0],
      ],
      0,
    ],
    [
      "more decimals than a sample has",
      "outdoor_temperature",
      [
        [0, 5],
        [30, 6],
      ],
      5.5,
    ],
    [
      "nothing where it was unknown throughout",
      "flow_temperature",
      [
        [0, null],
        [30, null],
      ],
      null,
    ],
    ["nothing where it was reported at its very end", "flow_temperature", [[60, 30]], null],
    [
      "its last value",
      "dhw_setpoint",
      [
        [0, 50],
        [30, 48],
      ],
      48,
    ],
    [
      "nothing where its last value was implausible",
      "dhw_setpoint",
      [
        [0, 50],
        [30, null],
      ],
      null,
    ],
    ["nothing where its last value is too old", "dhw_setpoint", [[20, 50]], null],
    ["a text that is published on change", "operation_mode", [[-50, "heating"]], "heating"],
    [
      "a text with its last value",
      "fault_code",
      [
        [0, "No error"],
        [59, "U1 5000"],
      ],
      "U1 5000",
    ],
    [
      "seconds on",
      "booster_heater",
      [
        [-30, true],
        [12.25, false],
        [50, true],
      ],
      22.3,
    ],
    ["no seconds on", "booster_heater", [[-30, false]], 0],
    [
      "seconds on of the time in which it was known",
      "booster_heater",
      [
        [0, true],
        [20, null],
      ],
      20,
    ],
    ["nothing where it never was on or off", "booster_heater", [[0, null]], null],
  ])("%s (%s)", (_what, point, samples, value) => {
    // The device stays alive by another point.
    const alive: ExampleReading[] = [-40, -20, 0, 20, 40].map((s) => [s * 1000 + 60_000, "wifi_signal", -60]);
    const reported = samples.map(([s, v]): ExampleReading => [s * 1000 + 60_000, point, v]);
    const all = [...reported, ...alive].sort((a, b) => a[0] - b[0]);
    expect(minutesOf(all, [60_000, 120_000])[1]?.points[point]).toBe(value);
  });

  test("nothing that is not logged", () => {
    const [minute] = minutesOf([[0, "cpu_0_load", 3]], [60_000]);
    expect(Object.keys(minute?.points ?? {})).not.toContain("cpu_0_load");
  });
});

test("a mean lies between the smallest and the largest sample, seconds on within the minute", () => {
  const sample = fc.record({ ms: fc.nat(120_000), c: fc.integer({ min: -20, max: 80 }), on: fc.boolean() });
  fc.assert(
    fc.property(fc.array(sample, { minLength: 1, maxLength: 30 }), (samples) => {
      const reported = samples
        .flatMap(({ ms, c, on }): ExampleReading[] => [
          [ms, "flow_temperature", c],
          [ms, "compressor", on],
        ])
        .sort((a, b) => a[0] - b[0]);
      for (const { points } of minutesOf(reported, [60_000, 120_000])) {
        const { flow_temperature: mean, compressor: seconds } = points;
        const all = samples.map(({ c }) => c);
        if (typeof mean === "number") expect(mean).toBeGreaterThanOrEqual(Math.min(...all));
        if (typeof mean === "number") expect(mean).toBeLessThanOrEqual(Math.max(...all));
        if (typeof seconds === "number") expect(seconds).toBeGreaterThanOrEqual(0);
        if (typeof seconds === "number") expect(seconds).toBeLessThanOrEqual(60);
      }
    }),
  );
});
