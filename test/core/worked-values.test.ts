import { counterError } from "@heatloop/core/counter-error";
import { columnsOfMinutes } from "@heatloop/core/day-columns";
import { cop } from "@heatloop/core/day-energy";
import { dayWindow } from "@heatloop/core/day-window";
import { heatPowerW } from "@heatloop/core/heat";
import { type Zone, zoneOf } from "@heatloop/core/local-day";
import { roundingError } from "@heatloop/core/uncertainty";
import { describe, expect, test } from "vitest";
import { minuteOf, wholeMinute } from "./example-minutes.ts";

/** The worked values of docs/energy/sources.md. */
describe("as the page on sources works it out,", () => {
  test.each([
    [18, 32.0, 30.5, 1878, 1],
    [13, 36.5, 31.0, 4970, 5],
    [18, 35.0, 30.0, 6260, 10],
  ])("%d L/min at %d/%d °C carry %d W", (flow, warm, cold, watts, off) => {
    expect(Math.abs(heatPowerW(flow, warm, cold) - watts)).toBeLessThanOrEqual(off);
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

  test("an hour on one step is off by 0.275 kWh, 4.4 % of its heat", () => {
    const points = { flow_rate: 18, flow_temperature: 35, return_temperature: 30 };
    const minutes = Array.from({ length: 60 }, (_, i) =>
      wholeMinute(i * 60_000, "heating", { heatWh: 104, electricityWh: 0 }, points),
    );
    const { heatWh } = roundingError(columnsOfMinutes(minutes));
    expect(heatWh).toBeCloseTo(275, 0);
    expect(heatWh / heatPowerW(18, 35, 30)).toBeCloseTo(0.044, 3);
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
