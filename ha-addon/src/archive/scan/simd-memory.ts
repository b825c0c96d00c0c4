import type { DayColumns } from "@heatloop/core/energy/day-columns";
import { type RowPasses, resultsLength } from "@heatloop/core/energy/passes/row-passes";
import { columnCount, scratchColumns } from "@heatloop/core/energy/passes/row-places";
import { type LineScanner, linesAtOnce } from "./line-scanner.ts";
import { scanModule } from "./scan-module.ts";
import { type ScanCode, simdLineScanner } from "./simd-lines.ts";
import { type PassCode, scratchRows, simdPasses } from "./simd-passes.ts";

/** The part of WebAssembly's JavaScript interface that is used here. */
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => { readonly buffer: ArrayBuffer };
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** Scanners that read into one memory, and the passes over the days in it. */
export type SimdMemory = {
  /** They share the buffer for a file; the rows that each has read are its own. */
  readonly scanners: readonly LineScanner[];
  /** The passes over a day that lies in this memory, until those of another are requested; undefined where it does not. */
  passesOf(day: DayColumns): RowPasses | undefined;
};

/** No day's file is longer, bytes; what is never touched of it costs nothing. */
export const mostBytes = 4_000_000;
/** Columns that can be wanted at most. */
const mostWanted = 200;

const pageBytes = 65_536;
/** Behind the last line this many bytes are loaded, though they mean nothing. */
const overrun = 32;

let compiled: object | undefined;

/**
 * Memory with so many scanners of so many wanted columns, in WebAssembly with SIMD; undefined where the machine has
 * none. It never grows, so that no array in it is lost.
 */
export function simdMemory(count: number, columns: number): SimdMemory | undefined {
  let end = 0;
  const place = (bytes: number) => {
    const at = end;
    end += Math.ceil(bytes / 8) * 8;
    return at;
  };
  // The module keeps what it prepares at the first address.
  place(256);
  const aboveAt = place(48 * mostWanted);
  const runsAt = place(4 * (2 * mostWanted + 1));
  const unknownAt = place(8 * linesAtOnce);
  const oddAt = place(16 + 8 * linesAtOnce);
  const passesAt = {
    dayTable: place(4 * columnCount),
    scratchTable: place(4 * scratchColumns),
    results: place(8 * resultsLength),
    copy: place(8 * scratchRows),
    unknown: unknownAt,
    scratch: Array.from({ length: scratchColumns }, () => place(8 * scratchRows)),
  };
  const rowsAt = Array.from({ length: count }, () => ({
    times: place(8 * linesAtOnce),
    offsets: place(2 * linesAtOnce),
    values: place(8 * linesAtOnce * columns),
  }));
  const textAt = place(mostBytes + overrun);
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(end / pageBytes) });
    compiled ??= new WebAssembly.Module(Buffer.from(scanModule, "base64"));
    const code = new WebAssembly.Instance(compiled, { env: { memory } }).exports as ScanCode & PassCode;
    code.prepare(aboveAt, mostWanted);
    const { buffer } = memory;
    new Float64Array(buffer, unknownAt, linesAtOnce).fill(Number.NaN);
    const shared = { columns, runs: runsAt, odd: oddAt, unknown: unknownAt, text: textAt };
    return {
      scanners: rowsAt.map((rows) => simdLineScanner(code, buffer, { ...rows, ...shared })),
      passesOf: simdPasses(code, buffer, passesAt),
    };
  } catch {
    return undefined;
  }
}
