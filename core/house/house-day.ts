import type { DayEnergy } from "../energy/day-energy.ts";
import type { DayEvents } from "../events/day-events.ts";
import type { DayOutdoor } from "../events/outdoor.ts";
import type { HouseDay } from "./house.ts";

const leastShare = 0.9;

/** A day's report and its weather, as the house is learned from them. */
export function houseDayOf(
  day: Pick<DayEnergy, "date" | "seconds" | "coverage" | "parts">,
  outdoor: DayOutdoor,
): HouseDay {
  const { heating, defrost, standby } = day.parts;
  const heatingWh = heating.heatWh === null ? null : heating.heatWh + (defrost.heatWh ?? 0) + (standby.heatWh ?? 0);
  return {
    date: day.date,
    outdoorC: outdoor.minutes * 60 >= leastShare * day.seconds ? outdoor.meanC : null,
    heatingWh,
    hotWaterWh: day.parts.hot_water.heatWh,
    hours: day.seconds / 3600,
    coverage: day.coverage,
  };
}

/** The days that are in `events` (by date) too, as the house is learned from them. */
export function houseDaysOf(days: readonly DayEnergy[], events: ReadonlyMap<string, DayEvents>): HouseDay[] {
  return days.flatMap((day) => {
    const outdoor = events.get(day.date)?.outdoor;
    return outdoor === undefined ? [] : [houseDayOf(day, outdoor)];
  });
}
