import type { PointId } from "@heatloop/core/catalogue/points";
import type { Value } from "@heatloop/core/catalogue/reading";
import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { figures } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ExampleReading,
  each,
  minuteEnds,
  minutesOf,
  signsOf,
  total,
  waterOf,
} from "#test/core/examples/example-readings.ts";

const operations = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;

/** Laws that every minute keeps, whatever was reported. */
function expectLawful({ figures: f }: Minute, spanMs: number): void {
  const of = (name: keyof Minute["figures"]) => f[name] ?? 0;
  const parts = of("heating_wh") + of("hot_water_wh") + of("defrost_wh") + of("standby_wh");
  expect(of("heat_wh")).toBe(Math.round(parts * 1000) / 1000 + 0);
  const seconds = operations.map((operation) => of(`${operation}_s`));
  expect(Math.min(...seconds, of("covered_s"))).toBeGreaterThanOrEqual(0);
  const knownMs = Math.round(seconds.reduce((sum, s) => sum + s, 0) * 1000);
  expect(knownMs).toBeLessThanOrEqual(spanMs);
  expect(Math.round(of("covered_s") * 1000)).toBeLessThanOrEqual(knownMs);
  expect(f.heat_wh === null).toBe(of("covered_s") === 0);
  for (const figure of figures) expect(Object.is(f[figure], -0)).toBe(false);
}

describe("an hour of one operation, polled each 10.5 s", () => {
  test.each<[(typeof operations)[number], number, number]>([
    ["heating", 32, 30.5],
    ["hot_water", 50, 45],
    ["defrost", 20, 25],
    ["standby", 30, 29.5],
    ["cooling", 12, 17],
  ])("%s at %d/%d °C is the integral, booked on it alone", (operation, flowC, returnC) => {
    const reported = [...signsOf(0, operation), ...each(10_500, 0, 3_600_000, (at) => waterOf(at, 18, flowC, returnC))];
    const minutes = minutesOf(reported, minuteEnds(3_600_000));
    const wh = heatPowerW(usualHeatFormula, 18, flowC, returnC);
    const cooling = operation === "cooling";
    expect(total(minutes, `${operation}_wh`)).toBeCloseTo(cooling ? -wh : wh, 1);
    expect(total(minutes, "heat_wh")).toBeCloseTo(cooling ? 0 : wh, 1);
    for (const other of operations) {
      expect(total(minutes, `${other}_s`)).toBe(other === operation ? 3600 : 0);
      if (other !== operation) expect(total(minutes, `${other}_wh`)).toBe(0);
    }
    expect(total(minutes, "covered_s")).toBe(3600);
    for (const minute of minutes) expectLawful(minute, 60_000);
  });
});

/** Polls with gaps that no value outlives; each reports an operation and the water, its points at times of their own. */
const poll = fc.record({
  gapMs: fc.integer({ min: 4000, max: 25_000 }),
  lateMs: fc.tuple(fc.nat(3000), fc.nat(3000), fc.nat(3000)),
  flow: fc.integer({ min: 0, max: 30 }),
  flowC: fc.integer({ min: 20, max: 110 }).map((half) => half / 2),
  returnC: fc.integer({ min: 20, max: 110 }).map((half) => half / 2),
  operation: fc.option(fc.constantFrom(...operations)),
});
type Poll = typeof poll extends fc.Arbitrary<infer T> ? T : never;

function reportedBy(polls: readonly Poll[]): ExampleReading[] {
  let at = 0;
  const reported = polls.flatMap(({ gapMs, lateMs, flow, flowC, returnC, operation }, i) => {
    at += i === 0 ? 0 : gapMs;
    const late = (k: number) => at + (i === 0 ? 0 : (lateMs[k] ?? 0));
    const water: ExampleReading[] = [
      [late(0), "flow_rate", flow],
      [late(1), "flow_temperature", flowC],
      [late(2), "return_temperature", returnC],
    ];
    return [...(i === 0 || operation ? signsOf(at, operation ?? "heating") : []), ...water];
  });
  return reported.sort((a, b) => a[0] - b[0]);
}

/** The integral of the stepwise signals, heat and cold apart, Wh. */
function integralOf(reported: readonly ExampleReading[], end: number): { heat: number; cold: number } {
  const now = new Map<string, Value>();
  let heat = 0;
  let cold = 0;
  reported.forEach(([at, point, value], i) => {
    now.set(point, value);
    const ms = (reported[i + 1]?.[0] ?? end) - at;
    if (ms === 0 || now.size < 6) return;
    const power = heatPowerW(
      usualHeatFormula,
      Number(now.get("flow_rate")),
      Number(now.get("flow_temperature")),
      Number(now.get("return_temperature")),
    );
    const isCooling = now.get("operation_mode") === "cooling" && now.get("compressor") === true && !now.get("defrost");
    if (isCooling) cold -= (power * ms) / 3_600_000;
    else heat += (power * ms) / 3_600_000;
  });
  return { heat, cold };
}

describe("stepwise signals", () => {
  test("add up to their integral, wherever the minutes end", () => {
    const ends = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { maxLength: 60 });
    fc.assert(
      fc.property(fc.array(poll, { minLength: 1, maxLength: 40 }), ends, (polls, cuts) => {
        const reported = reportedBy(polls);
        const end = (reported.at(-1)?.[0] ?? 0) + 5000;
        const { heat, cold } = integralOf(reported, end);
        const closings = [...cuts.filter((at) => at < end).sort((a, b) => a - b), end];
        for (const borders of [[end], closings]) {
          const minutes = minutesOf(reported, borders);
          // Each minute rounds its parts to 0.001 Wh.
          const rounding = 0.002 * borders.length + 1e-6;
          expect(Math.abs((total(minutes, "heat_wh") ?? 0) - heat)).toBeLessThanOrEqual(rounding);
          expect(Math.abs((total(minutes, "cooling_wh") ?? 0) - cold)).toBeLessThanOrEqual(rounding);
          expect(total(minutes, "covered_s")).toBeCloseTo(end / 1000, 6);
          minutes.forEach((minute, i) => {
            expectLawful(minute, (borders[i] ?? 0) - minute.at);
          });
        }
      }),
    );
  });
});

test("anything that is reported keeps the laws: unknown values, gaps, offline, clocks that are set back", () => {
  const points = ["flow_rate", "flow_temperature", "return_temperature", "operation_mode", "compressor"] as const;
  const others = ["defrost", "online", "immersion_heater", "wifi_signal", "daily_electricity"] as const;
  const value = (point: PointId | "online"): fc.Arbitrary<Value> => {
    if (point === "online") return fc.boolean();
    if (point === "operation_mode") return fc.constantFrom("off", "heating", "hot_water", "cooling", null);
    if (/^(compressor|defrost|immersion_heater)$/.test(point)) return fc.constantFrom(true, false, null);
    return fc.option(fc.integer({ min: 0, max: 60 }));
  };
  const point = fc.constantFrom(...points, ...others);
  const entry = point.chain((id) => fc.tuple(fc.integer({ min: -20_000, max: 90_000 }), fc.constant(id), value(id)));
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 60 }), (entries) => {
      let at = 0;
      let back = 0;
      const reported = entries.map(([gapMs, id, v]): ExampleReading => {
        back += Math.max(0, Math.min(at, -gapMs));
        at = Math.max(0, at + gapMs);
        return [at, id, v];
      });
      const inOrder = reported.filter(([t], i) => reported.slice(0, i).every(([before]) => before <= t));
      for (const minute of minutesOf(inOrder, minuteEnds(at))) expectLawful(minute, 60_000);
      const [whole] = minutesOf(reported, [Number.MAX_SAFE_INTEGER]);
      if (whole !== undefined) expectLawful(whole, at + back + 60_000 + 31_500);
    }),
  );
});
