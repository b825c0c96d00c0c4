import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";

/** What the controller's clock shows, ms east of UTC: standard time all year, the smaller offset of January and July. */
export function standardOffsetMs(zone: Zone, at: number): number {
  const year = new Date(at).getUTCFullYear();
  const offsets = [Date.UTC(year, 0, 15), Date.UTC(year, 6, 15)].map((time) => zone.offsetMinutes(time));
  return Math.min(...offsets) * minuteMs;
}

/** The last midnight of the controller's clock at or before a time; both ms since the epoch. */
export function controllerMidnight(at: number, offsetMs: number): number {
  return Math.floor((at + offsetMs) / dayMs) * dayMs - offsetMs;
}
