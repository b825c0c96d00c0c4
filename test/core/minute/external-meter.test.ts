import { type MeterLog, meterKind, meterUnits, meterValue, startMeterLog } from "@heatloop/core/minute/external-meter";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const s = 1000;
const min = 60 * s;
const h = 60 * min;

describe("what a meter reports", () => {
  test.each([
    [12.5, "kWh", 12.5],
    [12_500, "Wh", 12.5],
    [0.0125, "MWh", 12.5],
    [0, "kWh", 0],
    [-0.1, "kWh", null],
    [Number.NaN, "kWh", null],
    [1.5, "kW", 1500],
    [1500, "W", 1500],
    [-30, "W", 0],
    [-300, "W", null],
    [70_000, "W", null],
    [70, "kW", null],
  ] as const)("%d %s is %s in kWh or W", (reported, unit, value) => {
    expect(meterValue(reported, unit)).toBe(value);
  });

  test("is energy or power by its unit", () => {
    expect(meterUnits.map(meterKind)).toEqual(["energy", "energy", "energy", "power", "power"]);
  });
});

type Reported = { readonly at: number; readonly value: number | null };

/** Minutes of a log that end at whole `stepMs`. */
function minutesOf(log: MeterLog, reported: readonly Reported[], end: number, stepMs = min) {
  const minutes = [];
  let next = stepMs;
  for (const { at, value } of reported) {
    for (; next <= at; next += stepMs) minutes.push(log.close(next));
    log.take(value, at);
  }
  for (; next <= end; next += stepMs) minutes.push(log.close(next));
  return minutes;
}

const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);

/** A random total: steps, resets to zero, time in which it is not available; its end leaves no step in doubt. */
const randomTotal = fc
  .array(
    fc.record({
      gapMs: fc.integer({ min: 1000, max: 40 * min }),
      wh: fc.integer({ min: 0, max: 900 }),
      what: fc.constantFrom("step", "step", "step", "away", "reset"),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((entries) => {
    let at = 0;
    let wh = 4_321_000;
    let used = 0;
    const reported: Reported[] = [{ at: 0, value: wh / 1000 }];
    const clear = { gapMs: min, wh: 100, what: "step" };
    for (const { gapMs, what, ...entry } of [...entries, clear, clear]) {
      at += gapMs;
      if (what === "away") {
        reported.push({ at, value: null });
        continue;
      }
      // A start from zero shows only where the total falls.
      const restarts = what === "reset" && wh > 10_000;
      const usedWh = Math.min(entry.wh, Math.floor((20_000 * gapMs) / h), restarts ? 400 : Number.POSITIVE_INFINITY);
      wh = restarts ? usedWh : wh + usedWh;
      used += usedWh;
      reported.push({ at, value: wh / 1000 });
    }
    return { reported, used, end: Math.ceil((at + 1) / min) * min };
  });

describe("minutes of a total", () => {
  test("add up to what the meter counted, wherever they end, and to the time that it covers", () => {
    fc.assert(
      fc.property(randomTotal, fc.integer({ min: 1, max: 90 }), ({ reported, used, end }, stepMinutes) => {
        const step = stepMinutes * min;
        const minutes = minutesOf(
          startMeterLog({ kind: "energy", at: 0 }),
          reported,
          Math.ceil(end / step) * step,
          step,
        );
        expect(sum(minutes.map(({ meter_wh }) => meter_wh))).toBeCloseTo(used, 3);
        const last = reported.findLast(({ value }) => value !== null)?.at ?? 0;
        expect(sum(minutes.map(({ meter_s }) => meter_s))).toBeCloseTo(last / 1000, 3);
        expect(minutes.every(({ meter_wh }) => (meter_wh ?? 0) >= 0)).toBe(true);
      }),
    );
  });

  test("lose nothing at a restart of the program that goes on from the total in the archive", () => {
    fc.assert(
      fc.property(randomTotal, fc.nat(80), ({ reported, used, end }, cut) => {
        const before = reported.slice(0, 1 + (cut % reported.length));
        // The archive keeps no doubt about a total that has just fallen.
        const states = before.flatMap(({ value }) => value ?? []);
        fc.pre((states.at(-1) ?? 0) >= (states.at(-2) ?? 0));
        const stopAt = (before.at(-1)?.at ?? 0) + 1;
        const first = startMeterLog({ kind: "energy", at: 0 });
        const written = before.map(({ at, value }) => {
          first.take(value, at);
          return { at, ...first.close(at + 1) };
        });
        const known = written.findLast(({ meter_kwh }) => meter_kwh !== null);
        const last = { kwh: known?.meter_kwh ?? 0, at: known?.at ?? 0 };
        const again = startMeterLog({ kind: "energy", at: stopAt, last });
        const minutes = minutesOf(again, reported.slice(before.length), end);
        expect(sum([...written, ...minutes].map(({ meter_wh }) => meter_wh))).toBeCloseTo(used, 3);
      }),
    );
  });

  test("are unknown while the meter is not available, and all that was used comes with its return", () => {
    const reported = [
      { at: 0, value: 100 },
      { at: 10 * s, value: null },
      { at: 3 * h, value: 104.5 },
    ];
    const minutes = minutesOf(startMeterLog({ kind: "energy", at: 0 }), reported, 3 * h + min);
    expect(minutes[5]).toEqual({ meter_wh: null, meter_s: null, meter_kwh: null });
    expect(minutes.at(-1)).toEqual({ meter_wh: 4500, meter_s: 10_800, meter_kwh: 104.5 });
  });

  test("are unknown before the meter ever reported anything", () => {
    expect(startMeterLog({ kind: "energy", at: 0 }).close(min).meter_wh).toBeNull();
    expect(startMeterLog({ kind: "power", at: 0 }).close(min).meter_wh).toBeNull();
  });
});

describe("the power of a moment", () => {
  test("holds for a quarter of an hour, but not while the meter is away", () => {
    const log = startMeterLog({ kind: "power", at: 0 });
    expect(log.powerW(0)).toBeNull();
    log.take(850, min);
    expect([log.powerW(16 * min), log.powerW(16 * min + 1)]).toEqual([850, null]);
    log.take(null, 2 * min);
    expect(log.powerW(3 * min)).toBeNull();
  });
});

describe("minutes of a power", () => {
  test("are its integral for as long as each value holds, wherever they end", () => {
    const course = fc.array(
      fc.record({
        gapMs: fc.integer({ min: 1000, max: 30 * min }),
        watts: fc.option(fc.integer({ min: 0, max: 9000 })),
      }),
      { minLength: 1, maxLength: 40 },
    );
    fc.assert(
      fc.property(course, fc.integer({ min: 1, max: 45 }), (entries, stepMinutes) => {
        let at = 0;
        const reported: Reported[] = entries.map(({ gapMs, watts }) => {
          at += gapMs;
          return { at, value: watts };
        });
        const step = stepMinutes * min;
        const end = Math.ceil((at + h) / step) * step;
        const minutes = minutesOf(startMeterLog({ kind: "power", at: 0 }), reported, end, step);
        let wh = 0;
        let knownS = 0;
        reported.forEach(({ at: from, value }, i) => {
          const ms = Math.min(15 * min, (reported[i + 1]?.at ?? end) - from);
          if (value === null) return;
          wh += (value * ms) / h;
          knownS += ms / s;
        });
        expect(sum(minutes.map(({ meter_wh }) => meter_wh))).toBeCloseTo(wh, 1);
        expect(sum(minutes.map(({ meter_s }) => meter_s))).toBeCloseTo(knownS, 1);
      }),
    );
  });
});
