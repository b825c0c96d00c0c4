import type { Column, Columns } from "./row-columns.ts";
import { distributeSteps } from "./row-distribution.ts";
import { estimateUses } from "./row-estimates.ts";
import { followFirmware } from "./row-firmware-heat.ts";
import { bringToFormula } from "./row-formula.ts";
import { stretchFigures, sumStretches } from "./row-heat.ts";
import { columnCount, scratchColumns } from "./row-places.ts";
import { endOfRise, endOfSeen, nextKnown, nextUnseen, seenSeconds, wasOutdoors } from "./row-seen.ts";
import { sumColumns } from "./row-sums.ts";
import { sumUses } from "./row-uses.ts";

/**
 * All passes over the rows of a day, with their scratch: columns of at least one more than the rows of the day, and the
 * results of the pass that ran last. A program may bring passes that are faster and have the same results.
 */
export type RowPasses = Passes & {
  readonly scratch: Columns;
  readonly results: Column;
  /** A column of which nothing is known, for so many rows; not to be written to. */
  readonly unknown: (rows: number) => Column;
  /** The passes over the same day without some of its columns: `unknown` has taken their place in the day's columns. */
  readonly without: (columns: readonly number[]) => RowPasses;
};

export type Passes = typeof passes;

const passes = {
  bringToFormula,
  sumColumns,
  estimateUses,
  distributeSteps,
  sumUses,
  sumStretches,
  followFirmware,
  endOfSeen,
  seenSeconds,
  nextUnseen,
  wasOutdoors,
  nextKnown,
  endOfRise,
};

/** The most results that a pass has: a sum and a count of each column, or those of the stretches. */
export const resultsLength = Math.max(2 * columnCount, stretchFigures);

/** The passes as TypeScript, for days of at most so many rows. */
export function plainPasses(rows: number): RowPasses {
  const scratch = Array.from({ length: scratchColumns }, () => new Float64Array(rows + 1));
  const plain: RowPasses = {
    ...passes,
    scratch,
    results: new Float64Array(resultsLength),
    unknown: (of) => new Float64Array(of).fill(Number.NaN),
    without: () => plain,
  };
  return plain;
}
