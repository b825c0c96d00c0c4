import { columnsOfMinutes } from "@heatloop/core/energy/day-columns";
import { roundingError } from "@heatloop/core/energy/uncertainty";
import { heatFormula } from "@heatloop/core/heat/heat-formula";
import { minuteMs } from "@heatloop/core/time/durations";
import { describe, expect, test } from "vitest";
import { wholeMinute } from "#test/core/examples/example-minutes.ts";
import { coefficientByEnthalpy } from "#test/support/iapws-97.ts";

type Water = readonly [flowLMin: number, flowC: number, returnC: number];

function columnsOf(minutes: number, water: (minute: number) => Water, operation: "heating" | "cooling" = "heating") {
  return columnsOfMinutes(
    Array.from({ length: minutes }, (_, i) => {
      const [flow_rate, flow_temperature, return_temperature] = water(i);
      const points = { flow_rate, flow_temperature, return_temperature };
      return wholeMinute(i * minuteMs, operation, { heatWh: 0, electricityWh: 0 }, points);
    }),
  );
}

function errorOf(...of: Parameters<typeof columnsOf>) {
  return roundingError(columnsOf(...of));
}

const [inReturn, inFlow] = [coefficientByEnthalpy(35, 30, "return"), coefficientByEnthalpy(35, 30, "flow")];
/** What 18 L/min carry in an hour at 1 K, Wh. */
const whPerK = 18 * 60 * ((inReturn + inFlow) / 2);

describe("the error of rounded signals", () => {
  test("of an hour in which nothing moves is that of a uniform error in each of the three", () => {
    const { heat } = errorOf(60, () => [18, 35, 30]);
    const temperature = (whPerK * 0.5) / Math.sqrt(12);
    const flow = (whPerK / 18) * 5 * (1 / Math.sqrt(12));
    expect(heat.deviationWh).toBeCloseTo(Math.hypot(temperature, temperature, flow), 1);
    // Of 6.2 kWh some 274 Wh: 4.4 %.
    expect(heat.deviationWh / (whPerK * 5)).toBeCloseTo(0.0439, 3);
  });

  test("grows with the time on one step, and with its root where the signals move from step to step", () => {
    const [hour, four] = [errorOf(60, () => [18, 35, 30]), errorOf(240, () => [18, 35, 30])];
    expect(four.heat.deviationWh / hour.heat.deviationWh).toBeCloseTo(4, 6);
    const moving = errorOf(240, (i) => {
      const hours = Math.floor(i / 60);
      return [17 + hours, 35 + hours / 2, 30 + hours / 2];
    });
    expect(moving.heat.deviationWh / hour.heat.deviationWh).toBeGreaterThan(1.9);
    expect(moving.heat.deviationWh / hour.heat.deviationWh).toBeLessThan(2.2);
  });

  test("is none while no water runs, and is of the side that ran", () => {
    const none = { deviationWh: 0, cutOffWh: 0, pipeErrorWh: 0 };
    expect(errorOf(60, () => [0, 35, 30])).toEqual({ heat: none, cooling: none, waterL: 0, waterWhPerK: 0 });
    const cooling = errorOf(60, () => [18, 12, 16], "cooling");
    expect(cooling.heat).toEqual(none);
    expect(cooling.cooling.deviationWh).toBeGreaterThan(200);
    expect(cooling.waterL).toBe(18 * 60);
  });

  test("of the flow rate is the same each time a level comes back, that of a temperature another one", () => {
    // Runs of half an hour, with half an hour between them, from 1 to 24 of them.
    const runs = (count: number) => errorOf(60 * count, (i) => [i % 60 < 30 ? 14 : 0, 35, 30]).heat.deviationWh;
    const litresAt = (count: number) => count * 30 * ((inReturn + inFlow) / 2);
    for (const count of [1, 5, 24]) {
      const flow = (litresAt(count) * 5) / Math.sqrt(12);
      const temperature = (14 * litresAt(1) * 0.5 * Math.sqrt(count)) / Math.sqrt(12);
      expect(runs(count)).toBeCloseTo(Math.hypot(flow, temperature, temperature), 0);
    }
  });

  test("of another level is another one, however often they take turns", () => {
    const turns = errorOf(240, (i) => [i % 20 < 10 ? 14 : 17, 35, 30]).heat.deviationWh;
    const inOne = errorOf(240, () => [15.4, 35, 30]).heat.deviationWh;
    const temperatureOnly = (240 / 60) * 15.5 * 60 * 0.5 * ((inReturn + inFlow) / 2) * Math.sqrt(2 / 12);
    const flowOf = (all: number) => Math.sqrt(all ** 2 - temperatureOnly ** 2);
    expect(flowOf(turns) / flowOf(inOne)).toBeCloseTo(Math.SQRT1_2, 1);
  });
});

describe("what is not known", () => {
  test("is half a step of the flow rate more, where the controller cuts off instead of rounding", () => {
    const { heat } = errorOf(60, () => [18, 35, 30]);
    expect(heat.cutOffWh).toBeCloseTo((whPerK * 5) / 18 / 2, 1);
    expect(errorOf(60, () => [18, 12, 16], "cooling").cooling.cutOffWh).toBeGreaterThan(100);
  });

  test("is assumed to be the pipe of the flow sensor, unless the settings name it", () => {
    const day = columnsOf(60, () => [18, 35, 30]);
    expect(roundingError(day).heat.pipeErrorWh).toBeCloseTo(
      (((inReturn - inFlow) / 2) * whPerK * 5 * 2) / (inReturn + inFlow),
      1,
    );
    const certain = heatFormula({ flowSensor: "return", glycolPercent: 0 });
    expect(roundingError(day, undefined, certain).heat.pipeErrorWh).toBe(0);
  });
});
