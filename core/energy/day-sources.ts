import { type Operation, operations } from "../live/operation.ts";
import type { ControllerTotals } from "./controller-totals.ts";
import type { CopOf } from "./cop-basis.ts";
import type { DayElectricity } from "./day-electricity.ts";
import type { DaySums } from "./day-sums.ts";
import type { DayWindow } from "./day-window.ts";
import type { ElectricitySetup } from "./electricity-setup.ts";
import { type DaySteps, electricitySide } from "./electricity-side.ts";
import type { ElectricitySource, HeatSource, Sourced } from "./energy-source.ts";
import { estimateDay } from "./estimated-use.ts";
import { firmwareHeat } from "./firmware-heat.ts";
import { heatSides } from "./heat-sides.ts";
import { type DayEfficiency, missingHeat } from "./missing-heat.ts";
import type { RowPasses } from "./passes/row-passes.ts";
import type { RoundingError } from "./uncertainty.ts";

/** The three sides of a day, each from its best source; null where no source reported anything. */
export type DaySources = {
  readonly heat: Sourced<HeatSource> | null;
  readonly cooling: Sourced<HeatSource> | null;
  readonly electricity: Sourced<ElectricitySource> | null;
};

/** Outdoor temperature below which nobody cools a house. */
const warmC = 20;

/** Weighs the sources of a day; `steps` is the electricity that the borders of the day cut off. */
export function daySources(of: {
  readonly window: DayWindow;
  readonly used: DaySteps | null;
  readonly setup: ElectricitySetup;
  readonly electricity: DayElectricity | null;
  /** By operation, whole Wh; null where none was seen. */
  readonly heat: Readonly<Record<Operation, number>> | null;
  readonly sums: DaySums;
  readonly rounding: RoundingError;
  readonly controller: ControllerTotals | null;
  /** The passes that distributed the electricity. */
  readonly passes: RowPasses;
}): { readonly sides: DaySources; readonly steps: { readonly stepsWh: number; readonly stepsHalfWh: number } } {
  const { window, used, electricity, heat, sums, controller, passes } = of;
  const electric = electricitySide(window, used, of.setup.correctionFactor, controller, sums, passes);
  const firmware = firmwareHeat(window.day, passes, sums);
  if (electricity === null) estimateDay(window.day, of.setup, passes);
  const unseen = {
    spans: firmware?.spans ?? [],
    distribution: electricity?.use.distribution ?? null,
    lost: electric?.missing ?? { wh: 0, deviationWh: 0 },
    efficiency: efficiencyOf(electricity, sums, passes.wasOutdoors(window.day.rows, window.day.columns, warmC) === 1),
  };
  const missing = missingHeat(window, unseen, passes);
  const seen = heat && {
    heatWh: heat.heating + heat.hot_water + heat.defrost + heat.standby,
    coolingWh: heat.cooling,
    defrostWh: heat.defrost,
  };
  const passedS = (window.passedAt - window.startAt) / 1000;
  const sides = heatSides({
    seen,
    missing,
    rounding: of.rounding,
    firmware,
    totals: controller,
    coverage: passedS === 0 ? 0 : sums.figures.covered_s / passedS,
    passedS,
    isShifted: window.standardStartAt > window.startAt,
  });
  return {
    sides: { ...sides, electricity: electric?.side ?? null },
    steps: { stepsWh: electric?.stepsWh ?? 0, stepsHalfWh: electric?.stepsHalfWh ?? 0 },
  };
}

/** The COPs of the day where both sides were seen, and the mean power of the time that was seen. */
function efficiencyOf(electricity: DayElectricity | null, { figures }: DaySums, isWarm: boolean): DayEfficiency {
  const paired = electricity?.use.paired;
  const warm = operations.filter((operation) => operation !== "cooling" && operation !== "standby");
  const runningS = figures.heating_s + figures.hot_water_s + figures.cooling_s;
  const copOf = ({ heatWh, electricityWh }: CopOf) =>
    heatWh > 0 && electricityWh > 100 ? heatWh / electricityWh : null;
  const sum = (by: (operation: Operation) => number) => warm.reduce((total, operation) => total + by(operation), 0);
  const hours = figures.covered_s / 3600;
  return {
    heatCop:
      paired === undefined
        ? null
        : copOf({
            heatWh: sum((operation) => paired.heatWh[operation]),
            electricityWh: sum((operation) => paired.electricityWh[operation] - paired.immersionWh[operation]),
          }),
    coolingCop:
      paired === undefined
        ? null
        : copOf({ heatWh: paired.heatWh.cooling, electricityWh: paired.electricityWh.cooling }),
    coolingShare: runningS === 0 ? 0 : figures.cooling_s / runningS,
    isWarm,
    heatW: hours === 0 ? 0 : figures.heat_wh / hours,
    coolingW: hours === 0 ? 0 : figures.cooling_wh / hours,
  };
}
