import { splitRow } from "@heatloop/core/minute/csv-cells";
import type { CellLimits } from "@heatloop/core/minute/plausible-row";
import type { LinePlan } from "./line-scanner.ts";

/** The places of the columns in a file. */
export type RowLayout = {
  /** The bytes of the first line. */
  readonly line: Uint8Array;
  readonly header: readonly string[];
  readonly timeColumn: number;
  /** Of each wanted column; -1 where the file has none. */
  readonly positions: readonly number[];
  readonly plan: LinePlan;
  /** Of each wanted column its place in the plan; -1 where it has none. */
  readonly planned: readonly number[];
};

/** Finds the wanted columns in a header; `limits` of a column are those of its numbers in a plain line. */
export function readHeader(
  line: Uint8Array,
  names: readonly string[],
  limits: (name: string) => CellLimits,
): RowLayout {
  const header = splitRow(lineText(line));
  const positions = names.map((name) => header.indexOf(name));
  const places = [...new Set(positions.filter((position) => position > 0))].sort((a, b) => a - b);
  const plan = {
    gaps: places.map((position, i) => position - (places[i - 1] ?? 0) - 1),
    rest: header.length - 1 - (places.at(-1) ?? 0),
    limits: places.map((position) => limits(header[position] as string)),
  };
  const planned = positions.map((position) => places.indexOf(position));
  return { line, header, timeColumn: header.indexOf("time"), positions, plan, planned };
}

const utf8 = new TextDecoder("utf-8");

/** The text of a line, without the end that Windows writes. */
export function lineText(bytes: Uint8Array): string {
  const line = utf8.decode(bytes);
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
