import { basename } from "node:path";
import type { PointId } from "@heatloop/core/catalogue/points";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import type { Zone } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import { isSkipped, pythonColumns } from "./python-columns.ts";
import { withoutFrozenRows } from "./python-frozen-rows.ts";
import type { PythonRow } from "./python-row.ts";
import { readLines } from "./read-lines.ts";
import type { Sample, Source, SourceReport } from "./sample.ts";
import { sourceValue } from "./source-value.ts";

/** What the heat pump does where it runs and does not make hot water; the logger has no column of it. */
export const spaceModes = ["heating", "cooling"] as const;
export type SpaceMode = (typeof spaceModes)[number];

/** The logger writes every 60 s, and later where Home Assistant answers slowly. */
const rowHoldMs = 90_000;

/**
 * Opens CSV files of the Python logger, each with local times of `zone` and without an offset: in the hour that a clock
 * shows twice the order decides which one it is. `now`: rows after it are left out. Throws the disk's error.
 */
export function openPythonLog(parts: {
  readonly files: readonly string[];
  readonly zone: Zone;
  readonly spaceMode: SpaceMode;
  readonly now: number;
  readonly report: SourceReport;
}): Source {
  const files = [...parts.files]
    .map((file) => ({ file, first: firstTime(file) }))
    .sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
  return {
    samples: samplesOf(
      withoutFrozenRows(
        rowsOf(
          files.map(({ file }) => file),
          parts,
        ),
        parts.report,
      ),
      parts,
    ),
    validity: { holdMs: rowHoldMs, silenceMs: rowHoldMs, needsNext: true },
    inferred: new Set<PointId>(["operation_mode"]),
    remarks: [
      `The logger has no column for heating or cooling: what it did apart from hot water counts as ${parts.spaceMode} (--space).`,
    ],
  };
}

/** Local times of one form sort as texts do. */
function firstTime(file: string): string {
  for (const { text } of readLines(file))
    if (/^"?\d{4}-/.test(text)) return text.replace('"', "").slice(0, 19).replace("T", " ");
  return "";
}

function* rowsOf(
  files: readonly string[],
  { zone, now, report }: { readonly zone: Zone; readonly now: number; readonly report: SourceReport },
): Generator<PythonRow> {
  let after = Number.NEGATIVE_INFINITY;
  for (const [i, path] of files.entries()) {
    const file = basename(path);
    let columns: readonly string[] | undefined;
    for (const { text, line, ended, share } of readLines(path)) {
      report.progress((i + share) / files.length);
      const addProblem = (kind: string, problem: string) => report.problem({ file, line, kind, problem });
      if (text === "") continue;
      if (text.includes("\0")) {
        addProblem("torn", "the line holds NULs, as after a power cut; it is left out");
        continue;
      }
      const cells = splitRow(text);
      if (cells[0] === "timestamp") {
        columns = cells;
        const foreign = cells.slice(1).filter((column) => pythonColumns[column] === undefined && !isSkipped(column));
        if (foreign.length > 0)
          addProblem("column", `columns that are not the logger's are skipped: ${foreign.join(", ")}`);
        continue;
      }
      if (columns === undefined) {
        addProblem(
          "header",
          `"${text.slice(0, 60)}" comes before any header; a first line that begins with timestamp is needed`,
        );
        continue;
      }
      if (!ended || cells.length !== columns.length) {
        addProblem(
          "torn",
          !ended
            ? "the last line has no end: it may be torn, and is left out"
            : `${cells.length} cells under a header of ${columns.length}; as many are needed`,
        );
        continue;
      }
      const at = timeOf(cells[0] ?? "", zone, after);
      if (typeof at !== "number") {
        addProblem("time", at.problem);
      } else if (at > now) {
        addProblem("future", `${cells[0]} is in the future; the line is left out`);
      } else if (at <= after) {
        addProblem(
          "order",
          `${cells[0]} is not after the line before it (a clock that was set back, or a line twice); it is left out`,
        );
      } else {
        after = at;
        yield { at, file, line, columns, cells };
      }
    }
  }
}

function timeOf(text: string, zone: Zone, after: number): number | { readonly problem: string } {
  const at = instantOf(text, zone, after);
  if (at !== undefined) return at;
  const isTime = instantOf(`${text}Z`, zone) !== undefined;
  return {
    problem: isTime
      ? `${text} is a time that the clocks of ${zone.name} leap over; is --time-zone right?`
      : `"${text.slice(0, 40)}" is not a time; one such as 2026-02-26 10:00:00 is needed`,
  };
}

function* samplesOf(
  rows: Iterable<PythonRow>,
  { spaceMode, report }: { readonly spaceMode: SpaceMode; readonly report: SourceReport },
): Generator<Sample> {
  for (const { at, file, line, columns, cells } of rows) {
    let hotWater: boolean | null = null;
    for (let i = 1; i < columns.length; i += 1) {
      const point = pythonColumns[columns[i] as string];
      if (!point) continue;
      const result = sourceValue(point, cells[i] as string);
      if ("problem" in result) {
        report.problem({ file, line, kind: `cell ${columns[i]}`, problem: `${columns[i]}: ${result.problem}` });
        yield { at, point, value: null };
        continue;
      }
      if (point === "three_way_valve" && typeof result.value === "boolean") hotWater = result.value;
      yield { at, point, value: result.value };
    }
    yield { at, point: "operation_mode", value: hotWater === null ? null : hotWater ? "hot_water" : spaceMode };
  }
}
