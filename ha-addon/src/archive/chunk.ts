import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { CsvScanner } from "./scan/scan-csv.ts";

/** Something in the archive that is not as it should be; `line` counts from 1, null where it is the file as a whole. */
export type FileFinding = { readonly file: string; readonly line: number | null; readonly problem: string };

/** Rows of one file that follow each other and belong to one local date. */
export type Chunk = {
  columns: DayColumns;
  readonly file: string;
  readonly lineOf: (row: number) => number;
  /** Whether it is known that each row begins after the one before. */
  readonly isAscending: boolean;
  /** Whose arrays they are, until they are copied. */
  scanner: CsvScanner | undefined;
};
