import type { HubChaosResult } from "./run.ts";
import { settledWithinS } from "./settled.ts";

/** A table of a run in Markdown, a row a fault. */
export function hubChaosTable({ trials, impossible }: HubChaosResult): string {
  const byFault = Map.groupBy(trials, ({ fault }) => fault);
  const rows = [...byFault].map(([fault, each]) => [
    fault,
    String(each.length),
    Math.max(...each.map(({ lastedS }) => lastedS)).toFixed(1),
    Math.max(...each.map(({ settledS }) => settledS)).toFixed(1),
  ]);
  const missing = impossible.map(({ fault, why }) => [fault, `not possible here: ${why}`, "", ""]);
  const head = ["fault", "times", "lasted, s at most", "settled after, s at most"];
  return [head, ["---", "---:", "---:", "---:"], ...rows, ...missing]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

/** What is wrong with a run, and its last line. */
export function hubChaosOutcome({ trials, verdict, hubMb }: HubChaosResult): {
  readonly broken: readonly string[];
  readonly lastLine: string;
} {
  const { sent, stored, lost, doubled } = verdict;
  const slow = trials
    .filter(({ lastedS, settledS }) => settledS > settledWithinS || lastedS > settledWithinS)
    .map(({ fault }) => fault);
  const broken = [
    ...(lost > 0 ? [`${lost} rows were confirmed and are not there, or are others`] : []),
    ...(doubled > 0 ? [`${doubled} rows are there that no node has sent`] : []),
    ...(slow.length > 0
      ? [`it did not settle within ${settledWithinS} s after: ${[...new Set(slow)].join(", ")}`]
      : []),
    ...(sent === 0 ? ["nothing was sent"] : []),
  ];
  const lastLine = `rows sent: ${sent}, stored: ${stored}, lost: ${lost}, doubled: ${doubled}; a hub had ${hubMb.toFixed(0)} MB at most`;
  return { broken, lastLine };
}
