import type { RunResult, Trial } from "./run.ts";

const head = [
  "fault",
  "times",
  "rows lost",
  "rows doubled",
  "torn rows",
  "wrong temperatures",
  "recovery p95, s",
  "memory growth, MB",
];

/** A table of a run in Markdown, a row a fault. */
export function tableOf({ trials, impossible }: RunResult): string {
  const names = [...new Set(trials.map(({ fault }) => fault))].sort();
  const rows = names.map((name) =>
    rowOf(
      name,
      trials.filter(({ fault }) => fault === name),
    ),
  );
  const missing = impossible.map(({ fault, why }) => [fault, `not possible here: ${why}`, "", "", "", "", "", ""]);
  return [
    head,
    head.map((_, i) => (i === 0 ? "---" : "---:")),
    ...rows,
    ["all", ...rowOf("", trials).slice(1)],
    ...missing,
  ]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function rowOf(name: string, trials: readonly Trial[]): string[] {
  const count = (what: "lost" | "doubled" | "torn" | "wrongTemperatures") =>
    String(trials.reduce((sum, { verdict }) => sum + verdict[what], 0));
  const grown = trials.flatMap(({ grownMb }) => grownMb ?? []);
  return [
    name,
    String(trials.length),
    count("lost"),
    count("doubled"),
    count("torn"),
    count("wrongTemperatures"),
    p95(trials.map(({ recoveryS }) => recoveryS ?? Number.POSITIVE_INFINITY)).toFixed(1),
    grown.length === 0 ? "-" : (grown.reduce((sum, mb) => sum + mb, 0) / grown.length).toFixed(1),
  ];
}

/** The value that 95 % of them do not exceed; 0 of none. */
export function p95(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.max(0, Math.ceil(ordered.length * 0.95) - 1)] ?? 0;
}

/** Chosen: as long as a person would wait before looking what is wrong. */
const longestRecoveryS = 10;

/** What a run broke, a sentence each; the last line says rows lost and doubled. */
export function outcomeOf({ trials }: RunResult): { readonly broken: readonly string[]; readonly lastLine: string } {
  const sum = (of: (trial: Trial) => number) => trials.reduce((total, trial) => total + of(trial), 0);
  const [lost, doubled] = [sum(({ verdict }) => verdict.lost), sum(({ verdict }) => verdict.doubled)];
  const recovery = p95(trials.map(({ recoveryS }) => recoveryS ?? Number.POSITIVE_INFINITY));
  const broken = [
    [lost, "rows lost"],
    [doubled, "rows doubled"],
    [sum(({ verdict }) => verdict.torn), "torn rows"],
    [sum(({ verdict }) => verdict.wrongTemperatures), "wrong temperatures sent"],
    [sum(({ verdict }) => verdict.forbiddenCommands), "commands that must not be"],
    [sum(({ verdict }) => (verdict.energyOffWh === 0 ? 0 : 1)), "times the electricity was off"],
  ] as const;
  return {
    broken: [
      ...broken.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : [])),
      ...(recovery > longestRecoveryS
        ? [`recovery p95 ${recovery.toFixed(1)} s, more than ${longestRecoveryS} s`]
        : []),
    ],
    lastLine: `rows lost ${lost}, doubled ${doubled}`,
  };
}
