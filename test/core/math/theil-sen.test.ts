import { median, medianDeviation, robustLine, theilSen, valueAt } from "@heatloop/core/math/theil-sen";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const coefficient = fc.integer({ min: -200, max: 200 });
const xs = fc.uniqueArray(fc.integer({ min: -150, max: 150 }), { minLength: 10, maxLength: 60 });

describe("a median", () => {
  it.each([
    [[], null],
    [[3], 3],
    [[5, 1], 3],
    [[9, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
  ])("of %j is %j", (values, expected) => expect(median(values)).toBe(expected));

  it("has as many values above as below it", () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { minLength: 1 }), (values) => {
        const middle = median(values) ?? Number.NaN;
        expect(values.filter((value) => value > middle).length).toBeLessThanOrEqual(values.length / 2);
        expect(values.filter((value) => value < middle).length).toBeLessThanOrEqual(values.length / 2);
      }),
    );
  });

  it("of the deviations is scaled like a standard deviation", () => {
    expect(medianDeviation([1, 2, 3, 4, 5], 3)).toBeCloseTo(1.4826, 10);
    expect(medianDeviation([], 0)).toBeNull();
  });
});

describe("a Theil-Sen line", () => {
  it("goes through observations that lie on a line", () => {
    fc.assert(
      fc.property(coefficient, coefficient, xs, (slope, intercept, at) => {
        const line = theilSen(at.map((x) => ({ x, y: intercept + slope * x })));
        expect(line?.slope).toBeCloseTo(slope, 6);
        expect(line?.intercept).toBeCloseTo(intercept, 6);
      }),
    );
  });

  it("is not there for observations at one place only", () => {
    expect(theilSen([])).toBeNull();
    expect(theilSen([{ x: 1, y: 1 }])).toBeNull();
    expect(theilSen([1, 2, 3].map((y) => ({ x: 7, y })))).toBeNull();
  });

  it("stays where it is with a fifth of the observations thrown anywhere", () => {
    const wild = fc.integer({ min: -100_000, max: 100_000 });
    fc.assert(
      fc.property(
        coefficient,
        coefficient,
        xs,
        fc.array(wild, { minLength: 12, maxLength: 12 }),
        (slope, intercept, at, thrown) => {
          const count = Math.floor(at.length / 5);
          const observations = at.map((x, i) => ({ x, y: i < count ? (thrown[i] ?? 0) : intercept + slope * x }));
          const fit = robustLine(observations);
          expect(fit?.line.slope).toBeCloseTo(slope, 6);
          expect(fit?.line.intercept).toBeCloseTo(intercept, 6);
          expect(fit?.outliers.length).toBeLessThanOrEqual(count);
        },
      ),
    );
  });

  it("names the outliers and how far the rest is from it", () => {
    const observations = Array.from({ length: 20 }, (_, x) => ({ x, y: 5 - 2 * x + ((x * 3) % 5) - 2 }));
    observations[7] = { x: 7, y: 400 };
    const fit = robustLine(observations);
    expect(fit?.outliers).toEqual([7]);
    expect(fit?.spread).toBeGreaterThan(1);
    expect(fit?.spread).toBeLessThan(2);
    expect(fit && valueAt(fit.line, 10)).toBeCloseTo(-15, 0);
  });

  it("never leaves out more than a fifth", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: -1000, max: 1000 })), {
          minLength: 2,
          maxLength: 80,
        }),
        (pairs) => {
          const fit = robustLine(pairs.map(([x, y]) => ({ x, y })));
          expect(fit?.outliers.length ?? 0).toBeLessThanOrEqual(pairs.length / 5);
        },
      ),
    );
  });

  it("takes an even selection of the pairs of very many observations", () => {
    const observations = Array.from({ length: 2000 }, (_, i) => ({ x: (i * 37) % 300, y: 3 * ((i * 37) % 300) - 40 }));
    expect(theilSen(observations)).toEqual({ slope: 3, intercept: -40 });
  });
});
