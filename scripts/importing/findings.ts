import type { Finding } from "./sample.ts";

/** Findings as they are counted; only the first of each kind are kept. */
export type Findings = {
  take(finding: Finding): void;
  count(): number;
  /** Lines for a person: file, line and what was found; then how many more there are of the kind. */
  lines(): string[];
};

const keptPerKind = 5;

export function collectFindings(): Findings {
  const kinds = new Map<string, { readonly first: Finding[]; count: number }>();
  return {
    take(finding) {
      const key = `${finding.file} ${finding.kind}`;
      const kind = kinds.get(key) ?? { first: [], count: 0 };
      kinds.set(key, kind);
      kind.count += 1;
      if (kind.first.length < keptPerKind) kind.first.push(finding);
    },
    count: () => [...kinds.values()].reduce((sum, { count }) => sum + count, 0),
    lines: () =>
      [...kinds.values()].flatMap(({ first, count }) => [
        ...first.map(({ file, line, problem }) => `${file}${line === null ? "" : `:${line}`}: ${problem}`),
        ...(count > first.length ? [`${first[0]?.file}: ${count - first.length} more of this kind`] : []),
      ]),
  };
}
