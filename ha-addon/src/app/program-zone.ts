import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import type { AppParts } from "./app-parts.ts";

/** The time zone of the settings, else of Home Assistant, else of the machine, whichever is known at the moment. */
export function programZone(
  parts: Pick<AppParts, "settings" | "homeAssistant" | "timeZone" | "processZone">,
): () => Zone {
  const zones = new Map<string, Zone | undefined>();
  const sources = [
    () => parts.settings.current().time_zone,
    () => parts.homeAssistant?.config()?.timeZone,
    parts.timeZone,
    () => "UTC",
  ];

  function zoneNamed(name: string): Zone | undefined {
    if (!zones.has(name)) zones.set(name, zoneOf(name, name === parts.processZone));
    return zones.get(name);
  }

  return () => {
    for (const source of sources) {
      const name = source();
      const zone = name ? zoneNamed(name) : undefined;
      if (zone !== undefined) return zone;
    }
    throw new Error("no UTC");
  };
}
