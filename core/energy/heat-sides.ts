import type { ControllerTotals } from "./controller-totals.ts";
import { type HeatSource, type Sourced, sourced } from "./energy-source.ts";
import type { FirmwareHeat } from "./firmware-heat.ts";
import type { MissingHeat } from "./missing-heat.ts";
import { coverageFactor, type RoundingError, type SignalError } from "./uncertainty.ts";

/** The two sides of a day's heat, each from its best source; null where no source reported anything. */
export type HeatSides = {
  /** Into the water at the flow sensors, less what defrosts took back, without an immersion heater's. */
  readonly heat: Sourced<HeatSource> | null;
  readonly cooling: Sourced<HeatSource> | null;
};

/**
 * How far the true heat lies from the controller's, as a share of it: its meters leave out what defrosts take back, and
 * read some percent above flow x temperature difference (docs/energy/sources.md, Ranges).
 */
export const controllerOffsetShare = -0.05;
/** Half the range around it: how much units differ in that (the same table). */
const controllerHalfShare = 0.12;
/** Half the range where the controller's clock is an hour off: the heat of one hour at 1.2 kW, a usual mean. */
const shiftHalfWh = 1200;
/** With less of the day seen, the controller's totals may be the more certain ones. Chosen: 2.4 hours unseen. */
const leastSeenShare = 0.9;
/** A firmware estimate that covers less of the day is not shown beside the others. Chosen as `leastSeenShare`. */
const leastFirmwareShare = 0.9;

/** What the sources report of one side of a day. */
type Side = {
  readonly seenWh: number | null;
  /** What defrosts took back (negative), which the other sources do not deduct. */
  readonly takenBackWh: number;
  readonly missing: { readonly wh: number; readonly deviationWh: number };
  readonly error: SignalError;
  readonly controllerWh: number | null;
  readonly firmwareWh: number | null;
  readonly isPositive: boolean;
};

/** How much of the day was seen (0 to 1), and whether the controller's clock may be an hour off. */
type Certainty = { readonly coverage: number; readonly isShifted: boolean };

/**
 * Heat and cold of a day. Our integral with an estimate of what was not seen is used, unless that is less certain than
 * the controller's totals. `defrostWh` (negative) is what the others do not deduct.
 */
export function heatSides(
  of: Certainty & {
    readonly seen: { readonly heatWh: number; readonly coolingWh: number; readonly defrostWh: number } | null;
    readonly missing: MissingHeat;
    readonly rounding: RoundingError;
    readonly firmware: FirmwareHeat | null;
    readonly totals: ControllerTotals | null;
    readonly passedS: number;
  },
): HeatSides {
  const { seen, missing, rounding, totals } = of;
  const firmware = of.firmware !== null && of.firmware.seconds >= leastFirmwareShare * of.passedS ? of.firmware : null;
  const heat: Side = {
    seenWh: seen?.heatWh ?? null,
    takenBackWh: seen?.defrostWh ?? 0,
    missing: missing.heat,
    error: rounding.heat,
    controllerWh: controllerHeatWh(totals),
    firmwareWh: firmware?.heatWh ?? null,
    isPositive: false,
  };
  const cooling: Side = {
    seenWh: seen?.coolingWh ?? null,
    takenBackWh: 0,
    missing: missing.cooling,
    error: rounding.cooling,
    controllerWh: totals?.coolingHeatWh ?? null,
    firmwareWh: firmware?.coolingWh ?? null,
    isPositive: true,
  };
  return { heat: bestSource(heat, of), cooling: bestSource(cooling, of) };
}

function bestSource(side: Side, { coverage, isShifted }: Certainty): Sourced<HeatSource> | null {
  const { seenWh, controllerWh } = side;
  const halfWh = coverageFactor * Math.hypot(side.error.deviationWh, side.missing.deviationWh);
  const controllerHalfWh = Math.hypot(controllerHalfShare * (controllerWh ?? 0), isShifted ? shiftHalfWh : 0);
  const isBetter = seenWh === null || (coverage < leastSeenShare && halfWh > controllerHalfWh);
  if (controllerWh !== null && controllerWh > 0 && isBetter) return byController(side, controllerWh, controllerHalfWh);
  return seenWh === null ? null : byIntegral(side, seenWh, halfWh);
}

function byController(side: Side, controllerWh: number, halfWh: number): Sourced<HeatSource> {
  const { isPositive, firmwareWh } = side;
  const seenWh = side.seenWh ?? 0;
  const used = { source: "controller", seenWh, missingWh: controllerWh - seenWh, isPositive } as const;
  const range = { offsetWh: controllerOffsetShare * controllerWh, halfWh };
  return sourced({ ...used, ...range }, [{ source: "firmware", wh: firmwareWh }]);
}

function byIntegral(side: Side, seenWh: number, halfWh: number): Sourced<HeatSource> {
  const { missing, controllerWh, firmwareWh, isPositive } = side;
  const { cutOffWh, pipeErrorWh } = side.error;
  const basisWh = seenWh + missing.wh - side.takenBackWh;
  const used = { source: "integral", seenWh, missingWh: missing.wh, isPositive } as const;
  const range = { offsetWh: cutOffWh / 2, halfWh: halfWh + cutOffWh / 2 + pipeErrorWh };
  return sourced({ ...used, ...range }, [
    { source: "controller", wh: controllerWh, basisWh },
    { source: "firmware", wh: firmwareWh, basisWh },
  ]);
}

/** Heating and hot water together, Wh; null unless both were reported. */
function controllerHeatWh(totals: ControllerTotals | null): number | null {
  if (totals === null || totals.heatingHeatWh === null || totals.hotWaterHeatWh === null) return null;
  return totals.heatingHeatWh + totals.hotWaterHeatWh;
}
