import { countOn, runningTotal } from "@heatloop/core/live/running-total";
import { countDaily } from "@heatloop/core/minute/daily-counter";
import { hourMs } from "@heatloop/core/time/durations";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utcDate } from "#test/core/examples/example-readings.ts";

const units: Readonly<Record<string, number>> = { s: 1000, min: 60_000, h: 3_600_000 };

/** Wh that are counted over the states of a total: `3.4, 10s 3.5, 2h 4`: kWh, each some time after the one before. */
function countedWh(course: string, startAt: number, count: typeof countOn): number {
  let at = startAt;
  let total: ReturnType<typeof runningTotal> | undefined;
  let wh = 0;
  for (const reported of course.split(", ")) {
    const [, ahead, unit = "s", kwh] = /^(?:(-?[\d.]+)(s|min|h) )?([\d.]+)$/.exec(reported) ?? [];
    at += Math.round(Number(ahead ?? 0) * (units[unit] ?? 0));
    const state = { kwh: Number(kwh), at };
    if (total === undefined) total = runningTotal(state);
    else {
      const step = count(total, state);
      wh += step.wh ?? 0;
      total = step.total;
    }
  }
  return Math.round(wh);
}

describe("a total that is followed", () => {
  test.each([
    ["does not move", "3.4, 10s 3.4", 0],
    ["takes the least step", "3.4, 10s 3.5", 100],
    ["takes several steps at once", "3.4, 5min 4.1", 700],
    ["was not reported for hours", "3.4, 3h 9.4", 6000],
    ["was not reported for a week", "4321.5, 168h 4521.5", 200_000],
    ["is a counter that its ESP32 restored some minutes old", "1.5, 12s 1.4, 10s 1.5", 0],
    ["goes on from there", "1.5, 12s 1.4, 10s 1.5, 1min 1.6", 100],
    ["was restored after a power cut of a night", "21.5, 9h 21.1, 1h 21.5, 1h 22.5", 1000],
    ["was restored after a power cut of a minute", "5, 1min 4.2, 10min 4.9, 10min 5.3", 300],
    ["starts from zero", "8.2, 10s 0, 1min 0.1, 1min 0.2", 200],
    ["starts from zero, and zero was not reported", "8.2, 10s 0.1, 1min 0.2", 200],
    ["starts from zero in an hour without a value", "8.2, 1h 1.1, 1min 1.2", 1200],
    ["is a utility meter's that begins its day", "31.4, 1min 0.05, 1min 0.07", 70],
    ["is at zero, and nothing is clear yet", "8.2, 10s 0, 1min 0", 0],
    ["dips to zero again and again", "1.437, 10s 1.44, 4s 0, 4s 1.446, 4s 0, 4s 1.447, 4s 1.448", 11],
    ["dips to zero for an hour", "1.44, 10s 0, 20min 0, 40min 1.446", 6],
    ["dips to zero and comes back a little lower", "900.44, 10s 0, 10s 900.43, 1min 900.45", 10],
    ["is reported less exactly for once", "4321.567, 10s 4321.56, 1min 4321.57", 3],
    ["rolls over at five digits", "99999.8, 10min 0.4, 1min 0.5", 700],
    ["rolls over at four digits", "9999.9, 10min 0.1, 1min 0.2", 300],
    ["rolls over at 16 bits of 0.1 kWh", "6553.5, 10min 0.1, 1min 0.2", 300],
    ["rolls over at 32 bits of Wh", "4294967.2, 10min 0.1, 1min 0.2", 296],
    ["dips to zero near its roll-over", "9999.98, 4s 0, 4s 9999.99", 10],
    ["leaps further than any heat pump can", "3.4, 10s 50, 10s 50.1", 0],
    ["leaps and comes back", "3.4, 10s 50, 10s 3.5, 1min 3.6", 200],
    ["is another meter's from now on", "4321.5, 10min 9000, 6min 9000.5, 6min 9001", 1000],
    ["is another, lower meter's from now on", "4321.5, 10min 800, 6min 800.5, 6min 801", 1000],
    ["is dated by a clock that was set back meanwhile", "3.4, -1h 3.5, 1min 3.6", 200],
  ])("%s: %s", (_what, course, wh) => {
    expect(countedWh(course, 10 * hourMs, countOn)).toBe(wh);
  });

  test.each([3.6, 4.6, 9, 165])("that jumps between 3 and %d kWh of two devices counts less than a kWh", (other) => {
    const course = Array.from({ length: 360 }, (_, i) => `5s ${i % 2 === 0 ? 3 : other}`).join(", ");
    expect(countedWh(course, 0, countOn)).toBeLessThanOrEqual(1000);
  });

  test("never counts more than 30 kW over any time, whatever is reported", () => {
    const course = fc.array(
      fc.tuple(
        fc.oneof(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 0, max: 3 * hourMs })),
        fc.oneof(fc.constantFrom(0, 0.1, 0.2, 3, 3.1, 4.6, 9, 165), fc.double({ min: 0, max: 20, noNaN: true })),
      ),
      { minLength: 2, maxLength: 60 },
    );
    fc.assert(
      fc.property(course, fc.boolean(), (reported, isDaily) => {
        let total = runningTotal({ kwh: reported[0]?.[1] ?? 0, at: 0 });
        let at = 0;
        const steps: { readonly from: number; readonly at: number; readonly wh: number }[] = [];
        for (const [ms, kwh] of reported.slice(1)) {
          at += ms;
          const step = isDaily ? countDaily(total, { kwh, at }, utcDate) : countOn(total, { kwh, at });
          total = step.total;
          if (step.wh !== null) steps.push({ from: step.from, at, wh: step.wh });
        }
        steps.forEach(({ from }, i) => {
          let wh = 0;
          for (const step of steps.slice(i)) {
            expect(step.wh).toBeGreaterThanOrEqual(0);
            wh += step.wh;
            expect(wh).toBeLessThanOrEqual(1001 + (30_000 * (step.at - from)) / hourMs);
          }
        });
      }),
    );
  });
});

describe("the daily counter", () => {
  test.each([
    ["starts again at midnight", "23:59", "18.3, 65s 0, 4min 0.1", 100],
    ["is counted at once after its midnight", "23:59", "18.3, 65s 0.1", 100],
    ["ends a quiet day at midnight", "23:59", "0.2, 65s 0, 40min 0.2", 200],
    ["starts again at a midnight of its own", "22:40", "18.3, 1min 0, 4min 0.1", 100],
    ["goes on over our midnight before its own", "23:59", "18.3, 65s 18.4", 100],
    ["was away for a night", "22:00", "18.3, 9h 2.5", 2500],
    ["was away for a night, and shows more than before", "22:00", "1.5, 9h 4", 4000],
    ["was away for two days", "22:00", "18.3, 48h 5", 5000],
    ["was restored just after midnight", "00:30", "0.3, 1min 0.2, 9min 0.3", 0],
    ["was restored in the evening", "20:00", "12.3, 1min 12.1, 30min 12.6", 300],
    ["was restored after a power cut of six hours", "10:00", "12.3, 6h 12.1, 30min 12.6", 300],
  ])("%s, from %s on: %s", (_what, from, course, wh) => {
    const startAt = Date.parse(`2026-01-10T${from}:00Z`);
    expect(countedWh(course, startAt, (total, reported) => countDaily(total, reported, utcDate))).toBe(wh);
  });
});
