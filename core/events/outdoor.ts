import { numberIn, rowsOfDay, type Timeline } from "../energy/timeline.ts";

/** The outdoor temperature of a day, °C; null where it was never known. */
export type DayOutdoor = {
  readonly meanC: number | null;
  readonly lowestC: number | null;
  readonly highestC: number | null;
  /** Minutes in which it was known. */
  readonly minutes: number;
};

/** The outdoor temperature of a local day. */
export function outdoorOf(timeline: Timeline): DayOutdoor {
  let sum = 0;
  let minutes = 0;
  let lowestC = Number.POSITIVE_INFINITY;
  let highestC = Number.NEGATIVE_INFINITY;
  for (const minute of rowsOfDay(timeline)) {
    const outdoorC = numberIn(minute, "outdoor_temperature");
    if (outdoorC === null) continue;
    sum += outdoorC;
    minutes += 1;
    lowestC = Math.min(lowestC, outdoorC);
    highestC = Math.max(highestC, outdoorC);
  }
  if (minutes === 0) return { meanC: null, lowestC: null, highestC: null, minutes };
  return { meanC: sum / minutes, lowestC, highestC, minutes };
}
