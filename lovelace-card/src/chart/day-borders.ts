import { dayMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "./chart.ts";
import { localTime } from "./local-time.ts";

/** A day that is less wide is drawn as one, px: its hours could not be told apart. */
const leastWidth = 24;
/** Less than that would flicker, px: then it is some days together. */
const leastStep = 2;

/** The borders of the last span: a live chart has the same ones until midnight. */
let last: { readonly key: string; readonly borders: Float64Array } | undefined;

/**
 * Where local days begin in a span so long that each is only some px wide, the first at or before its start and the last at
 * or after its end; undefined where days are wide enough for their hours. The same array as long as it holds the same.
 */
export function dayBorders({ from, to }: TimeSpan, timeZone: string, width: number): Float64Array | undefined {
  const days = (to - from) / dayMs;
  if (width / days >= leastWidth) return undefined;
  const { wallAt, atWall } = localTime(timeZone);
  const step = Math.ceil((leastStep * days) / width) * dayMs;
  const first = Math.floor(wallAt(from) / step);
  const end = Math.ceil(wallAt(to) / step);
  const key = `${timeZone} ${step} ${first} ${end}`;
  if (last?.key !== key) {
    last = {
      key,
      borders: Float64Array.from({ length: end - first + 1 }, (_, index) => atWall((first + index) * step)),
    };
  }
  return last.borders;
}
