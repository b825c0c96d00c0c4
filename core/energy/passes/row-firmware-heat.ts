import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { orZero } from "./row-estimates.ts";
import {
  coolingS,
  coolingWh,
  covered,
  firmwareKwh,
  heat,
  heatingS,
  hotWaterS,
  spanCertain,
  spanCoolingShare,
  spanFrom,
  spanTo,
  spanWh,
} from "./row-places.ts";

const minuteMs: f64 = 60_000;
/** A total that falls below this share of itself has started again. */
const restartShare: f64 = 0.5;
/** From a minute's last value to the next one's is no gap. */
const nextMinuteMs: f64 = 90_000;
/** A step of the total over less seen time than this is one over a gap. Chosen: rows may miss some seconds each. */
const leastCoveredShare: f64 = 0.9;
/** What ran is not known. */
const unknownKind: f64 = -1;

/**
 * Follows the firmware's own total through the rows. To `results`: its heat and cold in Wh, the seconds that it covers,
 * and 1 where it was reported at all. Returns how many spans it alone saw; they are in the scratch.
 */
export function followFirmware(
  rows: i32,
  times: Column,
  columns: Columns,
  daysCoolingShare: f64,
  scratch: Columns,
  results: Column,
): i32 {
  const total = columns[firmwareKwh] as Column;
  const cooling = columns[coolingS] as Column;
  const heatingOf = columns[heatingS] as Column;
  const hotWaterOf = columns[hotWaterS] as Column;
  let heatWh: f64 = 0;
  let coldWh: f64 = 0;
  let seconds: f64 = 0;
  let spans: i32 = 0;
  let last: i32 = -1;
  let kindBefore: f64 = unknownKind;
  for (let row: i32 = 0; row < rows; row += 1) {
    const now = total[row] as f64;
    if (Number.isNaN(now)) continue;
    const end = (times[row] as f64) + minuteMs;
    const from = last < 0 ? end - minuteMs : (times[last] as f64) + minuteMs;
    const before: f64 = last < 0 ? 0 : (total[last] as f64);
    const began = last < 0 || now < before * restartShare;
    const wh: f64 = last < 0 ? 0 : (now - (began ? 0 : before)) * 1000;
    const isCold = (cooling[row] as f64) > 0;
    const isWarm = (heatingOf[row] as f64) > 0 || (hotWaterOf[row] as f64) > 0;
    const kind: f64 = isCold ? 1 : isWarm ? 0 : unknownKind;
    const certain = kind !== unknownKind && kind === kindBefore;
    let isGap = false;
    let seenWh: f64 = 0;
    if (end - from > nextMinuteMs) {
      isGap = sumOf(columns[covered] as Column, last + 1, row) < ((end - from) / 1000) * leastCoveredShare;
      if (isGap) seenWh = seenBetween(columns, last + 1, row);
    }
    const share: f64 = kind === unknownKind || (isGap && !certain) ? daysCoolingShare : kind;
    if (isGap && !began) {
      (scratch[spanFrom] as Column)[spans] = from;
      (scratch[spanTo] as Column)[spans] = end;
      (scratch[spanWh] as Column)[spans] = Math.max(0, wh - seenWh);
      (scratch[spanCoolingShare] as Column)[spans] = share;
      (scratch[spanCertain] as Column)[spans] = certain ? 1 : 0;
      spans += 1;
    }
    if (!began || !isGap) seconds += (end - from) / 1000;
    heatWh += wh * (1 - share);
    coldWh += wh * share;
    last = row;
    kindBefore = kind;
  }
  results[0] = heatWh;
  results[1] = coldWh;
  results[2] = seconds;
  results[3] = last < 0 ? 0 : 1;
  return spans;
}

/** The logged heat and cold from one row to another, both included, Wh. */
function seenBetween(columns: Columns, first: i32, last: i32): f64 {
  const warm = columns[heat] as Column;
  const cold = columns[coolingWh] as Column;
  let wh: f64 = 0;
  for (let row: i32 = first; row <= last; row += 1) {
    wh += Math.max(0, orZero(warm[row] as f64)) + Math.max(0, orZero(cold[row] as f64));
  }
  return wh;
}

function sumOf(values: Column, first: i32, last: i32): f64 {
  let sum: f64 = 0;
  for (let row: i32 = first; row <= last; row += 1) sum += orZero(values[row] as f64);
  return sum;
}
