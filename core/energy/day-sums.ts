import { type DayColumns, type EnergyColumn, energyColumnNames } from "./day-columns.ts";
import { plainPasses, type RowPasses } from "./passes/row-passes.ts";
import { columnCount } from "./passes/row-places.ts";

/** The minutes of a day summed up, column by column. */
export type DaySums = {
  /** Sum over the minutes in which it was known; 0 where it never was. */
  readonly figures: Readonly<Record<EnergyColumn, number>>;
  /** In how many minutes it was known. */
  readonly known: Readonly<Record<EnergyColumn, number>>;
  readonly compressorS: number;
};

/** The sums of a day. `passes` need no scratch for this. */
export function daySums({ rows, columns }: DayColumns, passes: RowPasses = plainPasses(0)): DaySums {
  passes.sumColumns(rows, columns, passes.results);
  const figures = {} as Record<EnergyColumn, number>;
  const known = {} as Record<EnergyColumn, number>;
  for (let i = 0; i < columnCount; i += 1) {
    const name = energyColumnNames[i] as EnergyColumn;
    figures[name] = passes.results[i] as number;
    known[name] = passes.results[columnCount + i] as number;
  }
  return { figures, known, compressorS: figures.compressor };
}
