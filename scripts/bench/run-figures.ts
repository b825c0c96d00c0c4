import { type BenchFigure, type BenchRow, rowOf } from "./figure.ts";

export type BenchArguments =
  | { readonly json: boolean; readonly figures: readonly BenchFigure[] }
  | { readonly problems: readonly string[] };

/** `[--json] [name...]`: a name, or the start of several; none is all. */
export function readBenchArguments(words: readonly string[], figures: readonly BenchFigure[]): BenchArguments {
  const names = words.filter((word) => !word.startsWith("-"));
  const fits = (figure: BenchFigure, name: string) => figure.name.startsWith(name);
  const problems = [
    ...words
      .filter((word) => word.startsWith("-") && word !== "--json")
      .map((word) => `${word} is not known: --json is`),
    ...names
      .filter((name) => !figures.some((figure) => fits(figure, name)))
      .map((name) => `there is no figure ${name}; there are ${figures.map((figure) => figure.name).join(", ")}`),
  ];
  if (problems.length > 0) return { problems };
  const chosen = names.length === 0 ? figures : figures.filter((each) => names.some((name) => fits(each, name)));
  return { json: words.includes("--json"), figures: chosen };
}

/**
 * Measures one figure after the other and prints a table with a row each, or at the end a JSON array of rows. Hands
 * back the exit code: 0, 1 where a goal is missed or a figure with a goal could not be measured, 2 for wrong arguments.
 */
export async function runFigures(parts: {
  readonly words: readonly string[];
  readonly figures: readonly BenchFigure[];
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}): Promise<0 | 1 | 2> {
  const { print, complain } = parts;
  const read = readBenchArguments(parts.words, parts.figures);
  if ("problems" in read) {
    for (const problem of read.problems) complain(problem);
    return 2;
  }
  const rows: BenchRow[] = [];
  if (!read.json) print(line(["figure", "ours", "peer", "ratio", "spread", "goal", "", "against"]));
  for (const figure of read.figures) {
    const row = rowOf(figure, await measured(figure, complain));
    rows.push(row);
    if (!read.json) print(line(cellsOf(row, figure.goal !== undefined)));
  }
  if (read.json) print(JSON.stringify(rows, undefined, 2));
  return rows.every((row) => row.ok) ? 0 : 1;
}

async function measured(figure: BenchFigure, complain: (line: string) => void) {
  try {
    return await figure.measure();
  } catch (error) {
    complain(`${figure.name} was not measured: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

function cellsOf(row: BenchRow, hasGoal: boolean): (string | number | null)[] {
  const spread = row.turns > 1 ? `${row.spread_low}..${row.spread_high}` : null;
  const verdict = hasGoal ? (row.ok ? "ok" : "MISSED") : "-";
  return [row.name, row.ours, row.peer, row.ratio, spread, row.goal, verdict, row.against];
}

const widths = [44, -9, -9, -9, -18, -16, -8] as const;

/** The name on the left, who the peer is after everything, all else on the right of its column. */
function line(cells: readonly (string | number | null)[]): string {
  const text = (cell: string | number | null, column: number) => {
    const width = widths[column] ?? 0;
    return width < 0 ? ` ${String(cell ?? "").padStart(-width)}` : String(cell ?? "").padEnd(width);
  };
  return cells
    .slice(0, widths.length)
    .map(text)
    .concat(`  ${cells[widths.length] ?? ""}`)
    .join("")
    .trimEnd();
}
