import { columnOfDay, type DayColumns } from "./day-columns.ts";
import { type DaySums, daySums } from "./day-sums.ts";

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
/** What ran is not known. */
const unknown = -1;

/**
 * Follows `daily_estimated_heat` (kWh since the controller's midnight, lost when the ESP32 restarts) through the minutes
 * of a day; what it says at first is where it counts from. null where it was never told.
 */
export function firmwareHeat(day: DayColumns, sums: DaySums = daySums(day)): FirmwareHeat | null {
  const { rows, times } = day;
  const total = columnOfDay(day, "daily_estimated_heat");
  const cooling = columnOfDay(day, "cooling_s");
  const [heatingS, hotWaterS] = [columnOfDay(day, "heating_s"), columnOfDay(day, "hot_water_s")];
  const daysCoolingShare = coolingShareOf(sums);
  const spans: FirmwareSpan[] = [];
  const sum = new Float64Array(3);
  let last = -1;
  let kindBefore = unknown;

  for (let row = 0; row < rows; row += 1) {
    const now = total[row] as number;
    if (Number.isNaN(now)) continue;
    const end = (times[row] as number) + minuteMs;
    const from = last < 0 ? end - minuteMs : (times[last] as number) + minuteMs;
    const began = last < 0 || now < (total[last] as number) * restartShare;
    const wh = last < 0 ? 0 : (now - (began ? 0 : (total[last] as number))) * 1000;
    const kind = kindOf(row, cooling, heatingS, hotWaterS);
    const sure = kind !== unknown && kind === kindBefore;
    const meanwhile = end - from > nextMinuteMs ? seenIn(day, last + 1, row) : undefined;
    const isGap = meanwhile !== undefined && meanwhile.coveredS < ((end - from) / 1000) * 0.9;
    const coolingShare = kind === unknown || (isGap && !sure) ? daysCoolingShare : kind;
    if (isGap && !began) spans.push({ from, to: end, wh: Math.max(0, wh - meanwhile.seenWh), coolingShare, sure });
    if (!began || !isGap) sum[2] = (sum[2] as number) + (end - from) / 1000;
    sum[0] = (sum[0] as number) + wh * (1 - coolingShare);
    sum[1] = (sum[1] as number) + wh * coolingShare;
    last = row;
    kindBefore = kind;
  }
  const [heatWh = 0, coolingWh = 0, seconds = 0] = sum;
  return last < 0 ? null : { heatWh, coolingWh, seconds, spans };
}

/** Heat 0, cold 1. */
function kindOf(row: number, cooling: Float64Array, heatingS: Float64Array, hotWaterS: Float64Array): number {
  if ((cooling[row] as number) > 0) return 1;
  return (heatingS[row] as number) > 0 || (hotWaterS[row] as number) > 0 ? 0 : unknown;
}

/** What we saw ourselves from one row to another, both included. */
function seenIn(day: DayColumns, first: number, last: number) {
  const [heat, cold] = [columnOfDay(day, "heat_wh"), columnOfDay(day, "cooling_wh")];
  const covered = columnOfDay(day, "covered_s");
  let seenWh = 0;
  let coveredS = 0;
  for (let row = first; row <= last; row += 1) {
    seenWh += Math.max(0, heat[row] || 0) + Math.max(0, cold[row] || 0);
    coveredS += covered[row] || 0;
  }
  return { seenWh, coveredS };
}

function coolingShareOf({ figures }: DaySums): number {
  const all = figures.cooling_s + (figures.heating_s + figures.hot_water_s);
  return all === 0 ? 0 : figures.cooling_s / all;
}
