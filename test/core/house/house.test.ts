import { timelineOf } from "@heatloop/core/energy/timeline";
import { outdoorOf } from "@heatloop/core/events/outdoor";
import {
  expectedAgainstReal,
  type House,
  type HouseDay,
  heatDemandW,
  hotWaterBaseLoad,
  houseModel,
} from "@heatloop/core/house/house";
import { houseDayOf } from "@heatloop/core/house/house-day";
import { nextDate } from "@heatloop/core/time/local-day";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minutesOf, romeZone } from "#test/core/examples/example-day.ts";

function date(index: number): string {
  let found = "2025-10-01";
  for (let i = 0; i < index; i += 1) found = nextDate(found);
  return found;
}

const day = (index: number, outdoorC: number | null, heatW: number | null, more: Partial<HouseDay> = {}): HouseDay => ({
  date: date(index),
  outdoorC,
  heatingWh: heatW === null ? null : heatW * 24,
  hotWaterWh: 5000,
  hours: 24,
  coverage: 1,
  ...more,
});

const demandW = (lossWPerK: number, baseC: number, outdoorC: number) => Math.max(0, lossWPerK * (baseC - outdoorC));

/** A year's worth of outdoor temperatures, cold and warm. */
const temperatures = Array.from({ length: 120 }, (_, i) => 9 + 13 * Math.sin(i / 7) + 3 * Math.sin(i * 2.3));

function houseFrom(days: readonly HouseDay[]): House {
  const model = houseModel(days);
  if (model.house === null) throw new Error(model.why);
  return model.house;
}

describe("a house", () => {
  it("is found with its heat loss and base temperature, a fifth of its days wild", () => {
    const loss = fc.integer({ min: 60, max: 450 });
    const base = fc.integer({ min: 13, max: 19 });
    const wild = fc.array(fc.integer({ min: 0, max: 20_000 }), { minLength: 24, maxLength: 24 });
    fc.assert(
      fc.property(loss, base, wild, (lossWPerK, baseC, thrown) => {
        const days = temperatures.map((outdoorC, i) =>
          day(i, outdoorC, i % 5 === 0 ? (thrown[i / 5] ?? 0) : demandW(lossWPerK, baseC, outdoorC)),
        );
        const house = houseFrom(days);
        expect(Math.abs(house.heatLossWPerK / lossWPerK - 1)).toBeLessThan(0.03);
        expect(Math.abs(house.baseTemperatureC - baseC)).toBeLessThan(0.5);
      }),
      { numRuns: 60 },
    );
  });

  it("is not bent by summer, when nothing is heated, nor by days with much sun near the base temperature", () => {
    const days = temperatures.map((outdoorC, i) => {
      const sunny = outdoorC > 14 ? 0.5 : 1;
      return day(i, outdoorC, demandW(150, 17, outdoorC) * sunny);
    });
    const house = houseFrom(days);
    expect(house.heatLossWPerK).toBeGreaterThan(145);
    expect(house.heatLossWPerK).toBeLessThan(160);
  });

  it("names the days that it left out, and what its line is made of", () => {
    const days = temperatures.map((outdoorC, i) => day(i, outdoorC, demandW(150, 17, outdoorC) + ((i * 7) % 11) * 4));
    const cold = days.findIndex(({ outdoorC }) => outdoorC !== null && outdoorC < 5);
    days[cold] = day(cold, days[cold]?.outdoorC ?? 0, 9000);
    const house = houseFrom(days);
    expect(house.outliers).toEqual([date(cold)]);
    expect(house.spreadW).toBeGreaterThan(5);
    expect(house.spreadW).toBeLessThan(40);
    expect(house.fromOutdoorC).toBeCloseTo(Math.min(...temperatures), 9);
    expect(house.toOutdoorC).toBeLessThan(house.baseTemperatureC);
  });

  it.each([
    ["few days are known", temperatures.slice(0, 6), 150, "too_few_days"],
    ["no day was cold", temperatures.map(() => 22), 150, "too_few_days"],
    ["all days were alike", temperatures.map(() => 3), 150, "too_little_cold"],
    ["more heat goes with more warmth", temperatures.map((outdoorC) => outdoorC - 20), -150, "no_relation"],
  ])("is not known where %s", (_, outdoors, lossWPerK, why) => {
    const days = outdoors.map((outdoorC, i) => day(i, outdoorC, 4000 + lossWPerK * (10 - outdoorC)));
    expect(houseModel(days)).toEqual({ house: null, why });
  });

  it("is not learned from days that were seen in part, or whose heat or weather is not known", () => {
    const good = temperatures.map((outdoorC, i) => day(i, outdoorC, demandW(150, 17, outdoorC)));
    const bad = [day(200, 0, 9000, { coverage: 0.5 }), day(201, null, 9000), day(202, 0, null)];
    expect(houseModel([...good, ...bad])).toEqual(houseModel(good));
  });

  it("of days of 23 and 25 hours is the same", () => {
    const scaled = temperatures.map((outdoorC, i) => {
      const hours = i % 5 === 0 ? 23 : 25;
      return day(i, outdoorC, 0, { hours, heatingWh: demandW(150, 17, outdoorC) * hours });
    });
    expect(houseFrom(scaled).heatLossWPerK).toBeCloseTo(150, 6);
  });
});

describe("what a house needs", () => {
  const house = houseFrom(
    temperatures.map((outdoorC, i) => day(i, outdoorC, demandW(150, 17, outdoorC) + (((i * 7) % 11) - 5) * 20)),
  );

  it("at the design temperature is its line prolonged, and nothing above the base temperature", () => {
    expect(heatDemandW(house, -10)).toBeCloseTo(house.heatLossWPerK * (house.baseTemperatureC + 10), 9);
    expect(heatDemandW(house, -10)).toBeGreaterThan(3900);
    expect(heatDemandW(house, -10)).toBeLessThan(4200);
    expect(heatDemandW(house, 25)).toBe(0);
  });

  it.each([
    ["as expected", 2250, "as_expected"],
    ["more", 3400, "more"],
    ["less", 900, "less"],
  ] as const)("yesterday is reported to be %s", (_, heatW, verdict) => {
    const found = expectedAgainstReal(house, day(130, 2, heatW));
    expect(found?.verdict).toBe(verdict);
    expect(found?.realWh).toBeCloseTo(heatW * 24, 6);
    expect(found?.expectedWh).toBeCloseTo(heatDemandW(house, 2) * 24, 6);
    expect(found?.differenceWh).toBeCloseTo((found?.realWh ?? 0) - (found?.expectedWh ?? 0), 6);
    expect(found?.differenceShare).toBeCloseTo((found?.differenceWh ?? 0) / (found?.expectedWh ?? 1), 9);
  });

  it("of an unknown day is not reported, and a share of nothing neither", () => {
    expect(expectedAgainstReal(house, day(130, null, 2000))).toBeNull();
    expect(expectedAgainstReal(house, day(130, 25, 0))).toMatchObject({ expectedWh: 0, differenceShare: null });
  });
});

describe("hot water", () => {
  it("has the median of the days as its base load, a party left aside", () => {
    const heats = [5000, 5200, 4800, 5100, 4900, 5000, 5000, 5300, 4700, 5000, 30_000];
    const load = hotWaterBaseLoad(heats.map((hotWaterWh, i) => day(i, 5, 1000, { hotWaterWh })));
    expect(load?.whPerDay).toBe(5000);
    expect(load?.spreadWh).toBeLessThan(400);
  });

  it("has no base load before ten days", () => {
    expect(hotWaterBaseLoad([day(1, 5, 1000)])).toBeNull();
  });
});

describe("the weather of a day", () => {
  const zone = romeZone();
  const at = (temperatures_: readonly (number | null)[], seconds: number) =>
    outdoorOf(
      timelineOf({
        date: "2026-01-15",
        zone,
        minutes: minutesOf(
          zone.startOf("2026-01-15"),
          temperatures_.map((outdoor_temperature) => ({
            seconds,
            operation: "standby",
            points: { outdoor_temperature },
          })),
        ),
      }),
    );
  const energy = { date: "2026-01-15", seconds: 86_400, coverage: 1 };
  const part = (heatWh: number | null) => ({ heatWh, electricityWh: 0, cop: null, seconds: 0 });
  const parts = {
    heating: part(30_000),
    hot_water: part(6000),
    defrost: part(-900),
    standby: part(100),
    cooling: part(0),
    unknown: part(null),
  };

  it("is the mean, the lowest and the highest temperature", () => {
    expect(at([2, 8], 43_200)).toEqual({ meanC: 5, lowestC: 2, highestC: 8, minutes: 1440 });
    expect(at([null], 3600)).toEqual({ meanC: null, lowestC: null, highestC: null, minutes: 0 });
  });

  it("counts for the house where it was seen nearly all day, and heating is with defrosts and after-run", () => {
    expect(houseDayOf({ ...energy, parts }, at([2, 8], 43_200))).toMatchObject({
      outdoorC: 5,
      heatingWh: 29_200,
      hotWaterWh: 6000,
      hours: 24,
    });
    expect(houseDayOf({ ...energy, parts }, at([2], 43_200)).outdoorC).toBeNull();
    expect(houseDayOf({ ...energy, parts: { ...parts, heating: part(null) } }, at([2], 86_400)).heatingWh).toBeNull();
  });
});
