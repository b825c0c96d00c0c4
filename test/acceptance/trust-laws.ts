import { operations } from "@heatloop/core/live/operation";
import { expect } from "vitest";
import type { RandomDay } from "./random-days.ts";

/** A true value and the range that is shown for it. */
type Shown = { readonly true: number; readonly low: number; readonly high: number };

/** What is shown of each day, beside the truth; the heat of the immersion heater passes no flow sensor. */
const sides = {
  heat: ({ energy, truth }: RandomDay) => shown(truth.heatWh - truth.immersionWh, energy.sources.heat),
  cooling: ({ energy, truth }: RandomDay) => {
    const side = energy.sources.cooling;
    // A day on which nobody cooled proves nothing.
    return truth.coolingWh === 0 && side?.wh === 0 ? undefined : shown(truth.coolingWh, side);
  },
  electricity: ({ energy, truth }: RandomDay) => shown(truth.electricityWh, energy.sources.electricity),
  cop: ({ energy, truth }: RandomDay) => {
    const { copRange, coverage } = energy;
    if (copRange === null || coverage < 0.99) return undefined;
    const heatWh = truth.heatWh - truth.immersionWh + truth.coolingWh;
    return { true: heatWh / (truth.electricityWh - truth.immersionWh), ...copRange };
  },
} as const;
export type ShownSide = keyof typeof sides;

function shown(truth: number, side: { readonly lowWh: number; readonly highWh: number } | null): Shown | undefined {
  return side === null ? undefined : { true: truth, low: side.lowWh, high: side.highWh };
}

export function shownOf(days: readonly RandomDay[], side: ShownSide): Shown[] {
  return days.flatMap((day) => sides[side](day) ?? []);
}

/** The law of an honest range: the truth is in it on 95 of 100 days, and in one half as wide it would not be. */
export function expectHonestRange(days: readonly RandomDay[], side: ShownSide): void {
  const all = shownOf(days, side);
  const share = (scale: number) => {
    const inside = all.filter((each) => {
      const middle = (each.low + each.high) / 2;
      const half = (each.high - each.low) / 2;
      return Math.abs(each.true - middle) <= half * scale + 1e-9;
    });
    return inside.length / all.length;
  };
  expect(share(1), `${side}: share of ${all.length} days whose truth is in the range`).toBeGreaterThanOrEqual(0.95);
  expect(share(0.5), `${side}: share that would be in half the range`).toBeLessThan(0.95);
}

/** Whatever was seen of a day, its parts and its consumers add up to the whole, to the Wh. */
export function expectSums({ energy }: RandomDay): void {
  const { parts, consumers, electricityWh, heatWh, coolingWh, sources, date } = energy;
  const heat = operations.map((operation) => parts[operation].heatWh ?? 0);
  const electricity = Object.values(parts).map((part) => part.electricityWh ?? 0);
  const sum = (values: readonly number[]) => values.reduce((total, wh) => total + wh, 0);
  expect(sum(heat), `${date} heat`).toBe((heatWh ?? 0) + (coolingWh ?? 0));
  expect(sum(electricity), `${date} electricity by use`).toBe(electricityWh ?? 0);
  expect(sum(Object.values(consumers ?? {})), `${date} electricity by consumer`).toBe(electricityWh ?? 0);
  expect(sum(Object.values(parts).map(({ seconds }) => seconds)), `${date} seconds`).toBe(energy.seconds);
  const { heat: side } = sources;
  if (side !== null) expect(side.wh - side.missingWh, `${date} seen heat`).toBeCloseTo(heatWh ?? 0, -0.5);
  if (energy.cop !== null) expect(energy.cop, date).toBeGreaterThan(0);
}
