import { cop } from "../energy/cop.ts";
import type { DayEnergy } from "../energy/day-energy.ts";
import { addKnown } from "../energy/timeline.ts";
import type { CycleReport } from "../events/cycle-report.ts";
import type { ComparedDay } from "./compare-periods.ts";

const leastCoverage = 0.9;

/**
 * A day as periods compare it. Heating is with its defrosts; electricity and heat are scaled to a whole day. Where
 * less than nine tenths of the day were seen nothing of it is compared; run lengths need a run.
 */
export function comparedDayOf(
  energy: Pick<DayEnergy, "parts" | "coverage" | "seconds">,
  outdoorC: number | null,
  cycles: CycleReport | null,
): ComparedDay {
  const { heating, defrost, standby, hot_water: hotWater } = energy.parts;
  const seen = energy.coverage >= leastCoverage;
  const meanW = (wattHours: number | null) =>
    wattHours === null || !seen ? null : wattHours / ((energy.seconds / 3600) * energy.coverage);
  const heatingHeatWh = addKnown(heating.heatWh, heating.heatWh === null ? null : defrost.heatWh);
  const electricityWh = addKnown(heating.electricityWh, heating.electricityWh === null ? null : defrost.electricityWh);
  return {
    outdoorC,
    figures: {
      heating_w: meanW(addKnown(heatingHeatWh, heatingHeatWh === null ? null : standby.heatWh)),
      heating_electricity_w: meanW(electricityWh),
      heating_cop: seen ? cop(heatingHeatWh, electricityWh) : null,
      hot_water_cop: seen ? cop(hotWater.heatWh, hotWater.electricityWh) : null,
      starts: seen && cycles !== null ? cycles.starts : null,
      short_runs: seen && cycles !== null ? cycles.shortRuns.length : null,
      run_minutes: seen && cycles !== null ? cycles.meanRunMinutes : null,
    },
  };
}
