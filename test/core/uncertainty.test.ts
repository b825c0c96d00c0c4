import { columnsOfMinutes } from "@heatloop/core/day-columns";
import { roundingError } from "@heatloop/core/uncertainty";
import { describe, expect, test } from "vitest";
import { wholeMinute } from "./example-minutes.ts";

const minuteMs = 60_000;
type Water = readonly [flowLMin: number, flowC: number, returnC: number];

function errorOf(minutes: number, water: (minute: number) => Water, operation: "heating" | "cooling" = "heating") {
  return roundingError(
    columnsOfMinutes(
      Array.from({ length: minutes }, (_, i) => {
        const [flow_rate, flow_temperature, return_temperature] = water(i);
        const points = { flow_rate, flow_temperature, return_temperature };
        return wholeMinute(i * minuteMs, operation, { heatWh: 0, electricityWh: 0 }, points);
      }),
    ),
  );
}

const whPerLMinK = (18 * 4180) / 60;

describe("the error of rounded signals", () => {
  test("of an hour that stands on one step is that of a uniform error in each of the three", () => {
    const { heatWh } = errorOf(60, () => [18, 35, 30]);
    const temperature = (whPerLMinK * 0.5) / Math.sqrt(12);
    const flow = (whPerLMinK / 18) * 5 * (1 / Math.sqrt(12));
    expect(heatWh).toBeCloseTo(Math.hypot(temperature, temperature, flow), 3);
    // Of 6.3 kWh some 275 Wh: 4.4 %.
    expect(heatWh / (whPerLMinK * 5)).toBeCloseTo(0.0439, 3);
  });

  test("grows with the time on one step, and with its root where the signals move from step to step", () => {
    const [hour, four] = [errorOf(60, () => [18, 35, 30]), errorOf(240, () => [18, 35, 30])];
    expect(four.heatWh / hour.heatWh).toBeCloseTo(4, 6);
    const moving = errorOf(240, (i) => {
      const hours = Math.floor(i / 60);
      return [18 + (hours % 2), 35 + hours / 2, 30 + hours / 2];
    });
    expect(moving.heatWh / hour.heatWh).toBeGreaterThan(1.9);
    expect(moving.heatWh / hour.heatWh).toBeLessThan(2.2);
  });

  test("is none while no water runs, and is of the side that ran", () => {
    expect(errorOf(60, () => [0, 35, 30])).toEqual({ heatWh: 0, coolingWh: 0, waterL: 0 });
    const cooling = errorOf(60, () => [18, 12, 16], "cooling");
    expect(cooling.heatWh).toBe(0);
    expect(cooling.coolingWh).toBeGreaterThan(200);
    expect(cooling.waterL).toBe(18 * 60);
  });
});
