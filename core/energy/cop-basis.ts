import { operations } from "../live/operation.ts";
import { type Boundary, boundaryOf } from "./boundary.ts";
import type { DayElectricity } from "./day-electricity.ts";
import { coverageFactor, type SignalError } from "./uncertainty.ts";

/** What a COP is of: both sides of the time in which both were seen, whole Wh, without the immersion heater. */
export type CopOf = { readonly heatWh: number; readonly electricityWh: number };

/** `all` is heat and cold of every operation; a defrost has no COP of its own. */
export const copParts = ["all", "heating", "hot_water", "cooling", "defrost"] as const;
export type CopPart = (typeof copParts)[number];
export type CopBasis = Readonly<Record<CopPart, CopOf>>;

/** The true COP lies between these in 95 of 100 days, as far as it is known what can be wrong. */
export type CopRange = { readonly low: number; readonly high: number };

/** Heat and electricity with the immersion heater on both sides. Its heat is its electricity, by its rated power. */
export type WithImmersion = {
  readonly boundary: Boundary;
  /** What of either side is the immersion heater's. */
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
    defrost: of(heatWh.defrost, electricityWh.defrost, immersionWh.defrost),
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

/** The boundary of the day's COPs, which leave the immersion heater out. */
export function copBoundaryOf(electricity: DayElectricity): Boundary {
  return boundaryOf({ hasImmersion: !immersionRan(electricity), hasPumps: electricity.pumpsAreCounted });
}

/** null on a day on which the immersion heater did not run. */
export function withImmersion(
  electricity: DayElectricity,
  cop: (heatWh: number, electricityWh: number) => number | null,
): WithImmersion | null {
  const { use, immersionIsCounted, pumpsAreCounted } = electricity;
  if (!immersionRan(electricity)) return null;
  const { all } = copBasisOf(electricity);
  const paired = operations.reduce((total, operation) => total + use.paired.immersionWh[operation], 0);
  const immersionWh = Math.round(immersionIsCounted ? paired : electricity.immersionWh);
  const heatWh = all.heatWh + immersionWh;
  const electricityWh = all.electricityWh + immersionWh;
  const boundary = boundaryOf({ hasImmersion: true, hasPumps: pumpsAreCounted });
  return { boundary, immersionWh, heatWh, electricityWh, cop: cop(heatWh, electricityWh) };
}

function immersionRan({ immersionWh }: DayElectricity): boolean {
  return Math.round(immersionWh) >= 1;
}
