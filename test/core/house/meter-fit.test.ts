import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { fitMeters, meterFindings } from "@heatloop/core/house/meter-fit";
import { nextDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, test } from "vitest";

const utc = zoneOf("UTC") as Zone;

/** A hash of a number, from -1 to 1; what is near is not alike. */
function noise(i: number): number {
  let hash = Math.imul(i + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (((hash ^ (hash >>> 13)) >>> 8) % 2001) / 1000 - 1;
}

/** What a litre carries at 1 K, Wh. */
const whPerLK = 1.155;

/** Days of which only what is compared is made up. */
function days(count: number, of: (i: number) => { ownWh: number; controllerWh: number; waterL: number }): DayEnergy[] {
  let date = "2026-01-01";
  return Array.from({ length: count }, (_, i) => {
    const { ownWh, controllerWh, waterL } = of(i);
    const none = dayEnergy({ date, zone: utc, minutes: [], now: Number.POSITIVE_INFINITY });
    date = nextDate(date);
    return {
      ...none,
      complete: true,
      coverage: 1,
      heatWh: ownWh,
      coolingWh: 0,
      waterL,
      waterWhPerK: waterL * whPerLK,
      controller: {
        heatingHeatWh: controllerWh,
        hotWaterHeatWh: 0,
        coolingHeatWh: null,
        heatingElectricityWh: null,
        hotWaterElectricityWh: null,
        coolingElectricityWh: null,
      },
    };
  });
}

/** Days of 10 to 60 kWh; hours of pumping that don't follow the heat. */
const heatOf = (i: number) => 35_000 + 25_000 * noise(i);
const waterOf = (i: number) => 14_000 + 8_000 * noise(i + 1000);

describe("weeks of days beside the controller's totals", () => {
  test.each([1.01, 1.05, 1.09])("that are %d of ours, near to the usual 1.05, find nothing", (ratio) => {
    const fair = days(30, (i) => ({
      ownWh: heatOf(i),
      controllerWh: heatOf(i) * ratio * (1 + 0.02 * noise(i + 50)),
      waterL: waterOf(i),
    }));
    expect(meterFindings(fair)).toEqual([]);
  });

  test("that are off in proportion name the flow rate and offer its factor", () => {
    const off = days(30, (i) => ({
      ownWh: heatOf(i),
      controllerWh: heatOf(i) * 1.12 + 200 * noise(i + 50),
      waterL: waterOf(i),
    }));
    const [finding] = meterFindings(off);
    expect(finding?.kind).toBe("flow");
    expect((finding?.days ?? 0) + (finding?.outliers ?? 0)).toBe(30);
    expect(finding?.ratio).toBeCloseTo(1.12, 2);
    expect(finding?.correction).toEqual({ factor: expect.closeTo(1.12 * 0.95, 2) });
  });

  test("that are off with the water name a temperature sensor and offer its difference", () => {
    const off = days(30, (i) => ({
      ownWh: heatOf(i),
      controllerWh: (heatOf(i) - waterOf(i) * whPerLK * 0.4) / 0.95 + 200 * noise(i + 50),
      waterL: waterOf(i),
    }));
    const [finding] = meterFindings(off);
    expect(finding).toMatchObject({ kind: "temperature" });
    expect(finding?.correction).toEqual({ differenceK: expect.closeTo(-0.4, 1) });
  });

  test("of which some were wild are not carried away by them", () => {
    const wild = days(30, (i) => ({
      ownWh: heatOf(i),
      controllerWh: heatOf(i) * (i % 7 === 0 ? 3 : 1.12),
      waterL: waterOf(i),
    }));
    const [finding] = meterFindings(wild);
    expect(finding?.ratio).toBeCloseTo(1.12, 2);
    expect(finding?.outliers).toBe(5);
  });

  test.each([
    [
      "fewer than two weeks",
      days(13, (i) => ({ ownWh: heatOf(i), controllerWh: heatOf(i) * 1.3, waterL: waterOf(i) })),
    ],
    ["days of next to nothing", days(30, () => ({ ownWh: 800, controllerWh: 1600, waterL: 500 }))],
    [
      "days with gaps",
      days(30, (i) => ({ ownWh: heatOf(i), controllerWh: heatOf(i) * 1.3, waterL: waterOf(i) })).map((day) => ({
        ...day,
        complete: false,
        coverage: 0.8,
      })),
    ],
  ])("that are %s find nothing", (_what, few) => {
    expect(meterFindings(few)).toEqual([]);
  });

  /** By an external meter that shows 7 % more than the counter. */
  const metered = (of: Partial<DayEnergy> = {}) =>
    days(21, () => ({ ownWh: 0, controllerWh: 0, waterL: 0 })).map((day, i) => ({
      ...day,
      ...of,
      sources: {
        heat: null,
        cooling: null,
        electricity: {
          source: "meter" as const,
          wh: Math.round(10_700 + 400 * noise(i)),
          missingWh: 0,
          lowWh: 0,
          highWh: 0,
          others: [{ source: "counter" as const, wh: Math.round((10_700 + 400 * noise(i)) / 1.07), differenceWh: 0 }],
        },
      },
    }));

  test("with an external meter offer the correction of the heat pump's own counter", () => {
    expect(meterFindings(metered())).toEqual([
      expect.objectContaining({ kind: "counter", correction: { factor: expect.closeTo(1.07, 3) } }),
    ]);
  });

  const immersion = { immersionWh: 500, heatWh: 1500, electricityWh: 800, cop: 1.88 };
  test.each<[what: string, of: Partial<DayEnergy>]>([
    ["pumps", { copBoundary: "H3" }],
    ["pumps, on days of the immersion heater", { copBoundary: "H2", withImmersion: { boundary: "H3", ...immersion } }],
    [
      "the immersion heater that ran",
      {
        copBoundary: "H2",
        withImmersion: { boundary: "H4", ...immersion },
        consumers: { compressor: 1, booster_heater: 0, immersion_heater: 0, pump: 0, standby: 0, unknown: 0 },
      },
    ],
  ])("with an external meter that does not see %s are not compared with the counter, which does", (_, of) => {
    expect(meterFindings(metered(of))).toEqual([]);
  });
});

test("the ratio of two meters is found through noise and a quarter of wild days, and lies in its range", () => {
  const pairs = fc.record({
    ratio: fc.double({ min: 0.6, max: 1.6, noNaN: true }),
    seed: fc.integer({ min: 0, max: 10_000 }),
    count: fc.integer({ min: 24, max: 90 }),
    wild: fc.double({ min: 0, max: 0.2, noNaN: true }),
  });
  fc.assert(
    fc.property(pairs, ({ ratio, seed, count, wild }) => {
      const fit = fitMeters(
        Array.from({ length: count }, (_, i) => {
          const ownWh = 30_000 + 20_000 * noise(seed + i);
          const isWild = (noise(seed + i + 500) + 1) / 2 < wild;
          const factor = isWild ? ratio * 4 : ratio * (1 + 0.02 * noise(seed + i + 900));
          return { date: "", ownWh, otherWh: ownWh * factor };
        }),
      );
      expect(fit?.ratio).toBeGreaterThan(ratio * 0.985);
      expect(fit?.ratio).toBeLessThan(ratio * 1.015);
      expect(fit?.low).toBeLessThanOrEqual(fit?.ratio ?? 0);
      expect(fit?.high).toBeGreaterThanOrEqual(fit?.ratio ?? 0);
    }),
  );
});
