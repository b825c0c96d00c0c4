import { type DayEnergy, parts } from "@heatloop/core/energy/day-energy";
import { operations } from "@heatloop/core/live/operation";
import { expect } from "vitest";
import type { Month } from "./month.ts";

/** Within a share of the expected value or an absolute difference, whichever is more. */
function near(actual: number | null, expected: number, share: number, leastWh: number, what: string): void {
  const allowed = Math.max(Math.abs(expected) * share, leastWh);
  expect(
    Math.abs((actual ?? Number.NaN) - expected),
    `${what}: ${actual} Wh, should be ${expected} Wh`,
  ).toBeLessThanOrEqual(allowed);
}

/** What must hold on every day of a month that was seen without a gap. */
export function expectMonthToMatchItsLedger({ days, ledger }: Month): void {
  for (const day of days) {
    const truth = ledger.get(day.date)?.published;
    if (truth === undefined) throw new Error(`the ledger has no ${day.date}`);
    near(day.heatWh, truth.heatWh, 0.005, 100, `${day.date} heat`);
    near(day.coolingWh, truth.coolingWh, 0.005, 100, `${day.date} cooling`);
    near(day.electricityWh, truth.electricityWh, 0.005, 100, `${day.date} electricity`);
    for (const operation of operations) {
      const part = truth.parts[operation];
      near(day.parts[operation].heatWh, part.heatWh, 0.03, 300, `${day.date} heat of ${operation}`);
      near(
        day.parts[operation].electricityWh,
        part.electricityWh,
        0.03,
        300,
        `${day.date} electricity of ${operation}`,
      );
    }
    expectPartsToAddUp(day);
    expect(day.starts, `${day.date} starts`).toBe(truth.starts);
    expect(day.defrosts, `${day.date} defrosts`).toBe(truth.defrosts);
    expect(day.coverage, `${day.date} coverage`).toBeGreaterThan(0.995);
  }
}

function expectPartsToAddUp(day: DayEnergy): void {
  const electricityWh = parts.reduce((sum, part) => sum + (day.parts[part].electricityWh ?? 0), 0);
  const heatWh = parts.reduce((sum, part) => sum + (day.parts[part].heatWh ?? 0), 0);
  expect(electricityWh, `${day.date} electricity of the parts`).toBe(day.electricityWh);
  expect(heatWh, `${day.date} heat of the parts`).toBe((day.heatWh ?? 0) + (day.coolingWh ?? 0));
}
