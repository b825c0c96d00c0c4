import {
  type ComparedDay,
  type ComparedFigure,
  comparedFigures,
  comparePeriods,
} from "@heatloop/core/house/compare-periods";
import { comparedDayOf } from "@heatloop/core/house/compared-day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

/** A heat pump whose figures follow the weather; `noise` is -1 to 1. */
function dayAt(outdoorC: number, noise: number, change: Partial<Record<ComparedFigure, number>> = {}): ComparedDay {
  const natural: Record<ComparedFigure, number> = {
    heating_w: Math.max(0, 150 * (17 - outdoorC)) + 90 * noise,
    heating_electricity_w: Math.max(0, 150 * (17 - outdoorC)) / (3 + 0.15 * outdoorC) + 25 * noise,
    heating_cop: 3 + 0.15 * outdoorC + 0.1 * noise,
    hot_water_cop: 2.5 + 0.05 * outdoorC - 0.1 * noise,
    starts: Math.max(0, 25 - 0.3 * (outdoorC - 7) ** 2) + 2 * noise,
    short_runs: Math.max(0, outdoorC - 6) + noise,
    run_minutes: 90 - 5 * outdoorC + 4 * noise,
  };
  const figures = Object.fromEntries(
    comparedFigures.map((figure) => [figure, natural[figure] * (change[figure] ?? 1)]),
  ) as Record<ComparedFigure, number>;
  return { outdoorC, figures };
}

function period(
  temperatures: readonly number[],
  noises: readonly number[],
  change?: Partial<Record<ComparedFigure, number>>,
) {
  return temperatures.map((outdoorC, i) => dayAt(outdoorC, noises[i % noises.length] ?? 0, change));
}

const cold = Array.from({ length: 30 }, (_, i) => -3 + ((i * 7) % 30) / 3);
const mild = cold.map((outdoorC) => outdoorC + 4);
const noises = [0.3, -0.9, 0.1, 0.7, -0.2, -0.6, 0.9, -0.4, 0.5, -0.1, 0.2];

function verdicts(before: readonly ComparedDay[], after: readonly ComparedDay[]) {
  const found = comparePeriods(before, after);
  if (!found.comparable) throw new Error("not comparable");
  return Object.fromEntries(comparedFigures.map((figure) => [figure, found.changes[figure]?.verdict ?? null]));
}

describe("two periods", () => {
  it("never had less than nothing before, however much warmer it was", () => {
    const withShortRuns = (outdoorC: number, shortRuns: number) => {
      const { figures } = dayAt(outdoorC, 0);
      return { outdoorC, figures: { ...figures, short_runs: shortRuns } };
    };
    const steps = Array.from({ length: 20 }, (_, i) => i);
    const before = steps.map((i) => withShortRuns(5.2 + i / 5, 0));
    const after = steps.map((i) => withShortRuns(4 + i / 5, i / 25));
    const found = comparePeriods(before, after);
    if (!found.comparable) throw new Error("not comparable");
    const { before: was = Number.NaN, after: is, difference } = found.changes.short_runs ?? {};
    expect(was).toBe(0);
    expect(difference).toBe(is);
  });

  it("of the same heat pump in other weather show no change", () => {
    const noise = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 7, maxLength: 31 });
    const shift = fc.double({ min: -6, max: 6, noNaN: true });
    fc.assert(
      fc.property(noise, noise, shift, (first, second, shiftK) => {
        const after = period(
          cold.map((outdoorC) => outdoorC + shiftK),
          second,
        );
        expect(new Set(Object.values(verdicts(period(cold, first), after)))).toEqual(new Set(["no_change"]));
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ["a better COP", { heating_cop: 1.15 }, "heating_cop", "more"],
    ["a worse COP of hot water", { hot_water_cop: 0.8 }, "hot_water_cop", "less"],
    ["a house that needs less", { heating_w: 0.75 }, "heating_w", "less"],
    ["half the starts", { starts: 0.5 }, "starts", "less"],
    ["runs twice as long", { run_minutes: 2 }, "run_minutes", "more"],
  ] as const)("show %s although the weather was another", (_, change, figure, verdict) => {
    const found = verdicts(period(cold, noises), period(mild, noises, change));
    expect(found[figure]).toBe(verdict);
    expect(Object.values(found).filter((each) => each !== "no_change")).toHaveLength(1);
  });

  it("show the change as big as it is, at the weather of the days after", () => {
    const found = comparePeriods(period(cold, [0]), period(mild, [0], { heating_w: 0.8 }));
    const change = found.comparable ? found.changes.heating_w : null;
    expect(change).not.toBeNull();
    expect((change?.after ?? 0) / (change?.before ?? 1)).toBeCloseTo(0.8, 1);
    expect(change?.difference).toBeCloseTo((change?.after ?? 0) - (change?.before ?? 0), 9);
  });

  it("are moved to the same weather, where a day of the one is always colder than a like day of the other", () => {
    const before = period([0, 0.2, 0.4, 0.6, 0.8, 1], [0]);
    const found = comparePeriods(before, period([1.6, 1.8, 2, 2.2, 2.4], [0]));
    expect(found.comparable && found.changes.heating_w?.difference).toBeCloseTo(0, 6);
    expect(found.comparable && found.changes.run_minutes?.difference).toBeCloseTo(0, 6);
  });

  it("show no change where days differ more among themselves", () => {
    const loud = [8, -9, 3, -6, 9, -8, 5, -2, 7, -7];
    const louder = loud.map((noise) => noise + 2);
    const found = comparePeriods(period(cold.slice(0, 10), loud), period(cold.slice(0, 10), louder));
    const change = found.comparable ? found.changes.heating_cop : null;
    expect(Math.abs(change?.difference ?? 0)).toBeGreaterThan(0.04 * (change?.before ?? 0));
    expect(change?.verdict).toBe("no_change");
  });

  it("are turned round when the change is", () => {
    const found = verdicts(period(mild, noises, { starts: 0.5 }), period(cold, noises));
    expect(found.starts).toBe("more");
  });

  it("can't be compared where no weather is alike, and show what it was", () => {
    expect(comparePeriods(period(cold, noises), period([15, 16, 17, 18], noises))).toEqual({
      comparable: false,
      outdoorBeforeC: { from: Math.min(...cold), to: Math.max(...cold) },
      outdoorAfterC: { from: 15, to: 18 },
    });
    expect(comparePeriods([], [])).toEqual({ comparable: false, outdoorBeforeC: null, outdoorAfterC: null });
  });

  it("of a few days are not compared", () => {
    expect(comparePeriods(period(cold, noises), period([0, 1, 2], noises)).comparable).toBe(false);
  });

  it("compare the figures that are known, each by itself", () => {
    const without = period(mild, noises).map((day) => ({ ...day, figures: { ...day.figures, heating_cop: null } }));
    const found = comparePeriods(period(cold, noises), without);
    expect(found.comparable && found.changes.heating_cop).toBeNull();
    expect(found.comparable && found.changes.starts).not.toBeNull();
  });
});

describe("a day to be compared", () => {
  const part = (heatWh: number | null, electricityWh: number | null) => ({
    heatWh,
    electricityWh,
    cop: null,
    seconds: 0,
  });
  const parts = {
    heating: part(48_000, 14_000),
    hot_water: part(6000, 2400),
    cooling: part(0, 0),
    defrost: part(-2000, 1000),
    standby: part(200, 400),
    unknown: part(null, 0),
  };

  it("has its heating with the defrosts", () => {
    const { outdoorC, figures } = comparedDayOf({ parts, coverage: 1, seconds: 86_400 }, 3, null);
    expect(outdoorC).toBe(3);
    expect(figures).toEqual({
      heating_w: 46_200 / 24,
      heating_electricity_w: 15_000 / 24,
      heating_cop: 3.07,
      hot_water_cop: 2.5,
      starts: null,
      short_runs: null,
      run_minutes: null,
    });
  });

  it("has nothing where too little of it was seen or nothing is known", () => {
    const nothing = Object.fromEntries(comparedFigures.map((figure) => [figure, null]));
    expect(comparedDayOf({ parts, coverage: 0.8, seconds: 86_400 }, 3, null).figures).toEqual(nothing);
    const unknown = { ...parts, heating: part(null, null), hot_water: part(null, null) };
    expect(comparedDayOf({ parts: unknown, coverage: 1, seconds: 86_400 }, 3, null).figures).toEqual(nothing);
  });
});
