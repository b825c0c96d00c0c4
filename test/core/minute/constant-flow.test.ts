import { type EnergyColumn, energyColumnNames } from "@heatloop/core/energy/day-columns";
import { dayEnergyOfColumns } from "@heatloop/core/energy/day-energy";
import { roundingError } from "@heatloop/core/energy/uncertainty";
import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { startRandom } from "@heatloop/simulator/physics/random";
import { describe, expect, test } from "vitest";
import { coefficientByEnthalpy } from "#test/support/iapws-97.ts";

const utc = zoneOf("UTC") as Zone;

/** A moment of the water: true flow, flow and return temperature; undefined while the pump is off. */
type Water = readonly [lMin: number, flowC: number, returnC: number] | undefined;

const rounded = ([lMin, flowC, returnC]: NonNullable<Water>) =>
  [Math.round(lMin), Math.round(flowC * 2) / 2, Math.round(returnC * 2) / 2] as const;
/** A controller that cuts off instead of rounding. */
const cutOff = ([lMin, flowC, returnC]: NonNullable<Water>) =>
  [Math.floor(lMin), Math.floor(flowC * 2) / 2, Math.floor(returnC * 2) / 2] as const;

const whOf = ([lMin, flowC, returnC]: readonly [number, number, number]) =>
  heatPowerW(usualHeatFormula, lMin, flowC, returnC) / 60;

/** A day as its signals show it, and its true heat, Wh. */
function dayOf(waterAt: (minute: number) => Water, shown: typeof rounded) {
  let trueWh = 0;
  const unknown = new Float64Array(1440).fill(Number.NaN);
  const named = new Map<EnergyColumn, Float64Array>();
  const put = (name: EnergyColumn, minute: number, value: number) => {
    const column = named.get(name) ?? new Float64Array(1440);
    named.set(name, column);
    column[minute] = value;
  };
  for (let i = 0; i < 1440; i += 1) {
    const water = waterAt(i);
    const reported = water && shown(water);
    trueWh += water === undefined ? 0 : whOf(water);
    const [lMin, flowC, returnC] = reported ?? [0, 30, 30];
    put("covered_s", i, 60);
    put(reported === undefined ? "standby_s" : "heating_s", i, 60);
    put("flow_rate", i, lMin);
    put("flow_temperature", i, flowC);
    put("return_temperature", i, returnC);
    for (const name of ["heat_wh", "heating_wh"] as const) put(name, i, reported === undefined ? 0 : whOf(reported));
  }
  const columns = energyColumnNames.map((name) => named.get(name) ?? unknown);
  const day = { rows: 1440, times: Float64Array.from({ length: 1440 }, (_, i) => i * minuteMs), columns };
  const { heat } = dayEnergyOfColumns({ date: "1970-01-01", zone: utc, columns: day, now: dayMs }).sources;
  if (heat === null) throw new Error("no heat");
  return { trueWh, columns: day, ...heat };
}

/** A random day of a pump at one speed: runs and rests of a quarter hour to three hours, temperatures that wander. */
function randomDay(seed: number): (minute: number) => Water {
  const random = startRandom(seed);
  const lMin = random.between(9, 22);
  const baseC = random.between(26, 40);
  let runs = false;
  let until = 0;
  let [flowC, apartK] = [baseC, random.between(3, 7)];
  return (minute) => {
    if (minute >= until) {
      runs = !runs;
      until = minute + random.between(15, 180);
      flowC = baseC + random.between(-2, 2);
    }
    flowC += random.between(-0.15, 0.17);
    apartK = Math.max(1.5, apartK + random.between(-0.05, 0.05));
    return runs ? [lMin, flowC, flowC - apartK] : undefined;
  };
}

describe("the range of heat at constant flow", () => {
  const runs = (minute: number): Water => (minute % 60 < 30 ? [14.4, 35, 30] : undefined);

  test("has the truth in it: 24 runs of half an hour at 14.4 L/min that are shown as 14, at 35/30 °C", () => {
    const day = dayOf(runs, rounded);
    expect(day.trueWh / day.wh).toBeCloseTo(14.4 / 14, 3);
    expect(day.highWh).toBeGreaterThan(day.trueWh);
    expect(day.lowWh).toBeLessThan(day.wh * (13.6 / 14));
  });

  test("is as wide without cutting off as one error of the flow for all runs makes it, and half of the pipes' difference", () => {
    const day = dayOf(runs, rounded);
    const { heat } = roundingError(day.columns);
    const litres = 24 * 30 * 14;
    const [inReturn, inFlow] = [coefficientByEnthalpy(35, 30, "return"), coefficientByEnthalpy(35, 30, "flow")];
    const whPerK = litres * ((inReturn + inFlow) / 2);
    const flowWh = (whPerK * 5) / 14 / Math.sqrt(12);
    const temperatureWh = (whPerK / Math.sqrt(24)) * (0.5 / Math.sqrt(12));
    const half = 1.96 * Math.hypot(flowWh, temperatureWh, temperatureWh);
    const pipeErrorWh = (litres * 5 * (inReturn - inFlow)) / 2;
    expect(heat.pipeErrorWh).toBeCloseTo(pipeErrorWh, 0);
    expect(Math.abs(day.wh - day.lowWh - half - pipeErrorWh)).toBeLessThan(2);
    expect(Math.abs(day.highWh - day.wh - half - pipeErrorWh - heat.cutOffWh)).toBeLessThan(2);
  });

  test.each([
    ["rounds", rounded],
    ["cuts off", cutOff],
  ])("has the truth in it on 95 of 100 random days, where the controller %s", (_what, shown) => {
    const days = Array.from({ length: 200 }, (_, i) => dayOf(randomDay(1000 + i), shown));
    const inside = days.filter(({ trueWh, lowWh, highWh }) => trueWh >= lowWh && trueWh <= highWh);
    expect(inside.length / days.length).toBeGreaterThanOrEqual(0.95);
  });

  test("is not twice as wide as that takes", () => {
    const days = Array.from({ length: 200 }, (_, i) => dayOf(randomDay(1000 + i), rounded));
    const within = (scale: number) =>
      days.filter(({ trueWh, lowWh, highWh }) => {
        const middle = (lowWh + highWh) / 2;
        return Math.abs(trueWh - middle) <= ((highWh - lowWh) / 2) * scale;
      }).length / days.length;
    expect(within(0.5)).toBeLessThan(0.95);
  });
});
