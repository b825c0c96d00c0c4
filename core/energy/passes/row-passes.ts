import { allotSteps } from "./row-allotment.ts";
import type { Column, Columns } from "./row-columns.ts";
import { estimateUses } from "./row-estimates.ts";
import { bringToFormula } from "./row-formula.ts";
import { followFirmware, stretchFigures, sumStretches } from "./row-heat.ts";
import { columnCount, roomColumns } from "./row-places.ts";
import { endOfRise, endOfSeen, nextBlind, nextKnown, seenSeconds, wasOutdoors } from "./row-seen.ts";
import { sumColumns } from "./row-sums.ts";
import { sumUses } from "./row-uses.ts";

/**
 * All that goes over the rows of a day, and the room in which it leaves what it finds: the figures of the pass that ran
 * last, and columns of at least one more than the rows of the day. A program may bring passes that are faster and find
 * the same.
 */
export type RowPasses = Passes & { readonly room: Columns; readonly found: Column };

export type Passes = typeof passes;

const passes = {
  bringToFormula,
  sumColumns,
  estimateUses,
  allotSteps,
  sumUses,
  sumStretches,
  followFirmware,
  endOfSeen,
  seenSeconds,
  nextBlind,
  wasOutdoors,
  nextKnown,
  endOfRise,
};

/** As many figures as a pass leaves at most: a sum and a count of each column, or those of the stretches. */
export const foundLength = Math.max(2 * columnCount, stretchFigures);

/** The passes as they stand here, for days of at most so many rows. */
export function plainPasses(rows: number): RowPasses {
  const room = Array.from({ length: roomColumns }, () => new Float64Array(rows + 1));
  return { ...passes, room, found: new Float64Array(foundLength) };
}
