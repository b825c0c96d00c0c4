import { operations } from "../live/operation.ts";
import { round } from "../math/rounding.ts";
import { type Boundary, boundaryOf } from "./boundary.ts";
import { cop } from "./cop.ts";
import type { DayElectricity } from "./day-electricity.ts";
import type { PairedUse } from "./electricity-use.ts";
import { coverageFactor, type SignalError } from "./uncertainty.ts";

/** The two sides of a COP in the time in which both were seen, whole Wh, without the immersion heater. */
export type CopOf = { readonly heatWh: number; readonly electricityWh: number };

/** `all` is heat and cold of every operation; a defrost has no COP of its own. */
export const copParts = ["all", "heating", "hot_water", "cooling", "defrost"] as const;
export type CopPart = (typeof copParts)[number];
export type CopBasis = Readonly<Record<CopPart, CopOf>>;

/** The true COP lies between these on 95 of 100 days, as far as the possible errors are known. */
export type CopRange = { readonly low: number; readonly high: number };

/** Heat and electricity with the immersion heater on both sides. Its heat is its electricity, by its rated power. */
export type WithImmersion = {
  readonly boundary: Boundary;
  /** The immersion heater's part of either side. */
  readonly immersionWh: number;
  readonly heatWh: number;
  readonly electricityWh: number;
  readonly cop: number | null;
};

/**
 * Standard uncertainty of the electricity that was given to time of unknown operation, as a share of it (chosen as that
 * of a gap's electricity in missing-heat.ts; docs/energy/sources.md, Ranges).
 */
const unknownShare = 0.3;

/** Everything about the COP of a day. */
export type DayCops = {
  readonly copBasis: CopBasis | null;
  readonly cop: number | null;
  /** What the electricity of the COPs includes. */
  readonly copBoundary: Boundary | null;
  readonly copRange: CopRange | null;
  readonly withImmersion: WithImmersion | null;
};

/** Of a day of which heat or electricity is not known at all. */
export const noCops: DayCops = { copBasis: null, cop: null, copBoundary: null, copRange: null, withImmersion: null };

/** `stepsWh` and `stepsHalfWh` are what the borders of the day cut off the counter, expected and half the range. */
type CopErrors = {
  readonly errors: readonly SignalError[];
  readonly stepsWh: number;
  readonly stepsHalfWh: number;
};

/** The COP of a day whose heat was seen. */
export function copsOfDay(electricity: DayElectricity, errors: CopErrors): DayCops {
  const copBasis = copBasisOf(electricity.use.paired);
  const whole = cop(copBasis.all.heatWh, copBasis.all.electricityWh);
  return {
    copBasis,
    cop: whole,
    copBoundary: boundaryOf({ hasImmersion: !immersionRan(electricity), hasPumps: electricity.pumpsAreCounted }),
    copRange: whole === null ? null : copRangeOf(whole, copBasis.all, errors, electricity.parts.unknown),
    withImmersion: withImmersion(electricity, copBasis),
  };
}

/** The sides of the COPs of a time in which both were seen. */
export function copBasisOf({ heatWh, electricityWh, immersionWh }: PairedUse): CopBasis {
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

function copRangeOf(
  whole: number,
  { heatWh, electricityWh }: CopOf,
  { errors, stepsWh, stepsHalfWh }: CopErrors,
  unknownElectricityWh: number,
): CopRange {
  const electricity = electricityWh + stepsWh;
  const sum = (wh: (error: SignalError) => number) => errors.reduce((total, error) => total + wh(error), 0);
  const cutOff = sum(({ cutOffWh }) => cutOffWh) / heatWh;
  const pipe = sum(({ pipeErrorWh }) => pipeErrorWh) / heatWh;
  const share = Math.hypot(
    (coverageFactor * Math.hypot(...errors.map(({ deviationWh }) => deviationWh))) / heatWh,
    stepsHalfWh / electricity,
    (unknownShare * unknownElectricityWh) / electricity,
  );
  const middle = (whole * electricityWh) / electricity;
  return {
    low: Math.max(0, round(middle * (1 - share - pipe), 2)),
    high: round(middle * (1 + share + pipe + cutOff), 2),
  };
}

/** null on a day on which the immersion heater did not run. */
function withImmersion(electricity: DayElectricity, { all }: CopBasis): WithImmersion | null {
  const { use, immersionIsCounted, pumpsAreCounted } = electricity;
  if (!immersionRan(electricity)) return null;
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
