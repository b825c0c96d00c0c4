import { noElectricityByPart, totalUse } from "@heatloop/core/energy/electricity-by-part";
import { usePerMinute } from "@heatloop/core/energy/electricity-per-minute";
import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { electricityByPart } from "#test/core/examples/electricity-of-minutes.ts";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const dayStartsAt = Date.parse("2026-01-31T00:00:00+01:00");
const at = (minute: number) => dayStartsAt + minute * minuteMs;

function totalPerMinute(minutes: readonly Minute[]): number[] {
  return usePerMinute(minutes, dayStartsAt).map(totalUse);
}

function runs(from: number, to: number, stepAtEndWh: number, hz = 40) {
  return Array.from({ length: to - from }, (_, i) =>
    wholeMinute(at(from + i), "heating", { heatWh: 50, electricityWh: i === to - from - 1 ? stepAtEndWh : 0, hz }),
  );
}

describe("the electricity of a minute", () => {
  test("is the counter's step spread back over the minutes that used it", () => {
    expect(totalPerMinute(runs(0, 10, 100))).toEqual(Array.from({ length: 10 }, () => expect.closeTo(10, 9)));
  });

  test("follows the compressor's speed", () => {
    const [slow, fast] = totalPerMinute([...runs(0, 1, 0, 30), ...runs(1, 2, 100, 90)]);
    expect((fast as number) / (slow as number)).toBeCloseTo(1820 / 620, 6);
  });

  test("of the next step begins where the one before ended", () => {
    const wh = totalPerMinute([...runs(0, 5, 100), ...runs(5, 25, 100)]);
    expect(wh[4]).toBeCloseTo(20, 9);
    expect(wh[5]).toBeCloseTo(5, 9);
  });

  test("is spread evenly over minutes without a row, as of unknown operation", () => {
    const uses = usePerMinute([...runs(0, 10, 100), ...runs(70, 71, 2000)], dayStartsAt);
    const away = uses.slice(10, 70);
    expect(new Set(away.map((use) => use.unknown.toFixed(6))).size).toBe(1);
    expect(away.reduce((sum, use) => sum + use.unknown, 0)).toBeGreaterThan(1980);
    expect(away.every((use) => use.heating === 0)).toBe(true);
  });

  test("before the first row of the day takes its share of the first step", () => {
    const wh = totalPerMinute(runs(60, 61, 3000));
    expect(wh).toHaveLength(61);
    expect(wh[0]).toBeGreaterThan(45);
  });

  test("is 0 after the last step, and nothing where there are no minutes", () => {
    expect(totalPerMinute(runs(0, 3, 0))).toEqual([0, 0, 0]);
    expect(totalPerMinute([])).toEqual([]);
  });
});

test("over a day adds up to the counter and, by operation, to what the day reports, whatever the day was", () => {
  const segment = fc.record({
    what: fc.constantFrom("heating", "hot_water", "cooling", "defrost", "standby", "blank", "away"),
    length: fc.integer({ min: 1, max: 150 }),
    hz: fc.integer({ min: 0, max: 120 }),
    everyMinutes: fc.integer({ min: 1, max: 60 }),
    stepWh: fc.constantFrom(100, 200, 700, null),
  });
  fc.assert(
    fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
      let index = 0;
      const minutes = segments.flatMap(({ what, length, hz, everyMinutes, stepWh }) =>
        Array.from({ length }, (_, i) => {
          const time = at(index++);
          if (what === "away") return [];
          const electricityWh = i % everyMinutes === 0 ? stepWh : 0;
          if (what === "blank") return [minuteOf(time, { electricity_wh: electricityWh })];
          return [wholeMinute(time, what, { heatWh: 0, electricityWh, hz })];
        }).flat(),
      );
      const uses = usePerMinute(minutes, dayStartsAt);
      const whole = electricityByPart(minutes, dayStartsAt);
      const sums = noElectricityByPart();
      for (const use of uses) for (const part of Object.keys(sums) as (keyof typeof sums)[]) sums[part] += use[part];
      for (const part of Object.keys(sums) as (keyof typeof sums)[]) expect(sums[part]).toBeCloseTo(whole[part], 6);
      const countedWh = minutes.reduce((sum, { figures }) => sum + (figures.electricity_wh ?? 0), 0);
      expect(uses.reduce((sum, use) => sum + totalUse(use), 0)).toBeCloseTo(countedWh, 6);
      expect(uses.every((use) => Object.values(use).every((wh) => wh >= 0))).toBe(true);
    }),
  );
});
