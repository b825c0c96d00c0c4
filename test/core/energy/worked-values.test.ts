import { cop } from "@heatloop/core/energy/cop";
import { counterError } from "@heatloop/core/energy/counter-error";
import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayWindow } from "@heatloop/core/energy/day-window";
import { firmwareHeat } from "@heatloop/core/energy/firmware-heat";
import { roundingError } from "@heatloop/core/energy/uncertainty";
import { firmwareHeatPowerW, heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { report } from "@heatloop/core/report";
import { datesBetween, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "#test/core/examples/example-minutes.ts";
import { type ExampleReading, minuteEnds, minutesOf } from "#test/core/examples/example-readings.ts";

const utc = zoneOf("UTC") as Zone;

const none = { heatWh: 0, electricityWh: 0 };

type Use = { readonly heatWh: number; readonly electricityWh: number };

/** A day of which only heating and hot water are made up. */
function dayOf(date: string, uses: { readonly heating: Use; readonly hot_water: Use }): DayEnergy {
  const nothing = dayEnergy({ date, zone: utc, minutes: [], now: Number.POSITIVE_INFINITY });
  const all = {
    heatWh: uses.heating.heatWh + uses.hot_water.heatWh,
    electricityWh: uses.heating.electricityWh + uses.hot_water.electricityWh,
  };
  return {
    ...nothing,
    ...all,
    coolingWh: 0,
    parts: {
      ...nothing.parts,
      heating: { ...nothing.parts.heating, ...uses.heating },
      hot_water: { ...nothing.parts.hot_water, ...uses.hot_water },
    },
    copBasis: { all, ...uses, cooling: none, defrost: none },
  };
}

/** The worked values of docs/energy/sources.md. */
describe("as the page on sources works it out,", () => {
  test.each([
    [18, 32.0, 30.5, 1878, 1],
    [13, 36.5, 31.0, 4970, 5],
    [18, 35.0, 30.0, 6260, 10],
  ])("the firmware shows %d L/min at %d/%d °C as %d W", (flow, warm, cold, watts, off) => {
    expect(Math.abs(firmwareHeatPowerW(flow, warm, cold) - watts)).toBeLessThanOrEqual(off);
  });

  test.each([
    ["heating in January", 1106, 2240, 2.03],
    ["hot water in January", 175, 315, 1.8],
    ["January", 1282, 2556, 1.99],
    ["heating in February", 679, 1568, 2.31],
    ["hot water in February", 115, 226, 1.97],
    ["February", 794, 1794, 2.26],
    ["heating in March", 308, 1042, 3.38],
    ["hot water in March", 92, 185, 2.01],
    ["March", 400, 1228, 3.07],
    ["26 February", 28.4, 64.61, 2.28],
  ])("%s: %d kWh in, %d out is a COP of %d", (_what, electricityKwh, heatKwh, result) => {
    expect(cop(Math.round(heatKwh * 1000), Math.round(electricityKwh * 1000))).toBe(result);
  });

  test.each([
    ["January", "2026-01-01", "2026-01-31", [1106, 2240, 175, 315], [2.03, 1.8, 1.99], [1281, 2555]],
    ["February", "2026-02-01", "2026-02-28", [679, 1568, 115, 226], [2.31, 1.97, 2.26], [794, 1794]],
    ["1 to 25 March", "2026-03-01", "2026-03-25", [308, 1042, 92, 185], [3.38, 2.01, 3.07], [400, 1227]],
  ] as const)(
    "the report of %s has its COPs, and totals that are the sums of the parts",
    (_what, from, to, kwh, cops, sums) => {
      const [heatingIn, heatingOut, hotWaterIn, hotWaterOut] = kwh;
      const dates = datesBetween(from, to);
      const share = (total: number, i: number) =>
        Math.floor((total * 1000 * (i + 1)) / dates.length) - Math.floor((total * 1000 * i) / dates.length);
      const days = dates.map((date, i) =>
        dayOf(date, {
          heating: { heatWh: share(heatingOut, i), electricityWh: share(heatingIn, i) },
          hot_water: { heatWh: share(hotWaterOut, i), electricityWh: share(hotWaterIn, i) },
        }),
      );
      const { total } = report({ device: "p", from, to, zone: utc, now: Number.POSITIVE_INFINITY, days });
      expect([total.parts.heating.cop, total.parts.hot_water.cop, total.cop]).toEqual(cops);
      expect([total.electricityWh, total.heatWh]).toEqual(sums.map((wh) => wh * 1000));
    },
  );

  test.each([
    ["at the same time", 0],
    ["the counter a minute before", 60_000],
  ])(
    "26 February has 28.4 kWh in and 64.61 out by the firmware, where both begin again at midnight, %s",
    (_when, early) => {
      const dayMs = 86_400_000;
      const reported: ExampleReading[] = [];
      for (let at = 0; at < 2 * dayMs; at += 10_000) {
        const since = (at + early) % dayMs;
        reported.push([at, "daily_electricity", Math.floor((Math.min(since, 82_800_000) / 82_800_000) * 284) / 10]);
        reported.push([at, "daily_estimated_heat", Math.round(((at % dayMs) / (dayMs - 10_000)) * 64_610) / 1000]);
      }
      const minutes = minutesOf(reported, minuteEnds(2 * dayMs));
      const [day, next] = [minutes.slice(0, 1440), minutes.slice(1440)];
      const energy = dayEnergy({ date: "1970-01-01", zone: utc, minutes: day, nextDay: next, now: 2 * dayMs });
      const again = dayEnergy({ date: "1970-01-02", zone: utc, minutes: next, now: 2 * dayMs });
      expect(energy.electricityWh).toBe(28_400);
      expect(again.electricityWh).toBe(28_400);
      const heat = firmwareHeat(columnsOfMinutes(day));
      expect(Math.abs((heat?.heatWh ?? 0) - 64_610)).toBeLessThanOrEqual(50);
      expect(cop(64_610, energy.electricityWh)).toBe(2.28);
    },
  );

  test("an hour on one step is off by 0.273 kWh, 4.4 % of its heat", () => {
    const points = { flow_rate: 18, flow_temperature: 35, return_temperature: 30 };
    const minutes = Array.from({ length: 60 }, (_, i) =>
      wholeMinute(i * 60_000, "heating", { heatWh: 104, electricityWh: 0 }, points),
    );
    const { deviationWh } = roundingError(columnsOfMinutes(minutes)).heat;
    expect(deviationWh).toBeCloseTo(273.5, 0);
    expect(deviationWh / heatPowerW(usualHeatFormula, 18, 35, 30)).toBeCloseTo(0.044, 3);
  });

  test("a day at 1 kW without a gap is cut by one step", () => {
    const zone = zoneOf("Europe/Rome") as Zone;
    const start = zone.startOf("2026-01-15");
    const minutes = Array.from({ length: 1440 }, (_, i) =>
      minuteOf(
        start + i * 60_000,
        { electricity_wh: (i + 1) % 6 === 0 ? 100 : 0 },
        { daily_electricity: Math.floor((i + 1) / 6) / 10 },
      ),
    );
    const day = columnsOfMinutes(minutes);
    const window = dayWindow({ date: "2026-01-15", zone, now: Number.POSITIVE_INFINITY, day, next: undefined });
    expect(counterError({ ...window, countedWh: 24_000 })).toEqual({
      wh: 0,
      deviationWh: 0,
      stepsWh: 50,
      stepsHalfWh: 80,
    });
  });
});
