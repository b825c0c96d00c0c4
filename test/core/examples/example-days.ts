import { type DayEnergy, dayEnergy } from "@heatloop/core/energy/day-energy";
import type { Operation } from "@heatloop/core/live/operation";
import type { Minute } from "@heatloop/core/minute/minute";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { minuteOf, wholeMinute } from "./example-minutes.ts";

export const rome = zoneOf("Europe/Rome") as Zone;

/** Minutes of one operation, with Wh a minute; null is not known. */
export type Stretch = {
  readonly operation: Operation;
  readonly minutes: number;
  readonly heatWh: number | null;
  readonly electricityWh: number | null;
};

/** A local day of stretches, one after the other from midnight, and nothing after them. */
export function dayOf(date: string, stretches: readonly Stretch[], now = Number.POSITIVE_INFINITY): DayEnergy {
  const minutes: Minute[] = [];
  let at = rome.startOf(date);
  for (const { operation, minutes: count, heatWh, electricityWh } of stretches) {
    for (let index = 0; index < count; index += 1, at += 60_000) {
      minutes.push(
        heatWh === null
          ? minuteOf(at, { [`${operation}_s`]: 60, electricity_wh: electricityWh })
          : wholeMinute(at, operation, { heatWh, electricityWh }),
      );
    }
  }
  return dayEnergy({ date, zone: rome, minutes, now: Math.min(now, rome.endOf(date)) });
}

/** A whole day of heating (and of the 23 and 25 h days). */
export function heatingDay(date: string, heatWh: number | null, electricityWh: number | null): DayEnergy {
  const minutes = (rome.endOf(date) - rome.startOf(date)) / 60_000;
  return dayOf(date, [{ operation: "heating", minutes, heatWh, electricityWh }]);
}
