import { controllerTotals } from "@heatloop/core/controller-totals";
import { type Zone, zoneOf } from "@heatloop/core/local-day";
import type { Minute } from "@heatloop/core/minute";
import { expect, test } from "vitest";
import { minuteOf } from "./example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;

/** The day after, each quarter: what the controller tells from its midnight on, at local hour `fromHour`. */
function nextDay(date: string, fromHour: number, tell: (told: boolean) => Minute["points"]): Minute[] {
  const start = rome.startOf(date);
  const quarters = (rome.endOf(date) - start) / 900_000;
  return Array.from({ length: quarters }, (_, i) => minuteOf(start + i * 900_000, {}, tell(i / 4 >= fromHour)));
}

const heating = (before: number, after: number) => (told: boolean) => ({
  heating_heat_yesterday: told ? after : before,
});

test.each([
  ["at midnight", 0],
  ["by a clock that is an hour behind", 1],
  ["by a clock that is two hours behind", 2],
  ["by a clock that is five hours behind", 5],
])("totals told %s are booked on the day before", (_when, hour) => {
  for (const date of ["2026-01-15", "2026-03-29", "2026-10-25"])
    expect(controllerTotals(nextDay(date, hour, heating(11, 22.5)), rome)?.heatingHeatWh).toBe(22_500);
});

test("a clock that is an hour ahead tells the running day's totals before its end: they are not the day before's", () => {
  const minutes = nextDay("2026-01-15", 23, heating(22.5, 33));
  expect(controllerTotals(minutes, rome)?.heatingHeatWh).toBe(22_500);
});

test("each total is told and kept by itself, to the Wh; 0 is a total, silence is none", () => {
  const minutes = nextDay("2026-01-15", 0, () => ({
    heating_heat_yesterday: 24.04,
    heating_electricity_yesterday: 7.29,
    dhw_heat_yesterday: 3.15,
    cooling_heat_yesterday: 0,
  }));
  expect(controllerTotals(minutes, rome)).toEqual({
    heatingHeatWh: 24_040,
    heatingElectricityWh: 7290,
    hotWaterHeatWh: 3150,
    hotWaterElectricityWh: null,
    coolingHeatWh: 0,
    coolingElectricityWh: null,
  });
});

test("what is told again and again is one total, also after hours in which nothing was known", () => {
  const minutes = nextDay("2026-01-15", 0, heating(11, 22.5)).map((minute, i) =>
    i % 3 === 0 ? minuteOf(minute.at) : minute,
  );
  expect(controllerTotals(minutes, rome)?.heatingHeatWh).toBe(22_500);
});

test("before three in the morning nothing is settled, and a day that told nothing has no totals", () => {
  const minutes = nextDay("2026-01-15", 1, heating(11, 22.5));
  expect(controllerTotals(minutes.slice(0, 12), rome)).toBeNull();
  expect(controllerTotals(minutes.slice(0, 13), rome)?.heatingHeatWh).toBe(22_500);
  expect(controllerTotals([], rome)).toBeNull();
  expect(
    controllerTotals(
      nextDay("2026-01-15", 0, () => ({})),
      rome,
    ),
  ).toBeNull();
});
