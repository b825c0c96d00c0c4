import { cop } from "@heatloop/core/energy/cop";
import { dayEnergy, parts } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import { minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";

const zones = Object.fromEntries(
  ["Europe/Rome", "Australia/Lord_Howe", "America/Sao_Paulo", "Asia/Kathmandu"].map((name) => [name, zoneOf(name)]),
) as Record<string, Zone>;
const rome = zones["Europe/Rome"] as Zone;

const segment = fc.record({
  what: fc.constantFrom(...operations, "away", "blank", "no heat", "no electricity"),
  length: fc.integer({ min: 1, max: 400 }),
  heatWh: fc.integer({ min: -80_000, max: 160_000 }).map((n) => n / 1000 + 0),
  everyMinutes: fc.integer({ min: 1, max: 40 }),
  hz: fc.integer({ min: 0, max: 120 }),
});
type Segment = typeof segment extends fc.Arbitrary<infer T> ? T : never;

/** The minutes of a local day, as its segments describe it; what is left of the day has no rows. */
function minutesOfDay(zone: Zone, date: string, segments: readonly Segment[], until: number) {
  const minutes = [];
  let at = zone.startOf(date);
  for (const { what, length, heatWh, everyMinutes, hz } of segments) {
    for (let i = 0; i < length && at < until; i += 1, at += minuteMs) {
      const electricityWh = i % everyMinutes === 0 ? 100 : 0;
      if (what === "away") continue;
      if (what === "blank") minutes.push(minuteOf(at));
      else if (what === "no heat")
        minutes.push(minuteOf(at, { heating_s: 60, electricity_wh: electricityWh }, { compressor: 60 }));
      else if (what === "no electricity") minutes.push(wholeMinute(at, "heating", { heatWh, electricityWh: null, hz }));
      else minutes.push(wholeMinute(at, what, { heatWh, electricityWh, hz }));
    }
  }
  return minutes;
}

test("any day's parts add up to the whole to the Wh, and no figure claims more than was seen", () => {
  const day = fc.constantFrom(
    ["Europe/Rome", "2026-01-15"],
    ["Europe/Rome", "2026-03-29"],
    ["Europe/Rome", "2026-10-25"],
    ["Australia/Lord_Howe", "2026-04-05"],
    ["America/Sao_Paulo", "2018-11-04"],
    ["Asia/Kathmandu", "2026-02-01"],
  );
  const share = fc.double({ min: 0, max: 1.2, noNaN: true });
  fc.assert(
    fc.property(day, fc.array(segment, { maxLength: 8 }), share, ([zoneName = "", date = ""], segments, passed) => {
      const zone = zones[zoneName] as Zone;
      const [start, end] = [zone.startOf(date), zone.endOf(date)];
      const now = Math.round((start + passed * (end - start)) / minuteMs) * minuteMs;
      const minutes = minutesOfDay(zone, date, segments, Math.min(now, end));
      const energy = dayEnergy({ date, zone, minutes, now });
      const part = (name: (typeof parts)[number]) => energy.parts[name];

      const heat = (["heating", "hot_water", "defrost", "standby"] as const).map((name) => part(name).heatWh);
      expect(energy.heatWh).toBe(heat.includes(null) ? null : heat.reduce((sum: number, wh) => sum + (wh ?? 0), 0));
      expect(energy.coolingWh).toBe(part("cooling").heatWh);
      expect(energy.heatWh === null).toBe(minutes.every((minute) => minute.figures.heat_wh === null));
      const electricity = parts.map((name) => part(name).electricityWh);
      const counted = minutes.map((minute) => minute.figures.electricity_wh).filter((wh) => wh !== null);
      const whole = counted.length === 0 ? null : counted.reduce((sum, wh) => sum + wh, 0);
      expect(energy.electricityWh).toBe(whole);
      if (whole === null) expect(electricity).toEqual(parts.map(() => null));
      else expect(electricity.reduce((sum: number, wh) => sum + (wh ?? 0), 0)).toBe(whole);
      for (const wh of electricity) expect(wh ?? 0).toBeGreaterThanOrEqual(0);

      const seconds = parts.reduce((sum, name) => sum + part(name).seconds, 0);
      expect(seconds).toBe((Math.min(now, end) - start) / 1000);
      expect(energy.seconds).toBe((end - start) / 1000);
      expect(energy.coverage).toBeGreaterThanOrEqual(0);
      expect(energy.coverage).toBeLessThanOrEqual(1);
      expect(energy.complete).toBe(now >= end && energy.coveredS >= 0.99 * energy.seconds);

      for (const each of [energy, ...parts.map(part)]) {
        if (each.cop === null) continue;
        expect(each.electricityWh).toBeGreaterThanOrEqual(100);
        expect(each.cop).toBeGreaterThanOrEqual(0);
        expect(each.heatWh).not.toBeNull();
      }
    }),
  );
});

describe("COP", () => {
  test.each<[number | null, number | null, number | null]>([
    [3000, 1000, 3],
    [2556, 1282, 1.99],
    [64_610, 28_400, 2.28],
    [350, 100, 3.5],
    [350, 99, null],
    [350, 0, null],
    [null, 1000, null],
    [3000, null, null],
    [null, null, null],
    [0, 1000, null],
    [-200, 1000, null],
  ])("of %d Wh heat and %d Wh electricity is %d", (heat, electricity, result) => {
    expect(cop(heat, electricity)).toBe(result);
  });

  const start = rome.startOf("2026-01-15");
  const hours = (from: number, to: number, make: (at: number) => ReturnType<typeof minuteOf>) =>
    Array.from({ length: (to - from) * 60 }, (_, i) => make(start + from * 3_600_000 + i * minuteMs));
  const heating = (electricityWh: number | null) => (at: number) =>
    wholeMinute(at, "heating", { heatWh: 60, electricityWh });
  const of = (...minutes: ReturnType<typeof minuteOf>[][]) =>
    dayEnergy({ date: "2026-01-15", zone: rome, minutes: minutes.flat(), now: start + 86_400_000 });

  test("leaves out the electricity of hours that were not seen", () => {
    const back = wholeMinute(start + 20 * 3_600_000, "heating", { heatWh: 60, electricityWh: 12_020 });
    const energy = of(hours(0, 12, heating(20)), [back], hours(20, 24, heating(20)).slice(1));
    expect(energy).toMatchObject({ heatWh: 57_600, electricityWh: 31_200, complete: false });
    expect(energy.cop).toBeCloseTo(3, 1);
    expect(energy.parts.unknown).toMatchObject({ heatWh: null, cop: null, seconds: 28_800 });
    expect(Math.abs((energy.parts.unknown.electricityWh ?? 0) - 12_000)).toBeLessThan(50);
    expect(energy.coverage).toBeCloseTo(16 / 24, 9);
  });

  test("is of the time that was seen where the heat of a good part of the running time is missing", () => {
    const unseen = (at: number) => minuteOf(at, { heating_s: 60, electricity_wh: 20 }, { compressor_frequency: 40 });
    const energy = of(hours(0, 12, heating(20)), hours(12, 24, unseen));
    expect(energy).toMatchObject({ heatWh: 43_200, electricityWh: 28_800, cop: 3, coverage: 0.5 });
    expect(energy.parts.heating).toMatchObject({ heatWh: 43_200, electricityWh: 28_800, cop: 3 });
    expect(energy.copBasis?.all).toEqual({ heatWh: 43_200, electricityWh: 14_400 });
  });

  test("is empty without a counter, though the heat is known", () => {
    expect(of(hours(0, 24, heating(null)))).toMatchObject({ heatWh: 86_400, electricityWh: null, cop: null });
  });
});

describe("a day", () => {
  const date = "2026-03-29";
  const [start, end] = [rome.startOf(date), rome.endOf(date)];

  test("of which nothing was seen has no energy", () => {
    const energy = dayEnergy({ date, zone: rome, minutes: [], now: end });
    expect(energy).toMatchObject({ seconds: 82_800, coveredS: 0, coverage: 0, complete: false, controller: null });
    expect([energy.heatWh, energy.coolingWh, energy.electricityWh, energy.cop]).toEqual([null, null, null, null]);
    expect(energy.parts.unknown.seconds).toBe(82_800);
  });

  test.each([
    ["that has not begun", start - 1, 0, 0],
    ["at its first instant", start, 0, 0],
    ["of which half an hour has passed, all of it seen", start + 30 * minuteMs, 1, 1800],
    ["that ended an hour ago, of which only half an hour was seen", end + 3_600_000, 1800 / 82_800, 82_800],
  ])("%s is not complete", (_what, now, coverage, seconds) => {
    const minutes = Array.from({ length: now >= start + minuteMs ? 30 : 0 }, (_, i) =>
      wholeMinute(start + i * minuteMs, "standby", { heatWh: 0, electricityWh: 0 }),
    );
    const energy = dayEnergy({ date, zone: rome, minutes, now });
    expect(energy.complete).toBe(false);
    expect(energy.coverage).toBeCloseTo(coverage, 9);
    expect(parts.reduce((sum, part) => sum + energy.parts[part].seconds, 0)).toBe(seconds);
  });

  test("on which the clock was set back is covered once, not twice", () => {
    const long = minuteOf(start, { covered_s: 90_000, heating_s: 90_000, heat_wh: 100, heating_wh: 100 });
    const energy = dayEnergy({ date, zone: rome, minutes: [long], now: end });
    expect(energy).toMatchObject({ coverage: 1, complete: true });
    expect(energy.parts.unknown.seconds).toBe(0);
  });

  test("reports starts, defrosts, run minutes and the controller's totals that came on the day after", () => {
    const base = wholeMinute(start, "heating", { heatWh: 50, electricityWh: 100 });
    const minutes = [0, 1, 2].map((i) => ({
      ...base,
      at: start + i * minuteMs,
      figures: { ...base.figures, starts: i, defrosts: 1 },
    }));
    const nextDay = [minuteOf(end + 4 * 3_600_000, {}, { heating_heat_yesterday: 1.5 })];
    const energy = dayEnergy({ date, zone: rome, minutes, now: end, nextDay });
    expect(energy).toMatchObject({ starts: 3, defrosts: 3, runMinutes: 3, controller: { heatingHeatWh: 1500 } });
  });
});
