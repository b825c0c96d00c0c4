import { type ControllerTotals, controllerTotalsOfDay } from "@heatloop/core/energy/controller-totals";
import { columnsOfMinutes, type DayColumns, noRows } from "@heatloop/core/energy/day-columns";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { dayWindow } from "@heatloop/core/energy/day-window";
import type { Minute } from "@heatloop/core/minute/minute";
import { previousDate, type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import { minuteOf } from "#test/core/examples/example-minutes.ts";

const rome = zoneOf("Europe/Rome") as Zone;

/** The day after, each quarter: what the controller reports from its midnight on, at local hour `fromHour`. */
function nextDay(date: string, fromHour: number, report: (reported: boolean) => Minute["points"]): Minute[] {
  const start = rome.startOf(date);
  const quarters = (rome.endOf(date) - start) / 900_000;
  return Array.from({ length: quarters }, (_, i) => minuteOf(start + i * 900_000, {}, report(i / 4 >= fromHour)));
}

/** The totals of the day before these minutes, of which nothing else is known. */
function totalsBefore(minutes: readonly Minute[]): ControllerTotals | null {
  const date = previousDate(rome.dateOf(minutes[0]?.at ?? 0));
  const next = columnsOfMinutes(minutes);
  const window = dayWindow({ date, zone: rome, now: Number.POSITIVE_INFINITY, day: noRows, next });
  return controllerTotalsOfDay(window, null, null);
}

const heating = (before: number, after: number) => (reported: boolean) => ({
  heating_heat_yesterday: reported ? after : before,
});

test.each([
  ["at midnight", 0],
  ["by a clock that is an hour behind", 1],
  ["by a clock that is two hours behind", 2],
  ["by a clock that is five hours behind", 5],
])("totals reported %s are booked on the day before", (_when, hour) => {
  for (const date of ["2026-01-15", "2026-03-29", "2026-10-25"])
    expect(totalsBefore(nextDay(date, hour, heating(11, 22.5)))?.heatingHeatWh).toBe(22_500);
});

test("a clock that is an hour ahead reports the running day's totals before its end: they are not the day before's", () => {
  const minutes = nextDay("2026-01-15", 23, heating(22.5, 33));
  expect(totalsBefore(minutes)?.heatingHeatWh).toBe(22_500);
});

test("each total is reported and kept by itself, to the Wh; 0 is a total, silence is none", () => {
  const minutes = nextDay("2026-01-15", 0, () => ({
    heating_heat_yesterday: 24.04,
    heating_electricity_yesterday: 7.29,
    dhw_heat_yesterday: 3.15,
    cooling_heat_yesterday: 0,
  }));
  expect(totalsBefore(minutes)).toEqual({
    heatingHeatWh: 24_040,
    heatingElectricityWh: 7290,
    hotWaterHeatWh: 3150,
    hotWaterElectricityWh: null,
    coolingHeatWh: 0,
    coolingElectricityWh: null,
  });
});

test("what is reported again and again is one total, also after hours in which nothing was known", () => {
  const minutes = nextDay("2026-01-15", 0, heating(11, 22.5)).map((minute, i) =>
    i % 3 === 0 ? minuteOf(minute.at) : minute,
  );
  expect(totalsBefore(minutes)?.heatingHeatWh).toBe(22_500);
});

test("before three in the morning nothing is settled, and a day that reported nothing has no totals", () => {
  const minutes = nextDay("2026-01-15", 1, heating(11, 22.5));
  expect(totalsBefore(minutes.slice(0, 12))).toBeNull();
  expect(totalsBefore(minutes.slice(0, 13))?.heatingHeatWh).toBe(22_500);
  expect(totalsBefore([])).toBeNull();
  expect(totalsBefore(nextDay("2026-01-15", 0, () => ({})))).toBeNull();
});

describe("the totals of a day", () => {
  const date = "2026-01-15";
  const dayOf = (report: (reported: boolean) => Minute["points"], of = date, fromHour = 0) =>
    columnsOfMinutes(nextDay(of, fromHour, report));
  const allDay = (points: Minute["points"]) => () => points;
  const reported = {
    heating_heat_yesterday: 24.04,
    heating_electricity_yesterday: 7.29,
    dhw_electricity_yesterday: 1.2,
  };
  const totalsOf = (day: DayColumns, next: DayColumns, countedWh: number | null, ranS: number | null = 3600) =>
    controllerTotalsOfDay(dayWindow({ date, zone: rome, now: Number.POSITIVE_INFINITY, day, next }), countedWh, ranS);
  const next = (points: Minute["points"]) => dayOf(allDay(points), "2026-01-16");

  test("are those shown on the day after, not those shown on the day itself", () => {
    const before = { ...reported, heating_heat_yesterday: 11, heating_electricity_yesterday: 3 };
    expect(totalsOf(dayOf(allDay(before)), next(reported), 8500)?.heatingHeatWh).toBe(24_040);
  });

  test("are not reported where the controller missed its midnight and still shows the old ones", () => {
    expect(totalsOf(dayOf(allDay(reported)), next(reported), 14_000)).toBeNull();
    expect(totalsOf(dayOf(allDay(reported)), next(reported), 8900)).toBeNull();
    expect(totalsOf(dayOf(allDay(reported)), next(reported), null)).toBeNull();
  });

  test("may be the same two days running where the counter matches", () => {
    expect(totalsOf(dayOf(allDay(reported)), next(reported), 8500)?.heatingElectricityWh).toBe(7290);
    const none = { heating_heat_yesterday: 0, heating_electricity_yesterday: 0, dhw_electricity_yesterday: 0 };
    expect(totalsOf(dayOf(allDay(none)), next(none), 0, 0)?.heatingHeatWh).toBe(0);
    expect(totalsOf(dayOf(allDay(none)), next(none), 430, 0)?.heatingHeatWh).toBe(0);
    expect(totalsOf(dayOf(allDay(none)), next(none), 900, 0)).toBeNull();
  });

  test("that are reported before midnight by a clock an hour ahead are still those of the day", () => {
    const own = dayOf((late) => (late ? reported : { ...reported, heating_heat_yesterday: 11 }), date, 23);
    expect(totalsOf(own, next(reported), 8500)?.heatingHeatWh).toBe(24_040);
  });

  test("come from the values nearest to noon, also where a total changes by day", () => {
    const changing = columnsOfMinutes(
      nextDay("2026-01-16", 18, (late) => (late ? { heating_heat_yesterday: 99 } : reported)),
    );
    expect(totalsOf(dayOf(allDay({})), changing, 8500)?.heatingHeatWh).toBe(24_040);
  });

  test("are not the use of the day on which they are shown: their growth from midnight to midnight means nothing", () => {
    const standing = Array.from({ length: 24 }, (_, hour) =>
      minuteOf(
        rome.startOf("2026-02-26") + hour * 3_600_000,
        { electricity_wh: 1000 },
        { dhw_electricity_yesterday: hour < 1 ? 4.2 : 3.81 },
      ),
    );
    const energy = dayEnergy({ date: "2026-02-26", zone: rome, minutes: standing, now: Number.POSITIVE_INFINITY });
    expect(energy).toMatchObject({ electricityWh: 24_000, controller: null });
  });
});
