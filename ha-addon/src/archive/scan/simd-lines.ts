import { type LinePlan, type LineScanner, type Lines, linesAtOnce } from "./line-scanner.ts";

/** What `ha-addon/assembly/scan-lines.ts` exports; numbers are addresses. */
export type ScanCode = {
  prepare(above: number, most: number): void;
  limit(column: number, low: number, high: number): void;
  scanLines(
    from: number,
    to: number,
    runs: number,
    wanted: number,
    times: number,
    offsets: number,
    values: number,
    most: number,
    odd: number,
  ): number;
};

/** The addresses of the arrays in the memory. */
export type ScanPlaces = {
  readonly times: number;
  readonly offsets: number;
  /** Column by column, each with space for `linesAtOnce` rows; so many columns at most. */
  readonly values: number;
  readonly columns: number;
  readonly runs: number;
  readonly odd: number;
  /** A column of NaN. */
  readonly unknown: number;
  readonly text: number;
};

type Arrays = Pick<Lines, "times" | "offsets" | "columns">;

/** The line scanner in WebAssembly with SIMD. */
export function simdLineScanner(code: ScanCode, buffer: ArrayBuffer, at: ScanPlaces): LineScanner {
  let last = { rows: -1, count: -1, arrays: undefined as Arrays | undefined };

  /** Most files have as many rows as the one before. */
  function arraysOf(rows: number, count: number): Arrays {
    if (last.arrays !== undefined && last.rows === rows && last.count === count) return last.arrays;
    const arrays = {
      times: new Float64Array(buffer, at.times, rows),
      offsets: new Int16Array(buffer, at.offsets, rows),
      columns: Array.from({ length: count }, (_, i) => new Float64Array(buffer, at.values + 8 * linesAtOnce * i, rows)),
    };
    last = { rows, count, arrays };
    return arrays;
  }

  /** Most files have the same columns as the one before. */
  let lastPlan: LinePlan | undefined;
  let runs = new Uint32Array(0);

  return {
    unknown: (rows) => new Float64Array(buffer, at.unknown, rows),
    buffer: (length) => new Uint8Array(buffer, at.text, length),
    scan(from, to, plan): Lines {
      const count = plan.gaps.length;
      if (count > at.columns) throw new Error(`opened for ${at.columns} columns, not ${count}`);
      if (plan !== lastPlan) runs = Uint32Array.from(runsOf(plan));
      lastPlan = plan;
      new Uint32Array(buffer, at.runs, runs.length).set(runs);
      // Scanners share the limits, and another may have read other columns.
      for (const [i, { low, high }] of plan.limits.entries()) code.limit(i, low, high);
      const [begin, end] = [at.text + from, at.text + to];
      const rows = code.scanLines(begin, end, at.runs, count, at.times, at.offsets, at.values, linesAtOnce, at.odd);
      const [odds = 0, next = 0, isAscending, hasOneOffset] = new Uint32Array(buffer, at.odd, 4);
      const pairs = new Uint32Array(buffer, at.odd + 16, odds * 2);
      return {
        ...arraysOf(rows, count),
        rows,
        odd: Array.from({ length: odds }, (_, i) => ({
          row: pairs[2 * i + 1] as number,
          from: (pairs[2 * i] as number) - at.text,
        })),
        isAscending: isAscending === 1 && odds === 0,
        hasOneOffset: hasOneOffset === 1 && odds === 0,
        next: next - at.text,
      };
    },
  };
}

/** The plan by runs of columns that follow each other: the cells before a run, and its columns; then the rest. */
function runsOf({ gaps, rest }: LinePlan): number[] {
  const runs: number[] = [];
  for (const [i, gap] of gaps.entries()) {
    if (i === 0 || gap > 0) runs.push(gap, 1);
    else runs.push((runs.pop() as number) + 1);
  }
  return [...runs, rest];
}
