import { basename } from "node:path";
import { splitRow } from "@heatloop/core/minute/csv-cells";
import { secondMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { instantOf } from "@heatloop/core/time/local-time";
import { readLines } from "./read-lines.ts";
import type { SourceReport } from "./sample.ts";

/** A value of a feed, as text; `at` in ms since the epoch. */
export type FeedRow = { readonly at: number; readonly text: string; readonly file: string; readonly line: number };

/** A column of a CSV export: its name in the header, or its number after the time, from 1. */
export type FeedColumn = { readonly path: string; readonly column: string | undefined };

/** Chosen: a day of steps of some minutes, without reading the whole file. */
const mostSteps = 500;
const separators = [";", "\t", ","] as const;

/**
 * The rows of one feed in a CSV export of emoncms, `time,value` or more columns. Times as it writes them: Unix seconds
 * (or ms), ISO 8601, `31/12/2025 23:59:00`; without an offset they are local ones. Cells may be separated by `,` `;` or a
 * tab; where it is not the comma, that may be the decimal sign.
 */
export function* feedRows(
  { path, column }: FeedColumn,
  {
    zone,
    now,
    report,
    progress,
  }: {
    readonly zone: Zone;
    readonly now: number;
    readonly report: SourceReport;
    readonly progress: (share: number) => void;
  },
): Generator<FeedRow> {
  const file = basename(path);
  let separator: string | undefined;
  let index = column === undefined ? 1 : /^[1-9]\d*$/.test(column) ? Number(column) : undefined;
  let after = Number.NEGATIVE_INFINITY;
  for (const { text, line, share } of readLines(path)) {
    progress(share);
    if (text.trim() === "") continue;
    separator ??= separators.find((each) => text.includes(each)) ?? ",";
    const cells = cellsOf(text, separator);
    const addProblem = (kind: string, problem: string) => report.problem({ file, line, kind, problem });
    const at = timeOf(cells[0] ?? "", zone, after);
    if (at === undefined) {
      if (line > 1)
        addProblem(
          "time",
          `"${text.slice(0, 40)}" does not begin with a time of ${zone.name}; Unix seconds, 2026-02-26 10:00:00 or 26/02/2026 10:00:00 is needed`,
        );
      else if (index === undefined) {
        const named = cells.findIndex((cell, i) => i > 0 && cell.trim() === column);
        if (named > 0) index = named;
        else
          addProblem(
            "column",
            `there is no column "${column}"; one of ${cells.slice(1).join(", ")} is allowed, or its number from 1`,
          );
      }
      continue;
    }
    if (index === undefined) {
      if (line === 1)
        addProblem("column", `the file has no header and so no column "${column}"; its number from 1 is allowed`);
      return;
    }
    const cell = cells[index];
    if (cell === undefined) addProblem("torn", `${cells.length - 1} values; at least ${index} are needed`);
    else if (at > now) addProblem("future", `${cells[0]} is in the future; the line is left out`);
    else if (at <= after) addProblem("order", `${cells[0]} is not after the line before it; it is left out`);
    else {
      after = at;
      yield { at, text: separator === "," ? cell : cell.replace(/^(-?\d+),(\d+)$/, "$1.$2"), file, line };
    }
  }
}

function cellsOf(text: string, separator: string): readonly string[] {
  return separator === "," ? splitRow(text) : text.split(separator).map((cell) => cell.replace(/^"(.*)"$/, "$1"));
}

function timeOf(text: string, zone: Zone, after: number): number | undefined {
  const trimmed = text.trim();
  if (/^\d{9,10}(\.\d+)?$/.test(trimmed)) return Math.round(Number(trimmed) * secondMs);
  if (/^\d{12,13}$/.test(trimmed)) return Number(trimmed);
  const day = /^(\d\d)\/(\d\d)\/(\d{4})[ T](.*)$/.exec(trimmed);
  return instantOf(day === null ? trimmed : `${day[3]}-${day[2]}-${day[1]} ${day[4]}`, zone, after);
}

/** The usual time between two rows at the start of a feed, ms; undefined for one of fewer than two rows. */
export function usualStepMs(rows: Iterable<FeedRow>): number | undefined {
  const steps: number[] = [];
  let before: number | undefined;
  for (const { at } of rows) {
    if (before !== undefined) steps.push(at - before);
    before = at;
    if (steps.length >= mostSteps) break;
  }
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)];
}
