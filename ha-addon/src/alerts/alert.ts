import type { AlertProblem } from "./alert-problem.ts";

/** Something that a person should know or do. */
export type Alert = {
  /** The same as long as the same thing is wrong. */
  readonly id: string;
  readonly severity: "warning" | "error";
  /** What is wrong; `alertSentence` says it, and what to do. */
  readonly problem: AlertProblem;
  readonly device: string | null;
  readonly sinceAt: number;
};
