import type { CellLimits } from "@heatloop/core/minute/plausible-row";

/** Which cells of the lines of a file are read, counted from the time, which is the first. */
export type LinePlan = {
  /** For each wanted column, in their order in the file: how many cells there are between it and the one before. */
  readonly gaps: readonly number[];
  /** How many cells there are behind the last wanted one. */
  readonly rest: number;
  /** For each wanted column the limits of its numbers in a plain line. */
  readonly limits: readonly CellLimits[];
};

/** The lines of a file that were read in one go. The arrays are valid until the scanner reads again. */
export type Lines = {
  readonly rows: number;
  /** Start of each row's time, ms since the epoch. */
  readonly times: Float64Array;
  /** Minutes east of UTC that each row's time was written with. */
  readonly offsets: Int16Array;
  /** The wanted columns; unknown is NaN. */
  readonly columns: readonly Float64Array[];
  /** Rows whose line is not plain, with where it begins; their values in the arrays mean nothing. */
  readonly odd: readonly { readonly row: number; readonly from: number }[];
  /** Whether each time is later than the one before, and all were written with one offset; without odd rows. */
  readonly isAscending: boolean;
  readonly hasOneOffset: boolean;
  /** Where the next line begins. */
  readonly next: number;
};

/**
 * Reads plain lines fast: a time `2026-01-31T12:34:56+01:00`, then exactly the planned cells, none quoted, each wanted
 * one empty or a decimal number of at most 15 digits within its limits. Every other line is odd, and left to a slower
 * reader.
 */
export type LineScanner = {
  /** A buffer for so many bytes of a file, valid until the next call. */
  buffer(length: number): Uint8Array;
  /** A column without any value: all NaN. */
  unknown(rows: number): Float64Array;
  /** Reads lines of the buffer from `from` up to `to`; the last byte is a line feed. */
  scan(from: number, to: number, plan: LinePlan): Lines;
};

/** As many lines as are read in one go: more than the longest day has minutes. */
export const linesAtOnce = 1600;
