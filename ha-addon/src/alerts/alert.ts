import type { AlertProblem } from "./alert-problem.ts";
import type { Severity } from "./rules/severity.ts";

/** That a person has seen an alert: when, ms since the epoch, and who; null: not known. */
export type Acknowledgement = { readonly at: number; readonly by: string | null };

/** Something that a person should know or do. */
export type Alert = {
  /** The same as long as the same thing is wrong. */
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong; `alertSentence` says it, and what to do. */
  readonly problem: AlertProblem;
  /** The heat pump's id and name; null where the alert is about the program. */
  readonly device: string | null;
  readonly deviceName: string | null;
  /** When the problem began, ms since the epoch. */
  readonly sinceAt: number;
  readonly acknowledged: Acknowledgement | null;
  /** Until when nobody is told of it again, ms since the epoch; null: not snoozed. */
  readonly snoozedUntil: number | null;
};

/** An alert that is over, as it is kept. */
export type EndedAlert = Omit<Alert, "problem" | "snoozedUntil"> & {
  /** Ended alerts are numbered in the order in which they ended. */
  readonly number: number;
  /** What was wrong, in the home's language of that time. */
  readonly message: string;
  readonly endedAt: number;
};
