import { counterAfter } from "@heatloop/core/minute/daily-counter";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ExampleReading, minuteEnds, minutesOf, total, utcDate } from "#test/core/examples/example-readings.ts";

const s = 1000;
const h = 3_600_000;

/** A random counter: steps of 0 to 0.3 kWh, and now and then a new start; its end leaves no step in doubt. */
const randomCounter = fc
  .array(fc.record({ gapMs: fc.integer({ min: 40_000, max: 300_000 }), step: fc.integer({ min: -1, max: 3 }) }), {
    minLength: 2,
    maxLength: 80,
  })
  .map((entries) => {
    let at = 0;
    let tenths = 40;
    let wh = 0;
    const clear = { gapMs: 60_000, step: 1 };
    const reported = [...entries, clear, clear].map(({ gapMs, step }, i): ExampleReading => {
      at += gapMs;
      const before = tenths;
      tenths = step >= 0 ? tenths + step : tenths > 5 ? 0 : tenths;
      if (i > 0) wh += (tenths < before ? tenths : tenths - before) * 100;
      return [at, "daily_electricity", tenths / 10];
    });
    return { reported, wh, end: at + 1 };
  });

describe("electricity of minutes", () => {
  test("is what the counter counted, wherever the minutes end", () => {
    fc.assert(
      fc.property(randomCounter, fc.integer({ min: 1000, max: 600_000 }), ({ reported, wh, end }, stepMs) => {
        expect(total(minutesOf(reported, [...minuteEnds(end, stepMs)]), "electricity_wh")).toBe(wh);
        expect(total(minutesOf(reported, [end]), "electricity_wh")).toBe(wh);
      }),
    );
  });

  test("loses nothing at a restart of the program that goes on from the counter in the archive", () => {
    fc.assert(
      fc.property(randomCounter, fc.nat(80), ({ reported, wh, end }, cut) => {
        const before = reported.slice(0, Math.max(1, cut % reported.length));
        const after = reported.slice(before.length);
        const [at] = before.at(-1) ?? [0];
        const first = minutesOf(before, [at + 1]);
        const logged = before.map(([time, , kwh]) => ({ kwh: Number(kwh), at: time }));
        const second = minutesOf(after, [end], counterAfter(logged, utcDate));
        expect((total(first, "electricity_wh") ?? 0) + (total(second, "electricity_wh") ?? 0)).toBe(wh);
      }),
    );
  });

  test("is counted once where the ESP32 restores a counter some minutes old", () => {
    const reported: ExampleReading[] = [
      [0, "daily_electricity", 1.5],
      [10 * s, "online", false],
      [22 * s, "online", true],
      [22 * s, "daily_electricity", 1.4],
      [40 * s, "daily_electricity", 1.5],
      [200 * s, "daily_electricity", 1.6],
    ];
    expect(total(minutesOf(reported, [60 * s]), "electricity_wh")).toBe(0);
    expect(total(minutesOf(reported, minuteEnds(240 * s)), "electricity_wh")).toBe(100);
  });

  test("is unknown, not 0, while the counter has reported nothing, and 0 once it has reported the same", () => {
    const reported: ExampleReading[] = [
      [0, "compressor", true],
      [70 * s, "daily_electricity", 3.4],
      [130 * s, "daily_electricity", null],
      [190 * s, "daily_electricity", 3.5],
    ];
    const minutes = minutesOf(reported, minuteEnds(240 * s));
    expect(minutes.map(({ figures }) => figures.electricity_wh)).toEqual([null, 0, null, 100]);
  });

  test("counts what was used while the device was offline or silent", () => {
    const reported: ExampleReading[] = [
      [0, "daily_electricity", 3.4],
      [10 * s, "online", false],
      [h, "online", true],
      [h, "daily_electricity", 4.6],
    ];
    expect(total(minutesOf(reported, [h + 60 * s]), "electricity_wh")).toBe(1200);
  });

  test.each([
    ["22:00", "00:30", 18, 18.7, 700],
    ["18:00", "09:00", 18, 18.7, 18_700],
    ["22:00", "01:30", 18, 0.4, 400],
  ])(
    "after a gap from %s to %s a controller that knows no DST is not taken to have started again early",
    (from, to, a, b, wh) => {
      const reported: ExampleReading[] = [
        [Date.parse(`2026-07-01T${from}:00Z`), "daily_electricity", a],
        [Date.parse(`2026-07-02T${to}:00Z`), "daily_electricity", b],
      ];
      expect(total(minutesOf(reported, [Date.parse("2026-07-03T00:00:00Z")]), "electricity_wh")).toBe(wh);
    },
  );
});
