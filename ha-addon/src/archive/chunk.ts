import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { CsvScanner } from "./scan/scan-csv.ts";

/** A fault in the archive; `line` counts from 1, null where it is about the whole file. */
export type FileProblem = { readonly file: string; readonly line: number | null; readonly problem: string };

/** Rows of one file that follow each other and belong to one local date. */
export type Chunk = {
  columns: DayColumns;
  readonly file: string;
  readonly lineOf: (row: number) => number;
  /** Whether it is known that each row begins after the one before. */
  readonly isAscending: boolean;
  /** The scanner that owns the arrays; undefined once they are copied. */
  scanner: CsvScanner | undefined;
};
