import { plainLineScanner } from "./plain-lines.ts";
import { type CsvScanner, csvScanner } from "./scan-csv.ts";
import { simdLineScanner } from "./simd-lines.ts";

/** The fastest scanner of some columns that the machine runs. It keeps the room of a day's file. */
export function openScanner(columns: readonly string[]): CsvScanner {
  return csvScanner(simdLineScanner(columns.length) ?? plainLineScanner(), columns);
}
