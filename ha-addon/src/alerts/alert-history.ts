import { dayMs } from "@heatloop/core/time/durations";
import type { Alert, EndedAlert } from "./alert.ts";
import type { AlertProblem } from "./alert-problem.ts";

/** Alerts that are over, the newest first, and the number of the next one. */
export type AlertHistory = { readonly ended: readonly EndedAlert[]; readonly next: number };

/** So many are kept, and so long; chosen. */
const mostEnded = 1_000;
const keptMs = 90 * dayMs;

/** The history with an alert that is over; older ones leave it only when a new one comes. */
export function historyWith(
  { ended, next }: AlertHistory,
  { problem, snoozedUntil: _, ...alert }: Alert,
  at: number,
  sentence: (problem: AlertProblem) => string,
): AlertHistory {
  const kept = ended.slice(0, mostEnded - 1).filter(({ endedAt }) => at - endedAt < keptMs);
  return { ended: [{ ...alert, number: next, message: sentence(problem), endedAt: at }, ...kept], next: next + 1 };
}
