import { type LinePlan, type LineScanner, type Lines, linesAtOnce } from "./line-scanner.ts";
import { scanLinesModule } from "./scan-lines-module.ts";

/** The part of WebAssembly's JavaScript interface that is used here. */
type Memory = { readonly buffer: ArrayBuffer; grow(pages: number): number };
declare const WebAssembly: {
  readonly Memory: new (size: { initial: number }) => Memory;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};

/** What `ha-addon/assembly/scan-lines.ts` exports; numbers are addresses. */
type Exports = {
  prepare(): void;
  scanLines(
    from: number,
    to: number,
    gaps: number,
    wanted: number,
    times: number,
    offsets: number,
    values: number,
    most: number,
    odd: number,
  ): number;
};

const pageBytes = 65_536;
/** Behind the last line this many bytes are loaded, though they mean nothing. */
const overrun = 32;
/** Where what stands in the memory: first the module's powers of ten. */
const gapsAt = 256;
const mostWanted = 200;
/** A day's file fits without growing. */
const usualLength = 700_000;
const oddAt = gapsAt + 1024;
const offsetsAt = oddAt + 8 + 8 * linesAtOnce;
const timesAt = offsetsAt + 2 * linesAtOnce;
const valuesAt = timesAt + 8 * linesAtOnce;

type Arrays = Pick<Lines, "times" | "offsets" | "columns">;

let compiled: object | undefined;

/** The line scanner in WebAssembly with SIMD, for so many wanted columns; undefined where the machine has none. */
export function simdLineScanner(columns: number): LineScanner | undefined {
  if (columns > mostWanted) return undefined;
  const textAt = valuesAt + 8 * linesAtOnce * columns;
  const pages = (length: number) => Math.ceil((textAt + length + overrun) / pageBytes);
  try {
    const memory = new WebAssembly.Memory({ initial: pages(usualLength) });
    compiled ??= new WebAssembly.Module(Buffer.from(scanLinesModule, "base64"));
    const code = new WebAssembly.Instance(compiled, { env: { memory } }).exports as Exports;
    code.prepare();
    return scannerOf(memory, code, { columns, textAt, pages });
  } catch {
    return undefined;
  }
}

function scannerOf(
  memory: Memory,
  code: Exports,
  { columns, textAt, pages }: { columns: number; textAt: number; pages: (length: number) => number },
): LineScanner {
  let last = { buffer: memory.buffer, rows: -1, count: -1, arrays: undefined as Arrays | undefined };

  /** Most files have as many rows as the one before. */
  function arraysOf(rows: number, count: number): Arrays {
    const { buffer } = memory;
    if (last.arrays !== undefined && last.buffer === buffer && last.rows === rows && last.count === count) {
      return last.arrays;
    }
    const arrays = {
      times: new Float64Array(buffer, timesAt, rows),
      offsets: new Int16Array(buffer, offsetsAt, rows),
      columns: Array.from({ length: count }, (_, i) => new Float64Array(buffer, valuesAt + 8 * linesAtOnce * i, rows)),
    };
    last = { buffer, rows, count, arrays };
    return arrays;
  }

  return {
    room(length) {
      const more = pages(length) - memory.buffer.byteLength / pageBytes;
      if (more > 0) memory.grow(more);
      return new Uint8Array(memory.buffer, textAt, length);
    },
    scan(from, to, { gaps, rest }: LinePlan): Lines {
      if (gaps.length > columns) throw new Error(`the scanner was opened for ${columns} columns, not ${gaps.length}`);
      const { buffer } = memory;
      new Uint32Array(buffer, gapsAt, gaps.length + 1).set([...gaps, rest]);
      const count = gaps.length;
      const rows = code.scanLines(
        textAt + from,
        textAt + to,
        gapsAt,
        count,
        timesAt,
        offsetsAt,
        valuesAt,
        linesAtOnce,
        oddAt,
      );
      const [odds = 0, next = 0] = new Uint32Array(buffer, oddAt, 2);
      const pairs = new Uint32Array(buffer, oddAt + 8, odds * 2);
      return {
        ...arraysOf(rows, count),
        rows,
        odd: Array.from({ length: odds }, (_, i) => ({
          row: pairs[2 * i + 1] as number,
          from: (pairs[2 * i] as number) - textAt,
        })),
        next: next - textAt,
      };
    },
  };
}
