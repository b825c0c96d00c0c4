/** A fault in a file; `line` counts from 1, the header being the first. */
export type LineProblem = { readonly line: number; readonly problem: string };

/** The rows of a CSV file, column by column. The arrays are valid until the scanner reads again. */
export type Scan = {
  readonly rows: number;
  /** Each row's time, ms since the epoch, in the order of the file. */
  readonly times: Float64Array;
  /** Minutes east of UTC that each row's time was written with. */
  readonly offsets: Int16Array;
  /** The wanted columns, in that order; unknown is NaN, also where the file has no such column. */
  readonly columns: readonly Float64Array[];
  /** Whether it is known that each row begins after the one before, and that all were written with one offset. */
  readonly isAscending: boolean;
  readonly hasOneOffset: boolean;
  /** Lines that are no rows and so were left out, and cells of the columns that are no numbers. */
  readonly problems: readonly LineProblem[];
  /** Which lines behind the header were left out, the first being 0; in their order. */
  readonly leftOut: readonly number[];
};

/** The line of a row in its file; the header is line 1. */
export function lineOfRow({ leftOut }: Pick<Scan, "leftOut">, row: number): number {
  let line = row;
  for (const out of leftOut) if (out <= line) line += 1;
  return line + 2;
}

/** Of rows that were not compared with each other. */
export const uncertain = { isAscending: false, hasOneOffset: false } as const;

/** The rows of several scans, one after the other. */
export function joined(parts: readonly Scan[], names: readonly string[]): Scan {
  const [first] = parts;
  if (first === undefined) return emptyScan(names, []);
  if (parts.length === 1) return first;
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const whole = {
    rows,
    times: new Float64Array(rows),
    offsets: new Int16Array(rows),
    columns: names.map(() => new Float64Array(rows)),
    problems: parts.flatMap((part) => part.problems),
    ...uncertain,
    leftOut: [] as number[],
  };
  let from = 0;
  for (const part of parts) {
    const lines = from + whole.leftOut.length;
    whole.leftOut.push(...part.leftOut.map((line) => lines + line));
    whole.times.set(part.times, from);
    whole.offsets.set(part.offsets, from);
    for (const [i, column] of whole.columns.entries()) column.set(part.columns[i] ?? [], from);
    from += part.rows;
  }
  return whole;
}

/** A scan with arrays of its own. */
export function copied(part: Scan): Scan {
  return {
    ...part,
    times: part.times.slice(),
    offsets: part.offsets.slice(),
    columns: part.columns.map((column) => column.slice()),
  };
}

/** A scan of a file that has no rows. */
export function emptyScan(names: readonly string[], problems: readonly LineProblem[]): Scan {
  const columns = names.map(() => new Float64Array(0));
  return {
    rows: 0,
    times: new Float64Array(0),
    offsets: new Int16Array(0),
    columns,
    problems,
    ...uncertain,
    leftOut: [],
  };
}
