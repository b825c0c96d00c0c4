import { dayEnergy } from "@heatloop/core/energy/day-energy";
import { heatPowerW } from "@heatloop/core/heat/heat";
import { usualHeatFormula } from "@heatloop/core/heat/heat-formula";
import type { Operation } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import { hourMs } from "@heatloop/core/time/durations";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { describe, expect, test } from "vitest";
import {
  type ExampleReading,
  each,
  minuteEnds,
  minutesOf,
  signsOf,
  waterOf,
} from "#test/core/examples/example-readings.ts";

const utc = zoneOf("UTC") as Zone;
const pollMs = 10_500;

/** What the heat pump does from an hour of the day on: electricity, flow, temperatures and compressor speed. */
type Stage = readonly [
  hour: number,
  Operation,
  watts: number,
  flow: number,
  flowC: number,
  returnC: number,
  hz: number,
];

const winter: readonly Stage[] = [
  [0, "standby", 20, 0, 30, 29, 0],
  [6, "heating", 1000, 18, 35, 30.5, 40],
  [7, "defrost", 1100, 18, 24, 30, 60],
  [7.1, "heating", 1000, 18, 35, 30.5, 40],
  [8.1, "standby", 20, 0, 30, 29, 0],
  [13, "hot_water", 1750, 18, 52, 47, 70],
  [13.75, "standby", 20, 0, 30, 29, 0],
];
const summer: readonly Stage[] = [
  [0, "standby", 20, 0, 24, 24, 0],
  [5, "hot_water", 1400, 18, 50, 44.5, 60],
  [5.75, "standby", 20, 0, 24, 24, 0],
  [12, "cooling", 700, 18, 12, 16, 30],
  [17, "standby", 20, 0, 24, 24, 0],
];

function stageAt(stages: readonly Stage[], at: number): Stage {
  const stage = stages.findLast(([hour]) => hour * hourMs <= at);
  if (stage === undefined) throw new Error(`nothing at ${at}`);
  return stage;
}

function reportedBy(stages: readonly Stage[]): {
  reported: ExampleReading[];
  electricityWh: Map<Operation, number>;
  heatWh: Map<Operation, number>;
} {
  const electricityWh = new Map<Operation, number>();
  const heatWh = new Map<Operation, number>();
  let usedWh = 0;
  const reported = each(pollMs, 0, 24 * hourMs, (at) => {
    const [, operation, watts, flow, flowC, returnC, hz] = stageAt(stages, at);
    const hours = Math.min(pollMs, 24 * hourMs - at) / hourMs;
    const counter: ExampleReading = [at, "daily_electricity", Math.floor(usedWh / 100) / 10];
    usedWh += watts * hours;
    electricityWh.set(operation, (electricityWh.get(operation) ?? 0) + watts * hours);
    const heat = heatPowerW(usualHeatFormula, flow, flowC, returnC) * hours;
    heatWh.set(operation, (heatWh.get(operation) ?? 0) + (operation === "cooling" ? -heat : heat));
    return [...signsOf(at, operation), ...waterOf(at, flow, flowC, returnC), [at, "compressor_frequency", hz], counter];
  });
  return { reported, electricityWh, heatWh };
}

describe.each([
  ["winter: two hours of heating with a defrost, 45 minutes of hot water", winter],
  ["summer: 45 minutes of hot water, five hours of cooling", summer],
])("a day of %s", (_what, stages) => {
  const { reported, electricityWh, heatWh } = reportedBy(stages);
  const minutes: Minute[] = minutesOf(reported, minuteEnds(24 * hourMs));
  const energy = dayEnergy({ date: "1970-01-01", zone: utc, minutes, now: 24 * hourMs });
  const operations = [...electricityWh.keys()];

  test("is reported complete, with the electricity of the counter", () => {
    const used = [...electricityWh.values()].reduce((sum, wh) => sum + wh, 0);
    expect(energy.complete).toBe(true);
    expect(Math.abs((energy.electricityWh ?? 0) - used)).toBeLessThan(100);
    expect(energy.runMinutes).toBe(Math.round(stages === winter ? 171 : 345));
  });

  test.each(operations)("has the heat of %s to the Wh, and its electricity within 0.1 kWh", (operation) => {
    const part = energy.parts[operation];
    expect(Math.abs((part.heatWh ?? 0) - (heatWh.get(operation) ?? 0))).toBeLessThan(2);
    expect(Math.abs((part.electricityWh ?? 0) - (electricityWh.get(operation) ?? 0))).toBeLessThan(100);
  });

  test("has COPs within a tenth of the true ones", () => {
    for (const operation of ["heating", "hot_water", "cooling"] as const) {
      const truth = (heatWh.get(operation) ?? 0) / (electricityWh.get(operation) ?? Number.NaN);
      if (Number.isNaN(truth)) expect(energy.parts[operation].cop).toBeNull();
      else expect(Math.abs((energy.parts[operation].cop ?? 0) / truth - 1)).toBeLessThan(0.1);
    }
  });

  test("is the same when two hours of it were not seen, except for the events in them", () => {
    const seen = minutes.filter(({ at }) => at < 14 * hourMs || at >= 16 * hourMs);
    const gappy = dayEnergy({ date: "1970-01-01", zone: utc, minutes: seen, now: 24 * hourMs });
    expect(gappy.coverage).toBeCloseTo(22 / 24, 9);
    expect(gappy.complete).toBe(false);
    for (const operation of ["heating", "hot_water", "defrost"] as const)
      expect(gappy.parts[operation].heatWh).toBe(energy.parts[operation].heatWh);
  });
});
