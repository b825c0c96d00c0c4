import { operations } from "../live/operation.ts";
import { columnOfDay } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";
import type { ElectricityByPart } from "./electricity-by-part.ts";
import type { ElectricitySetup } from "./electricity-setup.ts";
import type { DaySteps } from "./electricity-side.ts";
import { type Consumer, consumers, type ElectricityUse, electricityUse } from "./electricity-use.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";

/** The electricity of a day in whole Wh: by operation and by consumer; both add up to the count. */
export type DayElectricity = {
  readonly countedWh: number;
  readonly parts: ElectricityByPart;
  readonly consumers: Readonly<Record<Consumer, number>>;
  readonly use: ElectricityUse;
  /** Electricity of the immersion heater, estimated, Wh; the count may not include it. */
  readonly immersionWh: number;
  readonly immersionIsCounted: boolean;
  readonly pumpsAreCounted: boolean;
};

const parts = [...operations, "unknown"] as const;

/** Divides the counted electricity of a day. */
export function dayElectricity(
  window: DayWindow,
  used: DaySteps,
  setup: ElectricitySetup,
  passes: RowPasses = plainPasses(window.day.rows),
): DayElectricity {
  const immersionIsCounted = used.source !== "meter" || setup.meterHasImmersion;
  const heaters = immersionIsCounted ? setup : { ...setup, immersionHeaterW: 0 };
  const use = electricityUse(window.day, window.startAt, used.steps, heaters, passes);
  const countedWh = Math.round(used.countedWh);
  return {
    countedWh,
    parts: wholeNumbers(use.parts, parts, countedWh),
    consumers: wholeNumbers(use.consumers, consumers, countedWh),
    use,
    immersionWh: immersionIsCounted ? use.consumers.immersion_heater : ratedImmersionWh(window, setup),
    immersionIsCounted,
    pumpsAreCounted: used.source !== "meter" || setup.meterHasPumps,
  };
}

/** Rounds each, and gives the rest of the rounding to the largest, so that they add up to `sum`. */
export function wholeNumbers<Name extends string>(
  exact: Readonly<Record<Name, number>>,
  names: readonly Name[],
  sum: number,
): Record<Name, number> {
  const whole = Object.fromEntries(names.map((name) => [name, Math.round(exact[name]) + 0])) as Record<Name, number>;
  const largest = names.reduce((a, b) => (whole[b] > whole[a] ? b : a));
  whole[largest] += sum - names.reduce((total, name) => total + whole[name], 0);
  return whole;
}

function ratedImmersionWh({ day }: DayWindow, { immersionHeaterW }: ElectricitySetup): number {
  const seconds = columnOfDay(day, "immersion_heater").reduce((sum, s) => sum + (s || 0), 0);
  return (seconds * immersionHeaterW) / 3600;
}
