import { minuteMs } from "../time/durations.ts";
import { columnOfDay, type DayColumns } from "./day-columns.ts";
import type { DayWindow } from "./day-window.ts";
import { twoRoundings } from "./uncertainty.ts";

/** The electricity of a day by the external meter. */
export type MeteredDay = {
  /** Wh, one a row, NaN where it was not known. */
  readonly steps: Float64Array;
  readonly countedWh: number;
  /** Whether it was seen nearly all the time, and its steps have next to nothing of the day before. */
  readonly usable: boolean;
  /** What the count leaves out, and the standard uncertainties of that and of its steps, Wh. */
  readonly missingWh: number;
  readonly missingDeviationWh: number;
  readonly stepsDeviationWh: number;
  /** The parts of its steps that belong to the day before. */
  readonly ofDayBefore: readonly { readonly row: number; readonly wh: number }[];
};

/** It is used although it was silent for this much of a day: the larger of the two. Chosen: a restart and its update. */
const silentMs = 15 * minuteMs;
const silentShare = 0.02;
/** A step after a gap over midnight may have this much of the day before: the larger of the two. Chosen as above. */
const crossingShare = 0.02;
const crossingWh = 100;
/** A power that is reported now and then is not exactly the energy between: docs/energy/sources.md, Ranges. */
const samplingShare = 0.01;
/** Standard uncertainty of an energy that was interpolated, as a share (the same table). */
const interpolatedShare = 0.5;
/** A total that starts again is another meter's if it differs by more from the counter: the larger of the two. */
const otherMeterWh = 300;
const otherMeterShare = 0.5;
/** A step is all that the total shows if they differ by less: the rounding of a total in kWh with 3 decimals. */
const sameWh = 1;

/**
 * Sums up `meter_wh` and `meter_s`; null where the meter reported nothing. After a total has started again its first
 * step is all that it shows: that is left out where, by the heat pump's counter, the meter was exchanged.
 */
export function meteredDay({ day, startAt, passedAt }: DayWindow): MeteredDay | null {
  const metered = columnOfDay(day, "meter_wh");
  let steps = metered;
  const seconds = columnOfDay(day, "meter_s");
  const totals = columnOfDay(day, "meter_kwh");
  let [countedWh, coveredMs, beforeWh, doubtWh, leastStepWh] = [0, 0, 0, 0, Number.POSITIVE_INFINITY];
  let isTotal = false;
  const ofDayBefore: { row: number; wh: number }[] = [];
  for (let row = 0; row < day.rows; row += 1) {
    const wh = metered[row] as number;
    const ms = (seconds[row] || 0) * 1000;
    if (!Number.isNaN(totals[row] as number)) isTotal = true;
    if (Number.isNaN(wh) || ms === 0) continue;
    if (wh > 0 && Math.abs((totals[row] as number) * 1000 - wh) < sameWh) {
      const counterWh = counterOf(day, row, ms);
      if (counterWh === null) doubtWh = Math.hypot(doubtWh, wh);
      else if (Math.abs(wh - counterWh) > Math.max(otherMeterWh, otherMeterShare * counterWh)) {
        if (steps === metered) steps = metered.slice();
        steps[row] = Number.NaN;
        continue;
      }
    }
    const beforeMs = Math.max(0, ms - ((day.times[row] as number) + minuteMs - startAt));
    countedWh += wh;
    coveredMs += ms - beforeMs;
    beforeWh += (wh * beforeMs) / ms;
    if (beforeMs > 0) ofDayBefore.push({ row, wh: (wh * beforeMs) / ms });
    if (wh > 0) leastStepWh = Math.min(leastStepWh, wh);
  }
  if (coveredMs === 0) return null;
  const silent = Math.max(0, passedAt - startAt - coveredMs);
  const silentWh = (countedWh * silent) / coveredMs;
  const ownWh = isTotal && Number.isFinite(leastStepWh) ? leastStepWh * twoRoundings : samplingShare * countedWh;
  return {
    steps,
    countedWh,
    usable:
      silent <= Math.max(silentMs, silentShare * (passedAt - startAt)) &&
      beforeWh <= Math.max(crossingWh, crossingShare * countedWh),
    missingWh: silentWh - beforeWh,
    missingDeviationWh: Math.hypot(interpolatedShare * silentWh, interpolatedShare * beforeWh, doubtWh),
    stepsDeviationWh: ownWh,
    ofDayBefore,
  };
}

/** The part that is known to be of the day itself, where the meter was silent for a while and nothing else counted. */
export function knownPart(meter: MeteredDay): MeteredDay {
  const beforeWh = meter.ofDayBefore.reduce((sum, { wh }) => sum + wh, 0);
  if (beforeWh === 0) return meter;
  const steps = meter.steps.slice();
  for (const { row, wh } of meter.ofDayBefore) steps[row] = (steps[row] as number) - wh;
  const countedWh = meter.countedWh - beforeWh;
  return { ...meter, steps, countedWh, missingWh: meter.missingWh + beforeWh, ofDayBefore: [] };
}

/** The heat pump's counter in the time that ends with a row, Wh; null where it reported nothing. */
function counterOf(day: DayColumns, row: number, ms: number): number | null {
  const counted = columnOfDay(day, "electricity_wh");
  const from = (day.times[row] as number) + minuteMs - ms;
  let known: number | null = null;
  for (let i = row; i >= 0 && (day.times[i] as number) >= from; i -= 1) {
    const wh = counted[i] as number;
    if (!Number.isNaN(wh)) known = (known ?? 0) + wh;
  }
  return known;
}
