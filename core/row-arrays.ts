/** Hands out an array of at least so many rows; what is in it means nothing yet. */
export type RowArrays = (rows: number) => Float64Array;

export const newRowArrays: RowArrays = (rows) => new Float64Array(rows);

/** The same arrays again and again, for one day after the other: a year of new ones is a hundred megabytes. */
export type ReusedRowArrays = {
  readonly take: RowArrays;
  /** Those handed out before may be handed out again. */
  begin(): void;
};

/** As many rows as the longest day has minutes. */
const usualRows = 1500;

export function reusedRowArrays(): ReusedRowArrays {
  const arrays: Float64Array[] = [];
  let taken = 0;
  return {
    take(rows) {
      let array = arrays[taken];
      if (array === undefined || array.length < rows) {
        array = new Float64Array(Math.max(usualRows, rows));
        arrays[taken] = array;
      }
      taken += 1;
      return array;
    },
    begin() {
      taken = 0;
    },
  };
}
