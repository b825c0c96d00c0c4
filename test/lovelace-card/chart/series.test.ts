import { envelopeOf, isDense } from "@heatloop/lovelace-card/chart/envelope";
import { extremesOf } from "@heatloop/lovelace-card/chart/extremes";
import { moved, zoomed } from "@heatloop/lovelace-card/chart/move-span";
import { emptySeries, firstAt, type Series, seriesOf } from "@heatloop/lovelace-card/chart/series";
import { valueAxis } from "@heatloop/lovelace-card/chart/value-axis";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type Point = readonly [number, number];

const value = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -40, max: 90 }) },
  { weight: 1, arbitrary: fc.constant(Number.NaN) },
);
const points = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 5 }), value), { minLength: 1, maxLength: 700 })
  .map((steps) => {
    let at = 0;
    return steps.map(([step, each]): Point => {
      at += step;
      return [at, each];
    });
  });

function filled(list: readonly Point[]): Series {
  return seriesOf(
    Float64Array.from(list, ([at]) => at),
    Float32Array.from(list, ([, each]) => each),
  );
}

function appended(list: readonly Point[]) {
  const series = emptySeries();
  for (const [at, each] of list) series.append(at, each);
  return series;
}

const known = (list: readonly Point[]) => list.map(([, each]) => each).filter((each) => !Number.isNaN(each));
const bordersOf = (from: number, length: number, parts: number) =>
  Array.from({ length: parts + 1 }, (_, part) => from + (length * part) / parts);
const listed = ({ at, values, length }: Series) =>
  Array.from({ length }, (_, index) => [at[index], values[index]] as const);

describe("a series", () => {
  it("is the same whether its points came at once or one by one", () => {
    fc.assert(
      fc.property(points, (list) => {
        const [once, one] = [filled(list), appended(list)];
        expect(listed(one)).toEqual(listed(once));
        const whole = Math.floor(list.length / 64);
        for (const name of ["lows", "highs", "sums", "counts"] as const) {
          expect([...one[name].slice(0, whole)]).toEqual([...once[name].slice(0, whole)]);
        }
      }),
    );
  });

  it("takes no point that is older than its last, and the newer of two at the same time", () => {
    const series = appended([
      [1, 10],
      [2, 11],
      [2, 12],
      [1, 13],
      [Number.NaN, 14],
    ]);
    expect(listed(series)).toEqual([
      [1, 10],
      [2, 12],
    ]);
  });

  it("keeps what is drawn from a time on when it forgets the rest", () => {
    fc.assert(
      fc.property(points, fc.nat(3000), (list, from) => {
        const series = appended(list);
        const before = extremesOf(series, { from, to: 5000 });
        series.dropBefore(from);
        expect(extremesOf(series, { from, to: 5000 })).toEqual(before);
        expect(listed(series)).toEqual(listed(filled(list)).slice(-series.length));
      }),
    );
  });

  it("stays small while it grows for ever and only its end is looked at", () => {
    const series = emptySeries();
    for (let at = 0; at < 100_000; at++) {
      series.append(at, at % 50);
      if (at % 100 === 0) series.dropBefore(at - 1000);
    }
    expect(series.at.length).toBeLessThan(8192);
    expect(extremesOf(series, { from: 99_000, to: 100_000 })).toEqual({ low: 0, high: 49 });
  });
});

describe("the envelope of many points", () => {
  const cases = fc.record({
    list: points,
    from: fc.integer({ min: -50, max: 500 }),
    length: fc.integer({ min: 50, max: 2500 }),
    columns: fc.integer({ min: 1, max: 60 }),
  });

  it("loses neither the highest nor the lowest value, whole and column by column", () => {
    fc.assert(
      fc.property(cases, ({ list, from, length, columns }) => {
        const { lows, highs } = envelopeOf(filled(list), bordersOf(from, length, columns));
        for (let column = 0; column < columns; column++) {
          const [start = 0, end = 0] = bordersOf(from, length, columns).slice(column);
          const within = known(list.filter(([at]) => at >= start && at < end));
          if (within.length === 0) continue;
          expect([lows[column], highs[column]]).toEqual([Math.min(...within), Math.max(...within)]);
        }
      }),
    );
  });

  it("has its mean between its lowest and its highest, and nothing where nothing is", () => {
    fc.assert(
      fc.property(cases, ({ list, from, length, columns }) => {
        const { lows, highs, means } = envelopeOf(filled(list), bordersOf(from, length, columns));
        for (const [column, mean] of means.entries()) {
          expect(Number.isNaN(mean)).toBe(Number.isNaN(lows[column]));
          expect(Number.isNaN(mean)).toBe(Number.isNaN(highs[column]));
          if (Number.isNaN(mean)) continue;
          expect(mean).toBeGreaterThanOrEqual((lows[column] ?? 0) - 1e-9);
          expect(mean).toBeLessThanOrEqual((highs[column] ?? 0) + 1e-9);
        }
      }),
    );
  });

  it("keeps a gap as long as a column open, holds a value through columns without a point, ends at the last", () => {
    const list: Point[] = [];
    for (let at = 0; at < 1000; at++) {
      if (at === 300) list.push([at, Number.NaN]);
      if ((at >= 300 && at < 500) || (at > 600 && at < 700) || at > 900) continue;
      list.push([at, at]);
    }
    const { lows, highs } = envelopeOf(filled(list), bordersOf(0, 1000, 10));
    expect([...lows]).toEqual([0, 100, 200, Number.NaN, Number.NaN, 500, 600, 700, 800, 900]);
    expect([...highs]).toEqual([99, 199, 299, Number.NaN, Number.NaN, 599, 600, 799, 899, 900]);
    const held = envelopeOf(filled(list), bordersOf(610, 80, 4));
    expect([...held.lows]).toEqual([600, 600, 600, 600]);
  });

  it.each([
    [4, false],
    [5, true],
  ])("is drawn instead of the points where a part has more of them than can be seen apart: %d", (points, expected) => {
    const list = Array.from({ length: points * 10 }, (_, at): Point => [at, 1]);
    expect(isDense(filled(list), bordersOf(0, list.length, 10))).toBe(expected);
  });
});

describe("the extremes of a span", () => {
  it("are those of its points and of its two neighbours", () => {
    fc.assert(
      fc.property(points, fc.nat(2500), fc.nat(2500), (list, one, other) => {
        const span = { from: Math.min(one, other), to: Math.max(one, other) + 1 };
        const series = filled(list);
        const start = Math.max(0, firstAt(series, span.from) - 1);
        const within = known(list.slice(start, firstAt(series, span.to) + 1));
        const expected = within.length === 0 ? undefined : { low: Math.min(...within), high: Math.max(...within) };
        expect(extremesOf(series, span)).toEqual(expected);
      }),
    );
  });
});

describe("an axis of values", () => {
  it("holds its values, at round marks in order, and wastes less than half of its height", () => {
    const value = fc.integer({ min: -4000, max: 9000 }).map((each) => each / 100);
    fc.assert(
      fc.property(value, fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 2, max: 6 }), (low, more, marks) => {
        const high = low + more / 100;
        const axis = valueAxis(low, high, marks);
        expect(axis.low).toBeLessThanOrEqual(low + 1e-6);
        expect(axis.high).toBeGreaterThanOrEqual(high - 1e-6);
        expect(axis.high - axis.low).toBeLessThan(2.01 * (high - low));
        expect(axis.ticks.length).toBeLessThanOrEqual(marks * 2 + 2);
        expect([...axis.ticks].sort((a, b) => a - b)).toEqual(axis.ticks);
        for (const tick of axis.ticks) expect(Number(tick.toFixed(axis.decimals))).toBe(tick);
      }),
    );
  });

  it.each([
    [0, 55, 3, {}, { low: 0, high: 55, ticks: [0, 20, 40] }],
    [21, 21, 4, { least: 5 }, { low: 18.5, high: 23.5, ticks: [20, 22] }],
    [3, 14, 3, { fromZero: true }, { low: 0, high: 15, ticks: [0, 5, 10, 15] }],
    [0, 0, 3, { fromZero: true, least: 4 }, { low: 0, high: 4, ticks: [0, 2, 4] }],
  ])("from %d to %d with %d marks, %j", (low, high, marks, scale, expected) => {
    expect(valueAxis(low, high, marks, scale)).toMatchObject(expected);
  });
});

describe("zoom and pan", () => {
  const home = { from: 400, to: 500 };
  const zoom = { earliest: 0, latest: 1000, least: 10, home };

  it("stay within the limits, whatever the user does", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: 0.01, max: 100, noNaN: true }), fc.integer({ min: -3000, max: 3000 }))),
        (moves) => {
          let span = home;
          for (const [factor, by] of moves) span = moved(zoomed(span, factor, span.from + (by % 100), zoom), by, zoom);
          expect(span.from).toBeGreaterThanOrEqual(-1e-6);
          expect(span.to).toBeLessThanOrEqual(1000 + 1e-6);
          expect(span.to - span.from).toBeGreaterThanOrEqual(10 - 1e-6);
        },
      ),
    );
  });

  it("keep the time under the pointer where it is", () => {
    expect(zoomed(home, 0.5, 420, zoom)).toEqual({ from: 410, to: 460 });
    expect(moved(home, 50, zoom)).toEqual({ from: 450, to: 550 });
    expect(moved(home, 900, zoom)).toEqual({ from: 900, to: 1000 });
  });
});
