import { type Zone, zoneOf } from "@heatloop/core/time/local-day";

const zones = new Map<string, Zone>();

/** A time zone by its IANA name; UTC where the browser does not know it. */
export function viewZone(timeZone: string): Zone {
  const zone = zones.get(timeZone) ?? zoneOf(timeZone) ?? (zoneOf("UTC") as Zone);
  zones.set(timeZone, zone);
  return zone;
}
