import type { Column, Columns, f64, i32 } from "./row-columns.ts";
import { columnCount } from "./row-places.ts";

/** Sums up each column: the sums to `results`, behind them the number of rows in which each was known. */
export function sumColumns(rows: i32, columns: Columns, results: Column): void {
  for (let from: i32 = 0; from < columnCount; from += 4) {
    // The last four may have been summed up in part already.
    const i = from + 4 > columnCount ? columnCount - 4 : from;
    sumFour(
      rows,
      columns[i] as Column,
      columns[i + 1] as Column,
      columns[i + 2] as Column,
      columns[i + 3] as Column,
      results,
      i,
    );
  }
}

/** Four columns in one go: each addition waits for the one before it, but four sums do not wait for each other. */
function sumFour(rows: i32, a: Column, b: Column, c: Column, d: Column, results: Column, at: i32): void {
  let sumA: f64 = 0;
  let sumB: f64 = 0;
  let sumC: f64 = 0;
  let sumD: f64 = 0;
  let knownA: i32 = 0;
  let knownB: i32 = 0;
  let knownC: i32 = 0;
  let knownD: i32 = 0;
  for (let row: i32 = 0; row < rows; row += 1) {
    const valueA = a[row] as f64;
    const valueB = b[row] as f64;
    const valueC = c[row] as f64;
    const valueD = d[row] as f64;
    if (!Number.isNaN(valueA)) {
      sumA += valueA;
      knownA += 1;
    }
    if (!Number.isNaN(valueB)) {
      sumB += valueB;
      knownB += 1;
    }
    if (!Number.isNaN(valueC)) {
      sumC += valueC;
      knownC += 1;
    }
    if (!Number.isNaN(valueD)) {
      sumD += valueD;
      knownD += 1;
    }
  }
  results[at] = sumA;
  results[at + 1] = sumB;
  results[at + 2] = sumC;
  results[at + 3] = sumD;
  results[columnCount + at] = knownA;
  results[columnCount + at + 1] = knownB;
  results[columnCount + at + 2] = knownC;
  results[columnCount + at + 3] = knownD;
}
