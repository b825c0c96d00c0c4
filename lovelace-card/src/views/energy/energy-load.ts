import type { Clock } from "@heatloop/core/time/clock";
import type { Zone } from "@heatloop/core/time/local-day";
import type { HeatPumpEntities } from "../../home-assistant/find-entities.ts";
import type { Hass } from "../../home-assistant/hass.ts";
import { loadReport } from "../../range/addon-report.ts";
import { barUnitOf, type DateRange, slotsOf } from "../../range/date-range.ts";
import { rangeLimits } from "../../range/range-limits.ts";
import { type EnergyShown, noBar } from "./energy-bars.ts";
import { barsOfReport } from "./energy-report.ts";
import { loadStatistics } from "./energy-statistics.ts";

/** The energy of a range: from Heatloop's app where it can be reached, else from Home Assistant's statistics. */
export async function loadEnergy(
  { hass, heatPump, clock }: { readonly hass: Hass; readonly heatPump: HeatPumpEntities; readonly clock: Clock },
  range: DateRange,
  zone: Zone,
): Promise<EnergyShown> {
  const unit = barUnitOf(range);
  const slots = slotsOf(range, unit, zone);
  const { known } = rangeLimits(range, zone.dateOf(clock.now()));
  const [report, statistics] = await Promise.allSettled([
    known && loadReport("energy", { hass, heatPump, clock }, known, unit),
    // The app has no hours; of days and months it knows more than the statistics.
    unit === "hour" ? loadStatistics(hass, heatPump, slots, unit) : undefined,
  ]);
  const answer = report.status === "fulfilled" ? report.value : undefined;
  if (answer === undefined) {
    if (statistics.status === "rejected") throw statistics.reason;
    return statistics.value ?? loadStatistics(hass, heatPump, slots, unit);
  }
  const shown = barsOfReport(answer, slots);
  if (unit !== "hour") return shown;
  const bars = statistics.status === "fulfilled" ? statistics.value?.bars : undefined;
  return { ...shown, bars: bars ?? slots.map(() => noBar) };
}
