import { columnOf } from "@heatloop/core/catalogue/points";
import { type DayColumns, energyColumns } from "@heatloop/core/energy/day-columns";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { isTextPoint } from "@heatloop/core/minute/csv-reader";
import { loggedPoints } from "@heatloop/core/minute/minute";
import { usualCellLimits } from "@heatloop/core/minute/plausible-row";
import type { MinuteFile, MinuteReading } from "../csv/csv-minute-files.ts";
import { readHeader } from "./layout.ts";
import { plainLineScanner } from "./plain-lines.ts";
import { mostBytes, simdMemory } from "./simd-memory.ts";

/** The rows of a file of which every line is plain, with the columns that energy is made of. */
export type PlainScan = DayColumns & { readonly offsets: Int16Array; readonly isAscending: boolean };

/** `headerBytes` with its line end; `bytes` up to the last line end. */
type PlainFile = {
  readonly isOfItsDate: boolean;
  readonly isPlain: boolean;
  readonly headerBytes: number;
  readonly bytes: number;
};

const odd: PlainFile = { isOfItsDate: false, isPlain: false, headerBytes: 0, bytes: 0 };
const lineFeed = 0x0a;

/**
 * Makes a check of files of minutes whose header is `header`: all of its lines are plain, and all cells are empty or numbers
 * within their limits, or else texts. `judge` says what its rows, which are valid until it returns, amount to.
 */
export function plainFileCheck(header: string) {
  const texts = new Set(loggedPoints.filter(isTextPoint).map(columnOf));
  const names = splitRow(header).filter((name) => name !== "time" && !texts.has(name));
  const line = Buffer.from(header);
  const { plan, planned } = readHeader(line, names, usualCellLimits);
  const energyAt = energyColumns.map((name) => planned[names.indexOf(name)] ?? -1);
  const scanner = simdMemory(1, names.length)?.scanners[0] ?? plainLineScanner();

  return (
    file: MinuteFile,
    load: MinuteReading["load"],
    judge: (scan: PlainScan) => Pick<PlainFile, "isOfItsDate" | "isPlain">,
  ): PlainFile => {
    if (file.bytes > mostBytes || energyAt.includes(-1)) return odd;
    let bytes: Uint8Array = new Uint8Array(0);
    const length = load(file, (count) => {
      bytes = count > mostBytes ? new Uint8Array(count) : scanner.buffer(count);
      return bytes;
    });
    if (typeof length === "string" || length > mostBytes) return odd;
    const from = line.length + 1;
    const to = bytes.subarray(0, length).lastIndexOf(lineFeed) + 1;
    if (to < from || bytes[line.length] !== lineFeed || line.compare(bytes, 0, line.length) !== 0) return odd;
    if (to === from) return { isOfItsDate: true, isPlain: true, headerBytes: from, bytes: to };
    const { rows, times, offsets, columns, odd: oddRows, isAscending, next } = scanner.scan(from, to, plan);
    if (oddRows.length > 0 || next !== to || mayCalculate(bytes, from, to)) return odd;
    const energy = energyAt.map((at) => columns[at] as Float64Array);
    return { ...judge({ rows, times, offsets, columns: energy, isAscending }), headerBytes: from, bytes: to };
  };
}

const comma = 0x2c;
const minus = 0x2d;
/** = + @, a tab, and the first byte of their wide forms. */
const calculates = new Set([0x3d, 0x2b, 0x40, 0x09, 0xef]);

/** Whether a cell begins as what a spreadsheet would calculate, a number excepted. */
function mayCalculate(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = bytes.indexOf(comma, from); at >= 0 && at < to; at = bytes.indexOf(comma, at + 1)) {
    const first = bytes[at + 1] as number;
    if (calculates.has(first) || (first === minus && !isNumber(bytes, at + 2))) return true;
  }
  return false;
}

/** Digits and a point up to the end of the cell. */
function isNumber(bytes: Uint8Array, from: number): boolean {
  let at = from;
  for (let byte = bytes[at] ?? 0; byte === 0x2e || (byte >= 0x30 && byte <= 0x39); byte = bytes[at] ?? 0) at += 1;
  return at > from && (bytes[at] === comma || bytes[at] === lineFeed);
}
