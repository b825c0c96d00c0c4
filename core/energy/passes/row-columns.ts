/*
 * The files row-*.ts that compute are TypeScript and AssemblyScript at once: here they run as they are, and
 * scripts/making/build-scanner.ts makes WebAssembly of the very same lines, which gives the same numbers to the last bit.
 * So they know numbers and columns only, and name the type of each number that is not reported by its value.
 */

/** A floating point number, as every number of JavaScript is. */
export type f64 = number;
/** A whole number: a row, a place, a count. */
export type i32 = number;
/** One number a row; unknown is NaN. */
export type Column = Float64Array;
export type Columns = readonly Column[];
