import type { ControllerTotals } from "./controller-totals.ts";
import { type HeatSource, type Sourced, sourced } from "./energy-source.ts";
import type { FirmwareHeat } from "./firmware-heat.ts";
import type { MissingHeat } from "./missing-heat.ts";
import { coverageFactor, type RoundingError, type SignalError } from "./uncertainty.ts";

export type HeatSides = {
  /** Into the water at the flow sensors, less what defrosts took back; an immersion heater's is not in it. */
  readonly heat: Sourced<HeatSource> | null;
  readonly cooling: Sourced<HeatSource> | null;
};

/** The controller's meters leave out what defrosts take back, and lie some percent above flow x difference. */
export const controllerOffShare = -0.05;
const controllerHalfShare = 0.12;
/** What an hour of its day may differ where its clock is an hour off. */
const shiftHalfWh = 1200;
const leastSeenShare = 0.9;
/** A firmware that speaks of less of the day is not shown beside the others. */
const leastFirmwareShare = 0.9;

/**
 * Heat and cold of a day. Our integral with an estimate of what was not seen is used, unless that is less certain than
 * the controller's totals. `defrostWh` (negative) is what the others don't deduct.
 */
export function heatSides(of: {
  readonly seen: { readonly heatWh: number; readonly coolingWh: number; readonly defrostWh: number } | null;
  readonly missing: MissingHeat;
  readonly rounding: RoundingError;
  readonly firmware: FirmwareHeat | null;
  readonly totals: ControllerTotals | null;
  /** Share of the day that was seen, 0 to 1, and how much of it has passed. */
  readonly coverage: number;
  readonly passedS: number;
  /** Whether the controller's clock may be an hour off. */
  readonly isShifted: boolean;
}): HeatSides {
  const { seen, missing, rounding, totals, coverage } = of;
  const firmware = of.firmware !== null && of.firmware.seconds >= leastFirmwareShare * of.passedS ? of.firmware : null;
  const side = (parts: {
    readonly seenWh: number | null;
    readonly takenBackWh: number;
    readonly missing: { readonly wh: number; readonly deviationWh: number };
    readonly error: SignalError;
    readonly controllerWh: number | null;
    readonly firmwareWh: number | null;
    readonly isPositive: boolean;
  }): Sourced<HeatSource> | null => {
    const { seenWh, controllerWh, isPositive } = parts;
    const { deviationWh, cutOffWh, unsureWh } = parts.error;
    const halfWh = coverageFactor * Math.hypot(deviationWh, parts.missing.deviationWh);
    const controllerHalfWh = Math.hypot(controllerHalfShare * (controllerWh ?? 0), of.isShifted ? shiftHalfWh : 0);
    const isBetter = seenWh === null || (coverage < leastSeenShare && halfWh > controllerHalfWh);
    if (controllerWh !== null && controllerWh > 0 && isBetter) {
      const missingWh = controllerWh - (seenWh ?? 0);
      const used = { source: "controller", seenWh: seenWh ?? 0, missingWh, isPositive } as const;
      const others = [{ source: "firmware", wh: parts.firmwareWh }] as const;
      return sourced({ ...used, offWh: controllerOffShare * controllerWh, halfWh: controllerHalfWh }, others);
    }
    if (seenWh === null) return null;
    const basisWh = seenWh + parts.missing.wh - parts.takenBackWh;
    const used = { source: "integral", seenWh, missingWh: parts.missing.wh, isPositive } as const;
    return sourced({ ...used, offWh: cutOffWh / 2, halfWh: halfWh + cutOffWh / 2 + unsureWh }, [
      { source: "controller", wh: controllerWh, basisWh },
      { source: "firmware", wh: parts.firmwareWh, basisWh },
    ]);
  };
  return {
    heat: side({
      seenWh: seen?.heatWh ?? null,
      takenBackWh: seen?.defrostWh ?? 0,
      missing: missing.heat,
      error: rounding.heat,
      controllerWh: controllerHeatWh(totals),
      firmwareWh: firmware?.heatWh ?? null,
      isPositive: false,
    }),
    cooling: side({
      seenWh: seen?.coolingWh ?? null,
      takenBackWh: 0,
      missing: missing.cooling,
      error: rounding.cooling,
      controllerWh: totals?.coolingHeatWh ?? null,
      firmwareWh: firmware?.coolingWh ?? null,
      isPositive: true,
    }),
  };
}

/** Heating and hot water together; null unless both were told. */
export function controllerHeatWh(totals: ControllerTotals | null): number | null {
  if (totals === null || totals.heatingHeatWh === null || totals.hotWaterHeatWh === null) return null;
  return totals.heatingHeatWh + totals.hotWaterHeatWh;
}
