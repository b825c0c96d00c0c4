import type { LineScanner } from "./line-scanner.ts";
import { plainLineScanner } from "./plain-lines.ts";
import { simdLineScanner } from "./simd-lines.ts";

/** The fastest line scanner that the machine runs, for so many wanted columns. It keeps a room of a day's file. */
export function openScanner(columns: number): LineScanner {
  return simdLineScanner(columns) ?? plainLineScanner();
}
