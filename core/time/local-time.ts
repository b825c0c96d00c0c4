import { dayMs, minuteMs } from "./durations.ts";
import type { Zone } from "./local-day.ts";

const pattern = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d(?:\.\d+)?)?\s?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * The instant of a written time, ms since the epoch: ISO 8601 with `T` or a space, with an offset or without one as
 * local time of the zone. A local time that the clock shows twice is its first instant, or its second one where the
 * first is not after `after`. undefined where it is no time, or one that the clock leaps over.
 */
export function instantOf(text: string, zone: Zone, after = Number.NEGATIVE_INFINITY): number | undefined {
  const match = pattern.exec(text.trim());
  if (match === null) return undefined;
  const [, date = "", time = "", seconds = ":00", offset] = match;
  const local = Date.parse(`${date}T${time}${seconds}Z`);
  if (Number.isNaN(local) || new Date(local).toISOString().slice(0, 10) !== date) return undefined;
  if (offset !== undefined) {
    const at = Date.parse(`${date}T${time}${seconds}${offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`);
    return Number.isNaN(at) ? undefined : at;
  }
  const [first, second] = instantsOf(local, zone);
  return second !== undefined && first !== undefined && first <= after ? second : first;
}

/** The instants at which the zone's clocks show a time; `local` is that time read as if it were UTC. */
function instantsOf(local: number, zone: Zone): number[] {
  const offsets = new Set([zone.offsetMinutes(local - dayMs), zone.offsetMinutes(local + dayMs)]);
  return [...offsets]
    .map((minutes) => ({ minutes, at: local - minutes * minuteMs }))
    .filter(({ minutes, at }) => zone.offsetMinutes(at) === minutes)
    .map(({ at }) => at)
    .sort((a, b) => a - b);
}
