import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { fittedDay } from "@heatloop/core/energy/fitted-sensors";
import type { Figure } from "@heatloop/core/minute/figures";
import type { Minute } from "@heatloop/core/minute/minute";
import { describe, expect, test } from "vitest";
import { rome } from "#test/core/examples/example-days.ts";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { hoursOfMinutes } from "#test/core/examples/reports-of-minutes.ts";

const date = "2026-01-15";
const startAt = rome.startOf(date);
type Change = { readonly figures?: Partial<Record<Figure, number | null>>; readonly points?: Minute["points"] };

/** A day of heating at 3 kW from 800 W, for so many minutes; the rest is standby. */
function dayOf(runMinutes: number, change: Change): Minute[] {
  return Array.from({ length: 1440 }, (_, i) => {
    const isRunning = i < runMinutes;
    const energy = isRunning ? { heatWh: 50, electricityWh: i % 8 === 7 ? 100 : 0 } : { heatWh: 0, electricityWh: 0 };
    const minute = wholeMinute(startAt + i * 60_000, isRunning ? "heating" : "standby", energy, {
      flow_rate: isRunning ? 15 : 0,
      flow_temperature: 35,
      return_temperature: 32,
      daily_electricity: Math.floor(Math.min(i + 1, runMinutes) / 8) / 10,
      daily_estimated_heat: Math.min(i + 1, runMinutes) * 0.05,
      ...change.points,
    });
    return { ...minute, figures: { ...minute.figures, ...change.figures } };
  });
}
const dayAfter = (change: Minute["points"]) =>
  dayOf(400, { points: change }).map((minute) => ({ ...minute, at: minute.at + 86_400_000 }));
const energyOf = (minutes: readonly Minute[], nextDay: readonly Minute[] = []) =>
  dayEnergy({ date, zone: rome, minutes, nextDay, now: Number.POSITIVE_INFINITY });

const noCounter: Change = { figures: { electricity_wh: 0 }, points: { daily_electricity: 0 } };
const noFlow: Change = { figures: { heat_wh: 0, heating_wh: 0 }, points: { flow_rate: 0 } };

describe("what is not fitted is unknown, not 0", () => {
  test("a counter at 0 through a day of running", () => {
    const day = energyOf(dayOf(400, noCounter));
    expect([day.electricityWh, day.cop, day.sources.electricity]).toEqual([null, null, null]);
    expect(day.quality.electricity_counter).toBeNull();
    expect(day.heatWh).toBe(20_000);
    expect(
      hoursOfMinutes({ date, zone: rome, minutes: dayOf(400, noCounter), now: startAt })[0]?.electricityWh,
    ).toBeNull();
  });

  test("a counter that stays all day at a value that it once reached", () => {
    expect(
      energyOf(dayOf(400, { figures: { electricity_wh: 0 }, points: { daily_electricity: 7.3 } })).electricityWh,
    ).toBeNull();
  });

  test("a flow of 0 through a day of running, also in the minutes of standby", () => {
    const day = energyOf(dayOf(400, noFlow));
    expect([day.heatWh, day.coveredS, day.cop, day.sources.heat]).toEqual([null, 0, null, null]);
    expect(day.gaps).toMatchObject([{ seconds: 86_400, cause: "sensor_unfitted" }]);
    expect(day.electricityWh).toBe(5000);
    expect(hoursOfMinutes({ date, zone: rome, minutes: dayOf(400, noFlow), now: startAt })[0]?.heatWh).toBeNull();
  });

  test("the firmware's estimate at 0, beside what was seen", () => {
    const others = energyOf(dayOf(400, { points: { daily_estimated_heat: 0 } })).sources.heat?.others;
    expect(others).toEqual([]);
    expect(energyOf(dayOf(400, {})).sources.heat?.others).toMatchObject([{ source: "firmware" }]);
  });

  test("an external meter that measures nothing, though it is read all the time", () => {
    const day = energyOf(dayOf(400, { figures: { meter_wh: 0, meter_s: 60, meter_kwh: 812.3 } }));
    expect([day.electricityWh, day.sources.electricity?.source]).toEqual([5000, "counter"]);
  });

  test.each<[string, Minute["points"], (number | null)[] | null]>([
    [
      "all of them",
      {
        heating_heat_yesterday: 0,
        heating_electricity_yesterday: 0,
        dhw_heat_yesterday: 0,
        dhw_electricity_yesterday: 0,
      },
      null,
    ],
    [
      "those of electricity",
      {
        heating_heat_yesterday: 19.2,
        heating_electricity_yesterday: 0,
        dhw_heat_yesterday: 0,
        dhw_electricity_yesterday: 0,
      },
      [19_200, null],
    ],
    [
      "those of heat",
      {
        heating_heat_yesterday: 0,
        heating_electricity_yesterday: 4.9,
        dhw_heat_yesterday: 0,
        dhw_electricity_yesterday: 0,
      },
      [null, 4900],
    ],
    [
      "none",
      {
        heating_heat_yesterday: 19.2,
        heating_electricity_yesterday: 4.9,
        dhw_heat_yesterday: 0,
        dhw_electricity_yesterday: 0,
      },
      [19_200, 4900],
    ],
  ])("the controller's totals of a day of running that are 0: %s", (_what, points, totals) => {
    const { controller } = energyOf(dayOf(400, {}), dayAfter(points));
    expect(controller && [controller.heatingHeatWh, controller.heatingElectricityWh]).toEqual(totals);
  });
});

describe("a constant with a reason counts", () => {
  test.each<[string, number, Change]>([
    ["a day of standby", 0, noCounter],
    ["a run of a quarter of an hour", 15, noCounter],
  ])("the counter: %s", (_what, runMinutes, change) => {
    expect(energyOf(dayOf(runMinutes, change)).electricityWh).toBe(0);
  });

  test("a day with all its sensors is left as it is", () => {
    const columns = columnsOfMinutes(dayOf(400, {}));
    expect(fittedDay(columns).columns).toBe(columns);
  });
});
