import { dayMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { zoneOf } from "@heatloop/core/time/local-day";
import { usualPoints } from "@heatloop/hub/dialects/dialect-points";
import { minuteOfReadings } from "@heatloop/hub/dialects/minute-of-readings";
import { rollupOfDay, usualSetup } from "@heatloop/hub/rollups/day-rollup";
import fc from "fast-check";
import { expect, test } from "vitest";

const at = Date.parse("2026-10-25T12:00:00Z");
const points = [
  { path: "out", point: "flow_temperature_c" },
  { path: "count", point: "compressor_starts" },
  { path: "on", point: "compressor_s" },
  { path: "power", point: "electricity_w" },
  { path: "heat", point: "heating_w", factor: 1000 },
];
/** Readings with one number each, at seconds of the minute. */
const readings = (path: string, ...values: readonly (readonly [s: number, value: number])[]) =>
  values.map(([s, value]) => ({ at: at + s * secondMs, values: { [path]: value } }));

test.each([
  [
    "the mean of the time in which each held",
    [
      [0, 30],
      [30, 40],
    ],
    35,
  ],
  ["one that holds as long as at home", [[0, 30]], 30],
  [
    "one from before that still holds, for as long as it does",
    [
      [-10, 30],
      [10, 40],
    ],
    37.59,
  ],
  [
    "but none that is a minute old",
    [
      [-60, 10],
      [0, 40],
    ],
    40,
  ],
  [
    "but none that cannot be",
    [
      [0, 30],
      [20, 900],
      [40, 30],
    ],
    30,
  ],
] as const)("a measured point is %s", (_what, values, mean) => {
  expect(minuteOfReadings(at, readings("out", ...values), points)?.points.flow_temperature).toBe(mean);
});

test("a counter is the last one, and a switch the seconds for which it was on", () => {
  expect(minuteOfReadings(at, readings("count", [0, 5], [30, 6]), points)?.points.compressor_starts).toBe(6);
  const on = minuteOfReadings(at, readings("on", [-5, 1], [10, 0], [25, 1], [40, 0]), points);
  expect(on?.points.compressor).toBe(25);
});

test.each([
  [
    "for the whole minute",
    [
      [-10, 600],
      [0, 600],
      [30, 1200],
    ],
    15,
    60,
  ],
  ["from the first reading on", [[20, 900]], 10, 40],
  [
    "no longer than a minute after the last one",
    [
      [-50, 600],
      [20, 600],
    ],
    8.333,
    50,
  ],
  [
    "not while a reading cannot be",
    [
      [0, 600],
      [30, 100_000],
    ],
    5,
    30,
  ],
] as const)(
  "the energy of a minute is its power %s, and it is said of how many seconds",
  (_what, values, wh, seconds) => {
    const minute = minuteOfReadings(at, readings("power", ...values), points);
    expect(minute?.figures).toMatchObject({ meter_wh: wh, meter_s: seconds, covered_s: 0, heat_wh: null });
  },
);

test("heat that heats the house is heating's, and covers the time in which it was known", () => {
  const minute = minuteOfReadings(at, readings("heat", [0, 3.6], [30, 7.2]), points);
  expect(minute?.figures).toMatchObject({
    ...{ covered_s: 60, heat_wh: 90, heating_wh: 90, heating_s: 60, hot_water_wh: 0, standby_s: 0 },
    ...{ heat_coefficient_kwh_m3_k: 0, meter_wh: null, electricity_wh: null },
  });
});

test.each([
  ["no reading of it", readings("out", [-5, 30])],
  ["none of what is mapped", readings("other", [5, 30])],
  ["nothing that can be", readings("out", [5, 9000])],
  ["no readings", []],
])("a minute with %s is no row", (_what, of) => {
  expect(minuteOfReadings(at, of, points)).toBeNull();
});

test("days follow from such rows as from those of a home", () => {
  const zone = zoneOf("UTC");
  if (zone === undefined) throw new Error("there is no UTC");
  const from = zone.startOf("2026-10-24");
  const dayOf = (values: Record<string, number>, by: typeof points | (typeof usualPoints)["site"]) => {
    const minutes = Array.from({ length: 1440 }, (_, i) => {
      const own = Array.from({ length: 6 }, (_, k) => ({ at: from + i * minuteMs + k * 10 * secondMs, values }));
      return minuteOfReadings(from + i * minuteMs, own, by) ?? [];
    }).flat();
    return rollupOfDay({ date: "2026-10-24", zone, minutes, nextDay: [], setup: usualSetup, now: from + 3 * dayMs })
      .day;
  };
  expect(dayOf({ power: 1000, heat: 3.5 }, points)).toMatchObject({ heatWh: 84_000, electricityWh: 24_000, cop: 3.5 });
  const monitored = {
    "temperature.inlet": 30,
    "temperature.outlet": 35,
    "electrical.power": 1000,
    "status.compressor": 1,
  };
  const day = dayOf(monitored, usualPoints["heatpump-monitor"]);
  expect(day).toMatchObject({ heatWh: null, electricityWh: 24_000, cop: null, runMinutes: 1440 });
});

test("whatever is read, a minute is of no more than its seconds and its energy no more than its power", () => {
  const reading = fc.record({
    s: fc.integer({ min: -70_000, max: 65_000 }),
    power: fc.double(),
    on: fc.integer({ min: 0, max: 1 }),
  });
  fc.assert(
    fc.property(fc.array(reading, { maxLength: 30 }), (some) => {
      const sorted = some.map(({ s, ...values }) => ({ at: at + s, values })).sort((a, b) => a.at - b.at);
      const minute = minuteOfReadings(at, sorted, points);
      if (minute === null) return true;
      const { meter_s: seconds, meter_wh: wh } = minute.figures;
      const on = minute.points.compressor;
      expect(seconds ?? 0).toBeLessThanOrEqual(60);
      expect(wh ?? 0).toBeLessThanOrEqual((60_000 * (seconds ?? 0)) / 3600 + 0.001);
      return typeof on !== "number" || (on >= 0 && on <= 60);
    }),
  );
});
