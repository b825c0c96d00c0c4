import type { Bars, Chart } from "@heatloop/lovelace-card/chart/chart";
import { layoutOf } from "@heatloop/lovelace-card/chart/layout";
import type { Look } from "@heatloop/lovelace-card/chart/look";
import { planOf } from "@heatloop/lovelace-card/chart/plan";
import { seriesOf } from "@heatloop/lovelace-card/chart/series";
import { english } from "@heatloop/lovelace-card/text/languages/english";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

const day = 24 * 3_600_000;
const start = Date.parse("2026-01-01T00:00:00Z");
const calendar = { timeZone: "UTC", language: "en", firstWeekday: 1, time: () => "12:00" };
const scale = { show: String, tick: String, unit: "kWh" };

function lookOf(height: number, width = 400): Look {
  return {
    ...{ width, height, rtl: false, shown: ({ off }) => off !== true },
    ...{ colorOf: () => "red", stripesOf: () => "red", textColor: "black", gridColor: "gray", font: "12px sans-serif" },
    measure: (text) => text.length * 7,
  };
}

const empty = {
  label: "",
  calendar,
  left: scale,
  titleAt: String,
  table: () => ({ head: [], rows: [] }),
  texts: english,
};

/** Days with stacks of bars on the left and a COP on the right, which may not be known. */
function energyOf(days: readonly Day[], off = false): Chart {
  const at = Float64Array.from(days, (_, index) => start + (index + 0.5) * day);
  const bars = (stack: string, of: (day: Day) => number): Bars => ({
    ...{ key: stack, name: stack, color: "red", scale: "left", stack },
    values: days.map(of),
    uncertainty: days.map(({ kwh }) => kwh / 10),
  });
  const cops = seriesOf(
    at,
    Float32Array.from(days, ({ cop }) => cop ?? Number.NaN),
  );
  return {
    ...empty,
    span: { from: start, to: start + days.length * day },
    left: { ...scale, fromZero: true },
    right: { ...scale, unit: "COP", above: true, least: 1 },
    slots: {
      from: at.map((time) => time - day / 2),
      to: at.map((time) => time + day / 2),
      labels: days.map(() => "1"),
    },
    bars: [bars("heat", ({ kwh }) => kwh), bars("cold", ({ coldKwh }) => -coldKwh)],
    lines: [{ key: "cop", name: "COP", color: "red", series: cops, scale: "right", shape: "dots", off }],
  };
}

type Day = { readonly kwh: number; readonly coldKwh: number; readonly cop: number | null };

/** To a Wh, as figures come. */
const upTo = (most: number) => fc.integer({ min: 0, max: most * 1000 }).map((thousandths) => thousandths / 1000);
const anyDays = fc.array(
  fc.record({
    kwh: upTo(300),
    coldKwh: upTo(30),
    cop: fc.option(upTo(9)),
  }),
  { minLength: 1, maxLength: 31 },
);

describe("an axis above the rest", () => {
  it("has its line above every bar, and each axis its marks beside what they are of", () => {
    void fc.assert(
      fc.property(anyDays, fc.integer({ min: 100, max: 600 }), (days, height) => {
        const chart = energyOf(days);
        const { axes, top, bottom } = layoutOf(chart, chart.span, lookOf(height));
        const { left, right } = axes;
        if (right === undefined) throw new Error("the COP has no axis");
        const lowestCop = Math.max(...days.map(({ cop }) => (cop === null ? top : right.y(cop))));
        const highestBar = Math.min(...days.map(({ kwh }) => left.y(kwh * 1.1)));
        expect(lowestCop).toBeLessThan(highestBar);
        for (const axis of [left, right]) {
          for (const tick of axis.ticks) {
            expect(axis.y(tick)).toBeGreaterThanOrEqual(axis.top - 1e-6);
            expect(axis.y(tick)).toBeLessThanOrEqual(axis.bottom + 1e-6);
          }
          // Chart.js is given what lies at the ends of the whole plot.
          expect(axis.y(axis.valueAt(top))).toBeCloseTo(top);
          expect(axis.y(axis.valueAt(bottom))).toBeCloseTo(bottom);
        }
        expect(right.bottom).toBeLessThan(left.top);
      }),
    );
  });

  it("leaves its place to the bars where its line is switched off", () => {
    const chart = energyOf([{ kwh: 10, coldKwh: 0, cop: 3 }], true);
    const { axes, top } = layoutOf(chart, chart.span, lookOf(300));
    expect([axes.right, axes.left.top]).toEqual([undefined, top]);
  });
});

describe("a year in which little was recorded", () => {
  /** Hours from a day of the year on, so many days long, one after the other. */
  const hoursOf = (parts: readonly (readonly [from: number, days: number])[]) => {
    const at = parts.flatMap(([from, days]) =>
      Array.from({ length: days * 24 }, (_, hour) => start + from * day + hour * 3_600_000),
    );
    return seriesOf(
      Float64Array.from(at),
      Float32Array.from(at, (_, hour) => 20 + (hour % 24)),
    );
  };

  it.each([
    ["5 days", [[360, 5]]],
    ["30 days", [[335, 30]]],
    ["60 days", [[305, 60]]],
    ["a day in spring and two weeks in autumn", [[60, 1] as const, [300, 14] as const]],
  ] as const)("has a line through the means of its days, of %s", (_, parts) => {
    const chart: Chart = {
      ...empty,
      span: { from: start, to: start + 365 * day },
      lines: [{ key: "flow", name: "Flow", color: "red", series: hoursOf(parts), scale: "left", shape: "straight" }],
    };
    const { lines, borders } = planOf(chart, chart.span, lookOf(300, 850));
    const known = lines[0]?.envelope?.means.filter((mean) => !Number.isNaN(mean)) ?? [];
    expect(borders).toHaveLength(366);
    expect(known.length).toBeGreaterThan(0);
    expect(known.every((mean) => mean === 31.5 || mean === 43)).toBe(true);
  });

  it("has each of its points where it has few on any day", () => {
    const at = Float64Array.from({ length: 200 }, (_, index) => start + index * day);
    const series = seriesOf(
      at,
      Float32Array.from(at, (_, index) => index),
    );
    const chart: Chart = {
      ...empty,
      span: { from: start, to: start + 365 * day },
      lines: [{ key: "flow", name: "Flow", color: "red", series, scale: "left", shape: "straight" }],
    };
    expect(planOf(chart, chart.span, lookOf(300, 850)).lines[0]?.envelope).toBeUndefined();
  });
});
