import { columnOfDay, type DayColumns } from "./day-columns.ts";

/** Time that we did not see ourselves, over which the firmware went on integrating; times in ms since the epoch. */
export type FirmwareSpan = {
  /** End of the last minute known before, and of the first known after. */
  readonly from: number;
  readonly to: number;
  /** What the firmware adds to what we saw meanwhile, Wh; heat and cold together. */
  readonly wh: number;
  /** Share of cold in it, 0 to 1, by what ran before and after; `sure` where that is the same. */
  readonly coolingShare: number;
  readonly sure: boolean;
};

/** The firmware's running estimate of a day, Wh; heat taken back in a defrost is not in it. */
export type FirmwareHeat = {
  readonly heatWh: number;
  readonly coolingWh: number;
  /** Seconds of the day that it speaks of. */
  readonly seconds: number;
  readonly spans: readonly FirmwareSpan[];
};

const minuteMs = 60_000;
/** A total that falls below this share of itself has started again. */
const restartShare = 0.5;
/** From a minute's last value to the next one's is no gap. */
const nextMinuteMs = 1.5 * minuteMs;

/**
 * Follows `daily_estimated_heat` (kWh since the controller's midnight, lost when the ESP32 restarts) through the minutes
 * of a day; what it says at first is where it counts from. null where it was never told.
 */
export function firmwareHeat(day: DayColumns): FirmwareHeat | null {
  const { rows, times } = day;
  const total = columnOfDay(day, "daily_estimated_heat");
  const cooling = columnOfDay(day, "cooling_s");
  const [heatingS, hotWaterS] = [columnOfDay(day, "heating_s"), columnOfDay(day, "hot_water_s")];
  const [heat, cold] = [columnOfDay(day, "heat_wh"), columnOfDay(day, "cooling_wh")];
  const covered = columnOfDay(day, "covered_s");
  const daysCoolingShare = coolingShareOf([cooling, heatingS, hotWaterS]);
  const spans: FirmwareSpan[] = [];
  let heatWh = 0;
  let coolingWh = 0;
  let seconds = 0;
  let seenWh = 0;
  let coveredS = 0;
  let kwh: number | null = null;
  let last = -1;

  /** Heat 0, cold 1, unknown NaN. */
  const kindOf = (row: number) =>
    (cooling[row] || 0) > 0 ? 1 : (heatingS[row] || 0) + (hotWaterS[row] || 0) > 0 ? 0 : Number.NaN;

  for (let row = 0; row < rows; row += 1) {
    seenWh += Math.max(0, heat[row] || 0) + Math.max(0, cold[row] || 0);
    coveredS += covered[row] || 0;
    const now = total[row] as number;
    if (Number.isNaN(now)) continue;
    const end = (times[row] as number) + minuteMs;
    const began = kwh === null || now < kwh * restartShare;
    const wh = kwh === null ? 0 : (now - (began ? 0 : kwh)) * 1000;
    const kind = kindOf(row);
    const kindBefore = last < 0 ? Number.NaN : kindOf(last);
    const from = last < 0 ? end - minuteMs : (times[last] as number) + minuteMs;
    const isGap = end - from > nextMinuteMs && coveredS < ((end - from) / 1000) * 0.9;
    const sure = kind === kindBefore;
    const coolingShare = sure ? kind : isGap || Number.isNaN(kind) ? daysCoolingShare : kind;
    if (isGap && !began && last >= 0) spans.push({ from, to: end, wh: Math.max(0, wh - seenWh), coolingShare, sure });
    if (!began || !isGap) seconds += (end - from) / 1000;
    heatWh += wh * (1 - coolingShare);
    coolingWh += wh * coolingShare;
    kwh = now;
    last = row;
    seenWh = 0;
    coveredS = 0;
  }
  return last < 0 ? null : { heatWh, coolingWh, seconds, spans };
}

function coolingShareOf([cooling, ...others]: readonly [Float64Array, Float64Array, Float64Array]): number {
  const cold = sumOf(cooling);
  const all = cold + others.reduce((sum, seconds) => sum + sumOf(seconds), 0);
  return all === 0 ? 0 : cold / all;
}

function sumOf(seconds: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < seconds.length; i += 1) sum += seconds[i] || 0;
  return sum;
}
