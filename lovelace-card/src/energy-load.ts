import type { Clock } from "@heatloop/core/clock";
import type { Zone } from "@heatloop/core/local-day";
import { askAddon } from "./addon.ts";
import { type BarUnit, barUnitOf, type DateRange, slotsOf } from "./date-range.ts";
import { type EnergyShown, noBar } from "./energy-bars.ts";
import { type AddonReport, barsOfReport, reportPath } from "./energy-report.ts";
import { loadStatistics } from "./energy-statistics.ts";
import { type HeatPump, heatloopId } from "./find-entities.ts";
import type { Hass } from "./hass.ts";
import { rangeLimits } from "./range-limits.ts";

/** The energy of a range: from Heatloop's app where it can be reached, else from Home Assistant's statistics. */
export async function loadEnergy(
  { hass, heatPump, clock }: { readonly hass: Hass; readonly heatPump: HeatPump; readonly clock: Clock },
  range: DateRange,
  zone: Zone,
): Promise<EnergyShown> {
  const unit = barUnitOf(range);
  const slots = slotsOf(range, unit, zone);
  const { known } = rangeLimits(range, zone.dateOf(clock.now()));
  const [report, statistics] = await Promise.allSettled([
    known && loadReport(hass, heatPump, clock, known, unit),
    // The app has no hours; of days and months it knows more than the statistics.
    unit === "hour" ? loadStatistics(hass, heatPump, slots, unit) : undefined,
  ]);
  const told = report.status === "fulfilled" ? report.value : undefined;
  if (told === undefined) {
    if (statistics.status === "rejected") throw statistics.reason;
    return statistics.value ?? loadStatistics(hass, heatPump, slots, unit);
  }
  const shown = barsOfReport(told, slots);
  if (unit !== "hour") return shown;
  const bars = statistics.status === "fulfilled" ? statistics.value?.bars : undefined;
  return { ...shown, bars: bars ?? slots.map(() => noBar) };
}

/** A report of Heatloop's app; undefined where it cannot be reached. */
export async function loadReport(
  hass: Hass,
  heatPump: HeatPump,
  clock: Clock,
  range: Pick<DateRange, "from" | "to">,
  unit: BarUnit,
): Promise<AddonReport | undefined> {
  const device = heatloopId(heatPump.device);
  if (device === undefined) return undefined;
  const answer = await askAddon<AddonReport>(
    hass,
    clock,
    reportPath(device, range, unit === "month" ? "month" : "day"),
  );
  return answer.kind === "answer" ? answer.value : undefined;
}
