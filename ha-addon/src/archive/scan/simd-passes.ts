import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { Column } from "@heatloop/core/energy/passes/row-columns";
import { type Passes, type RowPasses, resultsLength } from "@heatloop/core/energy/passes/row-passes";
import { columnCount } from "@heatloop/core/energy/passes/row-places";
import { linesAtOnce } from "./line-scanner.ts";

/** The passes as the module exports them: each column is an address, columns are the address of a table of them. */
export type PassCode = {
  readonly [Name in keyof Passes]: Passes[Name] extends (...words: infer Words) => infer Result
    ? (...words: { [Word in keyof Words]: number }) => Result
    : never;
};

/** The addresses of the arrays in the memory; `copy` is scratch for a column that lies elsewhere. */
export type PassPlaces = {
  readonly dayTable: number;
  readonly scratchTable: number;
  readonly results: number;
  readonly copy: number;
  /** A column of NaN. */
  readonly unknown: number;
  readonly scratch: readonly number[];
};

/** Rows of the scratch and the copy: a pass may leave a mark behind the last one. */
export const scratchRows = linesAtOnce + 1;

/** The passes of core/energy/passes/row-*.ts in WebAssembly, over a day that lies in the same memory. */
export function simdPasses(
  code: PassCode,
  buffer: ArrayBuffer,
  at: PassPlaces,
): (day: DayColumns) => RowPasses | undefined {
  const { dayTable: day, scratchTable: scratch, results } = at;
  const dayTable = new Uint32Array(buffer, day, columnCount);
  new Uint32Array(buffer, scratch, at.scratch.length).set(at.scratch);
  const copy = new Float64Array(buffer, at.copy, scratchRows);
  const unknown = new Float64Array(buffer, at.unknown, linesAtOnce);

  function addressOf(column: Column): number {
    if (column.buffer === buffer) return column.byteOffset;
    copy.set(column);
    return at.copy;
  }

  // A pass is given the columns of the day or of the scratch, whose tables are in the memory already.
  const passes: RowPasses = {
    scratch: at.scratch.map((address) => new Float64Array(buffer, address, scratchRows)),
    results: new Float64Array(buffer, results, resultsLength),
    bringToFormula: (rows, _day, formula) => code.bringToFormula(rows, day, addressOf(formula)),
    sumColumns: (rows) => code.sumColumns(rows, day, results),
    estimateUses: (rows, _day, _scratch, ...watts) => code.estimateUses(rows, day, scratch, ...watts),
    distributeSteps: (rows, times, steps, startsAt) =>
      code.distributeSteps(rows, addressOf(times), addressOf(steps), startsAt, scratch),
    sumUses: (rows, _day, steps) => code.sumUses(rows, day, addressOf(steps), scratch, results),
    sumStretches: (rows, _day, formula) => code.sumStretches(rows, day, addressOf(formula), scratch, results),
    followFirmware: (rows, times, _day, share) =>
      code.followFirmware(rows, addressOf(times), day, share, scratch, results),
    endOfSeen: (from, rows, times, _day, lastAt, seenTo) =>
      code.endOfSeen(from, rows, addressOf(times), day, lastAt, seenTo),
    seenSeconds: (rows) => code.seenSeconds(rows, day, scratch),
    nextUnseen: (from, rows) => code.nextUnseen(from, rows, day, scratch),
    wasOutdoors: (rows, _day, leastC) => code.wasOutdoors(rows, day, leastC),
    unknown: (rows) => unknown.subarray(0, rows),
    without(columns) {
      for (const column of columns) dayTable[column] = at.unknown;
      return passes;
    },
    nextKnown: (from, rows, values) => code.nextKnown(from, rows, addressOf(values)),
    endOfRise: (from, rows, values) => code.endOfRise(from, rows, addressOf(values)),
  };

  const tableOf = columnTables(buffer);
  return ({ times, columns }) => {
    const table = times.buffer === buffer ? tableOf(columns) : undefined;
    if (table === undefined) return undefined;
    dayTable.set(table);
    return passes;
  };
}

/** Makes the table of a day's columns; undefined where one of them does not lie in the memory. */
function columnTables(buffer: ArrayBuffer): (columns: DayColumns["columns"]) => Uint32Array | undefined {
  // The same columns come again and again, of one file after the other.
  const tables = new WeakMap<DayColumns["columns"], Uint32Array>();
  return (columns) => {
    const known = tables.get(columns);
    if (known !== undefined || columns.some((column) => column.buffer !== buffer)) return known;
    const table = Uint32Array.from(columns, (column) => column.byteOffset);
    tables.set(columns, table);
    return table;
  };
}
