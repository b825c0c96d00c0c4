import type { DayElectricity } from "./day-electricity.ts";
import { operations } from "./operation.ts";
import { coverageFactor, type SignalError } from "./uncertainty.ts";

/** What a COP is of: both sides of the time in which both were seen, whole Wh, without the immersion heater. */
export type CopOf = { readonly heatWh: number; readonly electricityWh: number };

/** `all` is heat and cold of every operation. */
export const copParts = ["all", "heating", "hot_water", "cooling"] as const;
export type CopPart = (typeof copParts)[number];
export type CopBasis = Readonly<Record<CopPart, CopOf>>;

/** The true COP lies between these in 95 of 100 days, as far as it is known what can be wrong. */
export type CopRange = { readonly low: number; readonly high: number };

/**
 * Heat and electricity with the immersion heater on both sides: heatpumpmonitor.org's boundary H4, with all heaters,
 * pumps and controls. Its heat is its electricity, estimated by its rated power.
 */
export type WithImmersion = {
  readonly boundary: "H4";
  readonly immersionWh: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly cop: number | null;
};

/** How uncertain the electricity is that was given to time of unknown operation. */
const unknownShare = 0.3;

export function copBasisOf({ use }: DayElectricity): CopBasis {
  const { heatWh, electricityWh, immersionWh } = use.paired;
  const sum = (by: Readonly<Record<(typeof operations)[number], number>>) =>
    operations.reduce((total, operation) => total + by[operation], 0);
  const of = (heat: number, electricity: number, immersion: number) => ({
    heatWh: Math.round(heat) + 0,
    electricityWh: Math.max(0, Math.round(electricity - immersion)),
  });
  return {
    all: of(sum(heatWh), sum(electricityWh), sum(immersionWh)),
    heating: of(heatWh.heating, electricityWh.heating, immersionWh.heating),
    hot_water: of(heatWh.hot_water, electricityWh.hot_water, immersionWh.hot_water),
    cooling: of(heatWh.cooling, electricityWh.cooling, immersionWh.cooling),
  };
}

/** The range of a day's COP; `stepsWh` and `stepsHalfWh` are what the borders of the day cut off the counter. */
export function copRangeOf(
  cop: number,
  { heatWh, electricityWh }: CopOf,
  of: {
    readonly errors: readonly SignalError[];
    readonly stepsWh: number;
    readonly stepsHalfWh: number;
    readonly unknownElectricityWh: number;
  },
): CopRange {
  const electricity = electricityWh + of.stepsWh;
  const sum = (wh: (error: SignalError) => number) => of.errors.reduce((total, error) => total + wh(error), 0);
  const cutOff = sum(({ cutOffWh }) => cutOffWh) / heatWh;
  const unsure = sum(({ unsureWh }) => unsureWh) / heatWh;
  const share = Math.hypot(
    (coverageFactor * Math.hypot(...of.errors.map(({ deviationWh }) => deviationWh))) / heatWh,
    of.stepsHalfWh / electricity,
    (unknownShare * of.unknownElectricityWh) / electricity,
  );
  const middle = (cop * electricityWh) / electricity;
  const round = (value: number) => Math.round(value * 100) / 100;
  return {
    low: Math.max(0, round(middle * (1 - share - unsure))),
    high: round(middle * (1 + share + unsure + cutOff)),
  };
}

/** null on a day on which the immersion heater did not run. */
export function withImmersion(
  electricity: DayElectricity,
  cop: (heatWh: number, electricityWh: number) => number | null,
): WithImmersion | null {
  const { use, immersionIsCounted } = electricity;
  const immersionWh = Math.round(electricity.immersionWh);
  if (immersionWh < 1) return null;
  const { all } = copBasisOf(electricity);
  const paired = operations.reduce((total, operation) => total + use.paired.immersionWh[operation], 0);
  const pairedWh = immersionIsCounted ? Math.round(paired) : immersionWh;
  const heatWh = all.heatWh + pairedWh;
  const electricityWh = all.electricityWh + pairedWh;
  return { boundary: "H4", immersionWh, heatWh, electricityWh, cop: cop(heatWh, electricityWh) };
}
