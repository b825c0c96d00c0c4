import type { DayColumns } from "@heatloop/core/energy/day-columns";
import type { Chunk, FileProblem } from "./chunk.ts";

/**
 * The minutes of a date from its chunks, in order of time, each once: the first that was read counts. `merged` is
 * whether they are arrays of their own; else they are those of the only chunk.
 */
export function mergeChunks(
  chunks: readonly Chunk[],
  report: (problem: FileProblem) => void,
): { readonly columns: DayColumns; readonly merged: boolean } {
  const [first] = chunks;
  if (chunks.length === 1 && first !== undefined && (first.isAscending || isAscending(first.columns.times))) {
    return { columns: first.columns, merged: false };
  }
  const places = new Map<number, { readonly chunk: Chunk; readonly row: number }>();
  for (const chunk of chunks) takeRows(chunk, places, report);
  const sorted = [...places].sort(([a], [b]) => a - b);
  const columns = {
    rows: sorted.length,
    times: Float64Array.from(sorted, ([at]) => at),
    columns: (first?.columns.columns ?? []).map((_, i) =>
      Float64Array.from(sorted, ([, { chunk, row }]) => chunk.columns.columns[i]?.[row] as number),
    ),
  };
  return { columns, merged: true };
}

function takeRows(
  chunk: Chunk,
  places: Map<number, { readonly chunk: Chunk; readonly row: number }>,
  report: (problem: FileProblem) => void,
): void {
  const { times, rows } = chunk.columns;
  const twice: number[] = [];
  const early: number[] = [];
  let latest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row += 1) {
    const at = times[row] as number;
    if (at < latest) early.push(row);
    latest = Math.max(latest, at);
    if (places.has(at)) twice.push(row);
    else places.set(at, { chunk, row });
  }
  const reportRow = (row: number, problem: string) => report({ file: chunk.file, line: chunk.lineOf(row), problem });
  if (early[0] !== undefined) reportRow(early[0], `${early.length} rows are not in order of time: they are sorted`);
  if (twice[0] !== undefined) reportRow(twice[0], `${twice.length} minutes are repeated: the first row of each counts`);
}

function isAscending(times: Float64Array): boolean {
  for (let row = 1; row < times.length; row += 1) {
    if ((times[row] as number) <= (times[row - 1] as number)) return false;
  }
  return true;
}
