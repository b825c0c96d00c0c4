import type { DayColumns } from "./day-columns.ts";
import { estimateDay, type HeaterPowers } from "./estimated-use.ts";
import type { Column } from "./passes/row-columns.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { knownWh, unknownWh, unseenFrom, unseenMinutes, unseenWh } from "./passes/row-places.ts";

/** Electricity of a day distributed to the minutes that used it, Wh; the sum over all of it is that of the steps. */
export type Distribution = {
  /** Of the time of each row of which the operation is known. */
  readonly knownWh: Column;
  /** Of the rest of each row. */
  readonly unknownWh: Column;
  /** Of minutes that have no row; `from` in ms since the epoch. */
  readonly unseen: readonly { readonly from: number; readonly minutes: number; readonly wh: number }[];
};

/**
 * Distributes the steps of a meter to the minutes since the step before, in proportion to what each has used by its
 * estimate. Time whose operation is not known (the program or the device was away) takes what the known time can't have
 * used; how much that is follows from the steps of the day that have no such time. `steps` in Wh, one a row, NaN where
 * the meter was not known.
 */
export function distribute(
  day: DayColumns,
  dayStartsAt: number,
  steps: Column,
  heaters: HeaterPowers,
  passes: RowPasses = plainPasses(day.rows),
): Distribution {
  const { scratch } = passes;
  estimateDay(day, heaters, passes);
  const stretches = passes.distributeSteps(day.rows, day.times, steps, dayStartsAt, scratch);
  const unseen = Array.from({ length: stretches }, (_, i) => ({
    from: scratch[unseenFrom]?.[i] as number,
    minutes: scratch[unseenMinutes]?.[i] as number,
    wh: scratch[unseenWh]?.[i] as number,
  }));
  return { knownWh: scratch[knownWh] as Column, unknownWh: scratch[unknownWh] as Column, unseen };
}
