import { type DayColumns, type EnergyColumn, energyColumnAt } from "./day-columns.ts";
import { type Figure, figures } from "./minute.ts";

/** The minutes of a day summed up, column by column. */
export type DaySums = {
  /** Sum over the minutes in which it was known; 0 where it never was. */
  readonly figures: Readonly<Record<Figure, number>>;
  /** Whether any minute knew it. */
  readonly known: Readonly<Record<Figure, boolean>>;
  readonly compressorS: number;
};

export function daySums(day: DayColumns): DaySums {
  const sums = {} as Record<Figure, number>;
  const known = {} as Record<Figure, boolean>;
  for (const figure of figures) {
    const [sum, seen] = sumOf(day, figure);
    sums[figure] = sum;
    known[figure] = seen > 0;
  }
  return { figures: sums, known, compressorS: sumOf(day, "compressor")[0] };
}

function sumOf({ rows, columns }: DayColumns, name: EnergyColumn): readonly [sum: number, known: number] {
  const column = columns[energyColumnAt(name)] as Float64Array;
  let sum = 0;
  let known = 0;
  for (let row = 0; row < rows; row += 1) {
    const value = column[row] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    known += 1;
  }
  return [sum, known];
}
