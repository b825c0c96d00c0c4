import type { Operation } from "../live/operation.ts";
import type { DayColumns } from "./day-columns.ts";
import { type Distribution, distribute } from "./distribution.ts";
import type { ElectricityByPart } from "./electricity-by-part.ts";
import type { HeaterPowers } from "./estimated-use.ts";
import type { Column } from "./passes/row-columns.ts";
import { plainPasses, type RowPasses, resultsLength } from "./passes/row-passes.ts";
import { consumersAt, unknownAt } from "./passes/row-uses.ts";

/** What consumes electricity, whatever it is used for; `unknown` is the time of unknown operation. */
export const consumers = ["compressor", "booster_heater", "immersion_heater", "pump", "standby", "unknown"] as const;
export type Consumer = (typeof consumers)[number];
type ByOperation = Record<Operation, number>;

/** What the electricity of a day was used for, Wh. */
export type ElectricityUse = {
  readonly parts: ElectricityByPart;
  /** Estimated: rated power of the heaters, the pump's own reading, 20 W of standby; the compressor has the rest. */
  readonly consumers: Record<Consumer, number>;
  readonly paired: PairedUse;
  readonly distribution: Distribution;
};

/** Both sides of the time in which both are known, Wh, and the immersion heater's part of that electricity. */
export type PairedUse = {
  readonly heatWh: ByOperation;
  readonly electricityWh: ByOperation;
  readonly immersionWh: ByOperation;
};

/** `steps`: those of the meter, Wh, one a row, NaN where it was not known; the parts add up to their sum. */
export function electricityUse(
  day: DayColumns,
  dayStartsAt: number,
  steps: Column,
  heaters: HeaterPowers,
  passes: RowPasses = plainPasses(day.rows),
): ElectricityUse {
  const { results } = passes;
  const distribution = distribute(day, dayStartsAt, steps, heaters, passes);
  passes.sumUses(day.rows, day.columns, steps, passes.scratch, results);
  const unknownWh = distribution.unseen.reduce((sum, { wh }) => sum + wh, results[unknownAt] as number);
  const consumer = (i: number) => results[consumersAt + i] as number;
  return {
    parts: { ...byOperation(results, 0), unknown: unknownWh },
    consumers: {
      compressor: consumer(0),
      booster_heater: consumer(1),
      immersion_heater: consumer(2),
      pump: consumer(3),
      standby: consumer(4),
      unknown: unknownWh,
    },
    paired: pairedOf(results),
    distribution,
  };
}

/** The same of some rows alone of a day whose electricity `passes` have distributed; `to` is not among them. */
export function pairedUseOfRows(
  day: DayColumns,
  steps: Column,
  passes: RowPasses,
  { from, to }: { readonly from: number; readonly to: number },
): PairedUse {
  const part = (column: Column) => column.subarray(from, to);
  const results = new Float64Array(resultsLength);
  passes.sumUses(to - from, day.columns.map(part), part(steps), passes.scratch.map(part), results);
  return pairedOf(results);
}

function pairedOf(results: Column): PairedUse {
  return {
    electricityWh: byOperation(results, 1),
    immersionWh: byOperation(results, 2),
    heatWh: byOperation(results, 3),
  };
}

/** One of the four sums of each operation that `sumUses` leaves. */
function byOperation(results: Column, sum: number): ByOperation {
  return {
    heating: results[sum] as number,
    hot_water: results[4 + sum] as number,
    cooling: results[8 + sum] as number,
    defrost: results[12 + sum] as number,
    standby: results[16 + sum] as number,
  };
}
