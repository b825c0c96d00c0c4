import { operations } from "../live/operation.ts";
import type { Minute } from "../minute/minute.ts";
import { minuteMs } from "../time/durations.ts";
import { columnOfDay, columnsOfMinutes, type DayColumns } from "./day-columns.ts";
import { distribute } from "./distribution.ts";
import { type ElectricityByPart, noElectricityByPart } from "./electricity-by-part.ts";
import { estimateColumns, type HeaterPowers, usualHeaters } from "./estimated-use.ts";
import { shareOf } from "./passes/row-estimates.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { estimateWh, immersionWh } from "./passes/row-places.ts";

/** Electricity of each minute, and the share of that of its known operation whose heat passes the flow sensor. */
export type MinuteUses = {
  readonly uses: ElectricityByPart[];
  /** 1 but for the immersion heater's part; 0 where neither meter nor counter covered the minute. */
  readonly pairedShares: number[];
};

/**
 * Electricity of each minute of a local day by operation, Wh; index 0 is the minute that begins at `dayStartsAt` (ms
 * since the epoch), the last is that of the last row. The steps of the meter (Wh, one a row, NaN where it was not
 * known) are given back to the minutes that used them as `electricityUse` does it, those of minutes without a row
 * evenly. The sum over everything is that of the steps.
 */
export function minuteUses(
  day: DayColumns,
  dayStartsAt: number,
  steps: Float64Array,
  heaters: HeaterPowers,
  passes: RowPasses = plainPasses(day.rows),
): MinuteUses {
  const { knownWh, unknownWh, unseen } = distribute(day, dayStartsAt, steps, heaters, passes);
  const seconds = operations.map((operation) => columnOfDay(day, `${operation}_s`));
  const uses: ElectricityByPart[] = [];
  const pairedShares: number[] = [];
  const indexAt = (at: number) => Math.max(0, Math.floor((at - dayStartsAt) / minuteMs));
  const useAt = (at: number): ElectricityByPart => {
    const index = indexAt(at);
    for (; uses.length <= index; pairedShares.push(0)) uses.push(noElectricityByPart());
    return uses[index] as ElectricityByPart;
  };
  for (let row = 0; row < day.rows; row += 1) {
    const at = day.times[row] as number;
    const use = useAt(at);
    if (!Number.isNaN(steps[row] as number)) {
      const estimated = (passes.scratch[estimateWh]?.[row] as number) || 1;
      pairedShares[indexAt(at)] = 1 - (passes.scratch[immersionWh]?.[row] as number) / estimated;
    }
    const wh = knownWh[row] as number;
    use.unknown += unknownWh[row] as number;
    if (wh === 0) continue;
    for (let i = 0; i < operations.length; i += 1) {
      const operation = operations[i] as (typeof operations)[number];
      const operationS = (seconds[i] as Float64Array)[row] || 0;
      if (operationS > 0) use[operation] += wh * shareOf(passes.scratch, row, operationS, operation === "standby");
    }
  }
  for (const { from, minutes, wh } of unseen) {
    for (let i = 0; i < minutes; i += 1) useAt(from + i * minuteMs).unknown += wh / minutes;
  }
  return { uses, pairedShares };
}

/** `minuteUses` without the shares. */
export function usesOfSteps(...of: Parameters<typeof minuteUses>): ElectricityByPart[] {
  return minuteUses(...of).uses;
}

/** The same from minutes (of one day, in order of time) and the heat pump's own counter in them. */
export function usePerMinute(minutes: readonly Minute[], dayStartsAt: number): ElectricityByPart[] {
  const day = columnsOfMinutes(minutes, ["electricity_wh", ...estimateColumns]);
  return usesOfSteps(day, dayStartsAt, columnOfDay(day, "electricity_wh"), usualHeaters);
}
