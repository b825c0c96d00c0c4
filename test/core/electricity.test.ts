import { counterStepWh } from "@heatloop/core/electricity";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteEnds, minutesOf, type Told, total } from "./example-readings.ts";

const s = 1000;
const h = 3_600_000;

describe("a step of the counter", () => {
  test.each<[string, number, number, number, boolean, number | null]>([
    ["nothing used", 3.4, 3.4, 10 * s, false, 0],
    ["the least step", 3.4, 3.5, 10 * s, false, 100],
    ["several steps at once", 3.4, 4.1, 300 * s, false, 700],
    ["hours without the program", 3.4, 9.4, 3 * h, false, 6000],
    ["the controller's midnight", 18.3, 0, 10 * s, true, 0],
    ["the controller's midnight, a step later", 18.3, 0.1, 10 * s, true, 100],
    ["the controller's midnight at another time than ours", 18.3, 0.1, 10 * s, false, 100],
    ["midnight by our clock, before the controller's", 18.3, 18.4, 10 * s, true, 100],
    ["a night without the program", 18.3, 2.5, 9 * h, true, 2500],
    ["a night without the program, and more used since than before", 1.5, 4, 9 * h, true, 4000],
    ["two days without the program", 18.3, 5, 48 * h, true, 5000],
    ["the 16-bit wrap", 6553.5, 0, 10 * s, false, 100],
    ["the 16-bit wrap, steps later", 6553.4, 0.2, 60 * s, false, 400],
    ["a leap that no heat pump can use", 3.4, 50, 10 * s, false, null],
    ["garbage, and back from it", 500, 12.3, 10 * s, false, null],
    ["a clock set back meanwhile", 3.4, 3.5, -h, false, 100],
  ])("%s: %d to %d kWh in %i ms", (_what, before, now, ms, midnight, wh) => {
    expect(counterStepWh({ kwh: before, at: 10 * h }, { kwh: now, at: 10 * h + ms }, midnight)).toBe(wh);
  });
});

/** The counter as it may go: steps of 0 to 0.3 kWh, and now and then a new start. */
const travel = fc
  .array(fc.record({ gapMs: fc.integer({ min: 1, max: 300_000 }), step: fc.integer({ min: -1, max: 3 }) }), {
    minLength: 2,
    maxLength: 80,
  })
  .map((entries) => {
    let at = 0;
    let tenths = 40;
    let wh = 0;
    const told = entries.map(({ gapMs, step }, i): Told => {
      at += gapMs;
      const before = tenths;
      tenths = step < 0 ? 0 : tenths + step;
      if (i > 0) wh += (tenths < before ? tenths : tenths - before) * 100;
      return [at, "daily_electricity", tenths / 10];
    });
    return { told, wh, end: at + 1 };
  });

describe("electricity of minutes", () => {
  test("is what the counter travelled, wherever the minutes end", () => {
    fc.assert(
      fc.property(travel, fc.integer({ min: 1000, max: 600_000 }), ({ told, wh, end }, stepMs) => {
        expect(total(minutesOf(told, [...minuteEnds(end, stepMs)]), "electricity_wh")).toBe(wh);
        expect(total(minutesOf(told, [end]), "electricity_wh")).toBe(wh);
      }),
    );
  });

  test("loses nothing at a restart of the program that goes on from the counter in the archive", () => {
    fc.assert(
      fc.property(travel, fc.nat(80), ({ told, wh, end }, cut) => {
        const before = told.slice(0, Math.max(1, cut % told.length));
        const after = told.slice(before.length);
        const [at, , kwh] = before.at(-1) ?? [0, "daily_electricity", 0];
        const first = minutesOf(before, [at + 1]);
        const second = minutesOf(after, [end], { kwh: Number(kwh), at });
        expect((total(first, "electricity_wh") ?? 0) + (total(second, "electricity_wh") ?? 0)).toBe(wh);
      }),
    );
  });

  test("is unknown, not 0, while the counter has told nothing, and 0 once it has told the same", () => {
    const told: Told[] = [
      [0, "compressor", true],
      [70 * s, "daily_electricity", 3.4],
      [130 * s, "daily_electricity", null],
      [190 * s, "daily_electricity", 3.5],
    ];
    const minutes = minutesOf(told, minuteEnds(240 * s));
    expect(minutes.map(({ figures }) => figures.electricity_wh)).toEqual([null, 0, null, 100]);
  });

  test("counts what was used while the device was offline or silent", () => {
    const told: Told[] = [
      [0, "daily_electricity", 3.4],
      [10 * s, "online", false],
      [h, "online", true],
      [h, "daily_electricity", 4.6],
    ];
    expect(total(minutesOf(told, [h + 60 * s]), "electricity_wh")).toBe(1200);
  });

  test.each([
    ["22:00", "00:30", 18, 18.7, 700],
    ["18:00", "09:00", 18, 18.7, 18_700],
    ["22:00", "01:30", 18, 0.4, 400],
  ])(
    "after a gap from %s to %s a controller that knows no DST is not taken to have started again early",
    (from, to, a, b, wh) => {
      const told: Told[] = [
        [Date.parse(`2026-07-01T${from}:00Z`), "daily_electricity", a],
        [Date.parse(`2026-07-02T${to}:00Z`), "daily_electricity", b],
      ];
      expect(total(minutesOf(told, [Date.parse("2026-07-03T00:00:00Z")]), "electricity_wh")).toBe(wh);
    },
  );
});
