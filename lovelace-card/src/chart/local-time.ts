import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import { zoneOf } from "@heatloop/core/time/local-day";

/** Converts between instants and what clocks on the wall show, written as if the wall stood in UTC (ms). */
export type LocalTime = {
  /** What the wall clock shows at an instant. */
  wallAt(at: number): number;
  /** The instant at which it shows this: the first of two; where the hour is left out, as long after the change. */
  atWall(wall: number): number;
};

const known = new Map<string, LocalTime>();

/** The local time of an IANA time zone, daylight saving time included; UTC where there is no such zone. */
export function localTime(timeZone: string): LocalTime {
  const made = known.get(timeZone) ?? localTimeOf(timeZone);
  known.set(timeZone, made);
  return made;
}

function localTimeOf(timeZone: string): LocalTime {
  const zone = zoneOf(timeZone);
  const offset = (at: number) => (zone?.offsetMinutes(at) ?? 0) * minuteMs;
  const wallAt = (at: number) => at + offset(at);
  return {
    wallAt,
    atWall(wall) {
      const earlier = wall - Math.max(offset(wall - dayMs), offset(wall + dayMs));
      const later = wall - Math.min(offset(wall - dayMs), offset(wall + dayMs));
      if (wallAt(earlier) === wall) return earlier;
      return later;
    },
  };
}
