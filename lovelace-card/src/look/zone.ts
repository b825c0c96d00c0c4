import { type Zone, zoneOf } from "@heatloop/core/time/local-day";

/** What newer browsers have of Temporal; older ones need a format of dates to say their zone, which takes longer than it spares. */
type WithTemporal = { readonly Temporal?: { readonly Now: { timeZoneId(): string } } };

const zones = new Map<string, Zone>();

/** A time zone by its IANA name; UTC where the browser does not know it. The browser's own is read from its plain clock. */
export function viewZone(timeZone: string): Zone {
  // It may change while the page is open: on a journey.
  const isBrowsers = (globalThis as WithTemporal).Temporal?.Now.timeZoneId() === timeZone;
  const key = `${timeZone} ${isBrowsers}`;
  const zone = zones.get(key) ?? zoneOf(timeZone, isBrowsers) ?? (zoneOf("UTC") as Zone);
  zones.set(key, zone);
  return zone;
}
