import { type LinePlan, type LineScanner, type Lines, linesAtOnce } from "./line-scanner.ts";
import { fitColumns, lineFeed, type PlainCells, plainCells, readCells } from "./plain-cells.ts";
import { forgetHour, type PlainTimes, plainTimes, readTime } from "./plain-times.ts";

/** The arrays that lines are read into, and what reads their times and cells. */
type PlainRows = {
  readonly times: Float64Array;
  readonly offsets: Int16Array;
  readonly time: PlainTimes;
  readonly cells: PlainCells;
};

/** The line scanner in JavaScript, for machines whose WebAssembly has no SIMD; reads exactly what that one reads. */
export function plainLineScanner(): LineScanner {
  let bytes = new Uint8Array(0);
  // Made at the first reading: most machines have SIMD and read only files that are too long with this one.
  let space: PlainRows | undefined;
  return {
    buffer(length) {
      if (bytes.length < length) bytes = new Uint8Array(length);
      return bytes.subarray(0, length);
    },
    unknown: (rows) => new Float64Array(rows).fill(Number.NaN),
    scan(from, to, plan) {
      space ??= plainRows();
      return scanLines(space, bytes, from, to, plan);
    },
  };
}

function plainRows(): PlainRows {
  return {
    times: new Float64Array(linesAtOnce),
    offsets: new Int16Array(linesAtOnce),
    time: plainTimes(),
    cells: plainCells(),
  };
}

function scanLines(space: PlainRows, bytes: Uint8Array, from: number, to: number, plan: LinePlan): Lines {
  const { times, offsets, time, cells } = space;
  const odd: { row: number; from: number }[] = [];
  fitColumns(cells, plan.gaps.length);
  forgetHour(time);
  let row = 0;
  let line = from;
  let before = Number.NEGATIVE_INFINITY;
  let isAscending = true;
  let firstOffset = 0;
  let hasOneOffset = true;
  while (line < to && row < linesAtOnce) {
    let end = readTime(time, bytes, line);
    if (end !== 0) end = readCells(cells, bytes, end, plan, row);
    if (end === 0) {
      odd.push({ row, from: line });
      end = bytes.indexOf(lineFeed, line) + 1;
    }
    const { timeMs, offsetMinutes } = time;
    if (timeMs <= before) isAscending = false;
    before = timeMs;
    if (row === 0) firstOffset = offsetMinutes;
    else if (offsetMinutes !== firstOffset) hasOneOffset = false;
    times[row] = timeMs;
    offsets[row] = offsetMinutes;
    row += 1;
    line = end;
  }
  const isPlain = odd.length === 0;
  return {
    rows: row,
    times: times.subarray(0, row),
    offsets: offsets.subarray(0, row),
    columns: plan.gaps.map((_, i) => cells.values.subarray(i * linesAtOnce, i * linesAtOnce + row)),
    odd,
    isAscending: isAscending && isPlain,
    hasOneOffset: hasOneOffset && isPlain,
    next: line,
  };
}
