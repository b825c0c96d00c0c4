import { minuteMs } from "../time/durations.ts";
import type { ControllerTotals } from "./controller-totals.ts";
import { counterError, type Missing } from "./counter-error.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { type DaySums, daySums } from "./day-sums.ts";
import type { DayWindow } from "./day-window.ts";
import { type ElectricitySource, type Sourced, sourced } from "./energy-source.ts";
import { knownPart, type MeteredDay, meteredDay } from "./metered-day.ts";
import type { RowPasses } from "./passes/row-passes.ts";
import { coverageFactor } from "./uncertainty.ts";

/** The source that counts the electricity of a day, row by row. */
export type DaySteps = {
  readonly source: Exclude<ElectricitySource, "controller">;
  /** Wh, one a row, NaN where it was not known. */
  readonly steps: Float64Array;
  readonly countedWh: number;
  readonly meter: MeteredDay | null;
};

/** Three totals rounded to 0.01 kWh. */
const roundedTotalsWh = 10;
/** A counter that is more certain than this does not give way to the controller's totals: one step. */
const lostWh = 100;
/** The 0.1 kWh steps at the borders of two hours. */
const hourStepsWh = 60;
/** How much an hour may differ from the same hour of the next day: now and then hot water is made in one of them. */
const unseenHourWh = 400;

/**
 * The source that counts the day: the external meter where it was seen nearly all the time, else the heat pump's own
 * counter times `correctionFactor`, else what the meter has nevertheless; null where neither was seen.
 */
export function daySteps(
  window: DayWindow,
  correctionFactor: number,
  sums: DaySums = daySums(window.day),
): DaySteps | null {
  const meter = sums.figures.meter_s === 0 ? null : meteredDay(window);
  if (meter?.usable) return metered(meter);
  const counted = columnOfDay(window.day, "electricity_wh");
  const countedWh = counterOf(sums);
  if (countedWh === null) return meter && metered(knownPart(meter));
  const steps = correctionFactor === 1 ? counted : counted.map((wh) => wh * correctionFactor);
  const source = correctionFactor === 1 ? "counter" : "corrected_counter";
  return { source, steps, countedWh: countedWh * correctionFactor, meter: null };
}

function metered(meter: MeteredDay): DaySteps {
  return { source: "meter", steps: meter.steps, countedWh: meter.countedWh, meter };
}

/** The electricity side of a day with its parts. */
export type ElectricitySide = {
  readonly side: Sourced<ElectricitySource>;
  /** Electricity that was given to no minute. */
  readonly missing: Missing;
  /** Expected error and half the range of the steps that the borders of the day cut, Wh. */
  readonly stepsWh: number;
  readonly stepsHalfWh: number;
};

/** The electricity of a day from the best source, with the others beside it; null where none reported anything. */
export function electricitySide(
  window: DayWindow,
  used: DaySteps | null,
  correctionFactor: number,
  totals: ControllerTotals | null,
  sums: DaySums,
  passes: RowPasses,
): ElectricitySide | null {
  const controllerWh = controllerElectricityWh(totals);
  const counterWh = counterOf(sums);
  const correctedWh = correctionFactor === 1 || counterWh === null ? null : counterWh * correctionFactor;
  const others = [
    { source: "counter", wh: counterWh },
    { source: "corrected_counter", wh: correctedWh },
    { source: "controller", wh: controllerWh },
  ] as const;
  const seenWh = used?.countedWh ?? 0;
  const sideOf = (
    source: ElectricitySource,
    missing: Missing,
    stepsWh: number,
    stepsHalfWh: number,
  ): ElectricitySide => {
    const halfWh = Math.hypot(stepsHalfWh, coverageFactor * missing.deviationWh);
    const value = { source, seenWh, missingWh: missing.wh, offsetWh: stepsWh, halfWh, isPositive: true };
    return { side: sourced(value, others), missing, stepsWh, stepsHalfWh };
  };
  const meter = used?.meter ?? null;
  if (meter !== null && (meter.usable || controllerWh === null)) {
    const { missingWh, missingDeviationWh, stepsDeviationWh } = meter;
    return sideOf("meter", { wh: missingWh, deviationWh: missingDeviationWh }, 0, coverageFactor * stepsDeviationWh);
  }
  const error = meter === null && used !== null ? counterError({ ...window, countedWh: seenWh }, passes) : null;
  if (controllerWh !== null) {
    const shift = dayShift(window, controllerWh);
    const missing = { wh: controllerWh + shift.wh - seenWh, deviationWh: shift.deviationWh };
    const isBetter = error === null || error.deviationWh > Math.max(lostWh, shift.deviationWh);
    if (isBetter) return sideOf("controller", missing, 0, coverageFactor * roundedTotalsWh);
  }
  if (used === null) return null;
  const factor = used.source === "corrected_counter" ? correctionFactor : 1;
  const { wh, deviationWh, stepsWh, stepsHalfWh } = error ?? noError;
  return sideOf(used.source, { wh, deviationWh }, stepsWh * factor, stepsHalfWh * factor);
}

const noError = { wh: 0, deviationWh: 0, stepsWh: 0, stepsHalfWh: 0 };

/** The sum of the totals; null unless heating and hot water were reported. */
function controllerElectricityWh(totals: ControllerTotals | null): number | null {
  if (totals === null) return null;
  const { heatingElectricityWh, hotWaterElectricityWh, coolingElectricityWh } = totals;
  if (heatingElectricityWh === null || hotWaterElectricityWh === null) return null;
  return heatingElectricityWh + hotWaterElectricityWh + (coolingElectricityWh ?? 0);
}

/**
 * What lies between the controller's day and the local one: its clock may know no daylight saving time, then the hour
 * after local midnight belongs to its day before.
 */
function dayShift({ day, next, startAt, endAt, standardStartAt }: DayWindow, wh: number): Missing {
  const shiftMs = standardStartAt - startAt;
  if (shiftMs <= 0) return { wh: 0, deviationWh: 0 };
  const [early, late] = [firstUse(day, startAt, shiftMs), next === undefined ? null : firstUse(next, endAt, shiftMs)];
  if (early === null || late === null) {
    return { wh: 0, deviationWh: Math.hypot(unseenHourWh, (wh * shiftMs) / (endAt - startAt)) };
  }
  return { wh: early - late, deviationWh: hourStepsWh };
}

/** The counter stands still for minutes at a time, so that a few missing rows lose nothing of its steps. Chosen. */
const mostMissingRows = 5;

/** The count of the first `ms` of a day, Wh; null where it was not seen. */
function firstUse(day: DayColumns, startAt: number, ms: number): number | null {
  const steps = columnOfDay(day, "electricity_wh");
  let [wh, rows] = [0, 0];
  for (let row = 0; row < day.rows && (day.times[row] as number) < startAt + ms; row += 1) {
    if (Number.isNaN(steps[row] as number)) continue;
    wh += steps[row] as number;
    rows += 1;
  }
  return rows >= ms / minuteMs - mostMissingRows ? wh : null;
}

/** What the heat pump's own counter counted, Wh; null where it was never known. */
function counterOf({ figures, known }: DaySums): number | null {
  return known.electricity_wh === 0 ? null : figures.electricity_wh;
}
