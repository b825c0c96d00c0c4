import { minuteMs } from "@heatloop/core/time/durations";
import type { PythonRow } from "./python-row.ts";
import type { SourceReport } from "./sample.ts";

/** How long all values may stay the same: with the compressor on something moves, in standby little does. */
const longestRunningMs = 15 * minuteMs;
const longestStandbyMs = 180 * minuteMs;

/** Columns that do not come from the heat pump. */
const foreignColumns: ReadonlySet<string> = new Set(["timestamp", "room_temp"]);

/**
 * Rows without those in which the heat pump was silent. The logger did not check whether it was online, and repeated its
 * last values: where none of them moves for longer than is plausible, only the first row counts.
 */
export function* withoutFrozenRows(rows: Iterable<PythonRow>, report: SourceReport): Generator<PythonRow> {
  let kept: PythonRow[] = [];
  let last: PythonRow | undefined;
  let count = 0;
  let key = "";

  function* endRun(): Generator<PythonRow> {
    const first = kept[0];
    if (first === undefined || last === undefined) return;
    if (count === kept.length) {
      yield* kept;
      return;
    }
    yield first;
    report.problem({
      file: first.file,
      line: first.line + 1,
      kind: "frozen",
      problem: `${count - 1} lines to ${last.file}:${last.line} repeat the one before without any change for ${Math.round((last.at - first.at) / minuteMs)} minutes: the heat pump was silent, they are left out`,
    });
  }

  for (const row of rows) {
    const now = keyOf(row);
    if (now !== key) {
      yield* endRun();
      kept = [];
      count = 0;
      key = now;
    }
    const first = kept[0] ?? row;
    count += 1;
    last = row;
    if (row.at - first.at <= (isRunning(row) ? longestRunningMs : longestStandbyMs)) kept.push(row);
    else kept = [first];
  }
  yield* endRun();
}

function keyOf({ columns, cells }: PythonRow): string {
  return cells.filter((_, i) => !foreignColumns.has(columns[i] as string)).join(",");
}

function isRunning({ columns, cells }: PythonRow): boolean {
  const cell = (name: string) => Number(cells[columns.indexOf(name)] ?? 0);
  return cell("compressor_on") > 0 || cell("compressor_hz") > 0;
}
