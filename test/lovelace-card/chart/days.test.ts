import type { Chart, ChartLine } from "@heatloop/lovelace-card/chart/chart";
import { dayBorders } from "@heatloop/lovelace-card/chart/day-borders";
import { dayAt, readingsAt, spokenAt } from "@heatloop/lovelace-card/chart/reading-at";
import { seriesOf } from "@heatloop/lovelace-card/chart/series";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";

const hour = 3_600_000;
const day = 24 * hour;
const end = Date.parse("2026-11-21T10:30:00+01:00");
const spanOf = (days: number, to = end) => ({ from: to - days * day, to });

describe("days that a long span is drawn by", () => {
  it.each([
    ["a month on a wide screen", 30, 850, undefined],
    ["a month on a phone", 30, 270, 1],
    ["a quarter", 91, 850, 1],
    ["a year", 365, 850, 1],
    ["a year on a phone", 365, 270, 3],
    ["ten years", 3650, 850, 9],
  ] as const)("of %s", (_, days, width, together) => {
    const borders = dayBorders(spanOf(days), "Europe/Rome", width);
    expect(borders && Math.round(((borders[1] ?? 0) - (borders[0] ?? 0)) / day)).toBe(together);
  });

  it("begin at local midnight, without a gap, and hold the whole span", () => {
    const spans = fc.record({
      days: fc.integer({ min: 40, max: 4000 }),
      to: fc.integer({ min: Date.parse("2020-01-01"), max: end }),
      width: fc.integer({ min: 60, max: 900 }),
    });
    void fc.assert(
      fc.property(spans, ({ days, to, width }) => {
        const span = spanOf(days, to);
        const borders = [...(dayBorders(span, "Europe/Rome", width) ?? [])];
        expect(borders[0]).toBeLessThanOrEqual(span.from);
        expect(borders.at(-1)).toBeGreaterThanOrEqual(span.to);
        for (const border of borders) expect(border).toBe(rome.startOf(rome.dateOf(border)));
        for (const [index, border] of borders.entries()) expect(border).toBeGreaterThan(borders[index - 1] ?? 0);
      }),
      { numRuns: 30 },
    );
  });

  it("have 23 or 25 hours where the clocks change", () => {
    const borders = [...(dayBorders(spanOf(365), "Europe/Rome", 850) ?? [])];
    const lengths = borders.slice(1).map((border, index) => (border - (borders[index] ?? 0)) / hour);
    expect(lengths.filter((length) => length !== 24)).toEqual([23, 25]);
  });
});

describe("a reading of a day", () => {
  const span = spanOf(40);
  const days = dayBorders(span, "Europe/Rome", 270) as Float64Array;
  // Each hour of a day is a degree warmer than the one before; on 10 November nothing was recorded.
  const hours = Array.from({ length: 40 * 24 }, (_, index) => Math.floor(span.from / hour) * hour + index * hour);
  const degrees = hours.map((at) =>
    rome.dateOf(at) === "2026-11-10" ? Number.NaN : (at - rome.startOf(rome.dateOf(at))) / hour,
  );
  const flow: ChartLine = {
    key: "flow",
    name: "Flow",
    color: "red",
    scale: "left",
    shape: "straight",
    series: seriesOf(Float64Array.from(hours), Float32Array.from(degrees)),
  };
  const setpoint = { ...flow, name: "Set", series: seriesOf(Float64Array.of(span.from, end), Float32Array.of(50, 50)) };
  const steady = { ...flow, name: "Room", series: seriesOf(Float64Array.from(hours), new Float32Array(hours.length)) };
  const chart = {
    left: {
      show: (value: number) => `${value} °C`,
      tick: (value: number, decimals: number) => value.toFixed(decimals),
    },
    lines: [flow, setpoint, steady],
    titleAt: (at: number, until?: number) => `${rome.dateOf(at)}${until === undefined ? "" : " whole"}`,
  } as unknown as Chart;
  const noon = Date.parse("2026-11-05T12:00:00+01:00");

  it("has its mean, its lowest and its highest; of a line of few points the value that holds", () => {
    expect(spokenAt(chart, noon, () => true, days)).toBe(
      "2026-11-05 whole, Flow 11.5 °C (0.0 – 23.0), Set 50 °C, Room 0 °C",
    );
    expect(readingsAt(chart, noon, () => true, days).map(({ value }) => value)).toEqual([11.5, 50, 0]);
  });

  it("is a dash where nothing is known of it", () => {
    const gap = Date.parse("2026-11-10T12:00:00+01:00");
    expect(readingsAt(chart, gap, ({ name }) => name === "Flow", days)).toMatchObject([
      { value: undefined, text: "–" },
    ]);
  });

  it("has the hour's value alone where hours have space", () => {
    expect(spokenAt(chart, noon, ({ name }) => name === "Flow")).toBe("2026-11-05, Flow 12 °C");
  });

  it("is of the day that begins then, and of none outside", () => {
    const at = days[3] as number;
    expect(dayAt(days, at)?.from).toBe(at);
    expect(dayAt(days, at - 1)?.to).toBe(at);
    expect([dayAt(days, (days[0] ?? 0) - 1), dayAt(days, days.at(-1) ?? 0), dayAt(undefined, at)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
