import type { Stop } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { Hass } from "./hass.ts";

/** What the Energy dashboard's date picker has chosen, ms since the epoch; `to` is its last moment. */
export type PickedDates = { readonly from: number; readonly to: number };

/** The frontend's energy collection (src/data/energy.ts), as far as it is used; nothing of it is promised. */
type Collection = {
  readonly start: Date;
  readonly end?: Date;
  readonly isActive?: () => boolean;
  subscribe(changed: () => void): Stop;
};

/**
 * Follows the date picker on the same dashboard. Returns undefined where there is none: a collection that nobody
 * listens to is one of another dashboard. A picker without an end means the day of its start in `zone`.
 */
export function followDatePicker(hass: Hass, zone: Zone, picked: (dates: PickedDates) => void): Stop | undefined {
  try {
    const collection = activeCollection(hass);
    if (collection === undefined) return undefined;
    const report = () => {
      const { start, end } = collection;
      if (!(start instanceof Date)) return;
      const from = start.getTime();
      picked({ from, to: end?.getTime() ?? zone.endOf(zone.dateOf(from)) - 1 });
    };
    const stop = collection.subscribe(report);
    report();
    return stop;
  } catch {
    return undefined;
  }
}

function activeCollection({ connection }: Hass): Collection | undefined {
  return Object.entries(connection)
    .filter(([key]) => key === "_energy" || key.startsWith("_energy_"))
    .map(([, value]) => value as Collection)
    .find((each) => typeof each?.subscribe === "function" && each.start instanceof Date && each.isActive?.() === true);
}
