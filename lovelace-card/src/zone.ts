import { type Zone, zoneOf } from "@heatloop/core/local-day";
import type { Formats } from "./formats.ts";

const zones = new Map<string, Zone>();

/** Where days begin and end for the person who looks; UTC where the browser does not know the zone. */
export function viewZone({ timeZone }: Pick<Formats, "timeZone">): Zone {
  const zone = zones.get(timeZone) ?? zoneOf(timeZone) ?? (zoneOf("UTC") as Zone);
  zones.set(timeZone, zone);
  return zone;
}
