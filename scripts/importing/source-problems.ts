import type { SourceProblem } from "./sample.ts";

/** Problems as they are counted; only the first of each kind are kept. */
export type SourceProblems = {
  add(problem: SourceProblem): void;
  count(): number;
  /** Lines for a person: file, line and problem; then how many more there are of the kind. */
  lines(): string[];
};

/** Chosen: enough to see the pattern. */
const keptPerKind = 5;

/** Starts with no problems. */
export function collectProblems(): SourceProblems {
  const kinds = new Map<string, { readonly first: SourceProblem[]; count: number }>();
  return {
    add(problem) {
      const key = `${problem.file} ${problem.kind}`;
      const kind = kinds.get(key) ?? { first: [], count: 0 };
      kinds.set(key, kind);
      kind.count += 1;
      if (kind.first.length < keptPerKind) kind.first.push(problem);
    },
    count: () => [...kinds.values()].reduce((sum, { count }) => sum + count, 0),
    lines: () =>
      [...kinds.values()].flatMap(({ first, count }) => [
        ...first.map(({ file, line, problem }) => `${file}${line === null ? "" : `:${line}`}: ${problem}`),
        ...(count > first.length ? [`${first[0]?.file}: ${count - first.length} more of this kind`] : []),
      ]),
  };
}
