import type { Severity } from "./severity.ts";

/**
 * What a rule says: what is wrong, null: all is well, or that it cannot be said now, so that an alert stays as it is.
 * `sinceAt` where the problem has a start of its own; `severity` where it is another one than the rule's; `mark`: what
 * exactly is wrong where another one of it is news.
 */
export type Found<Problem> =
  | {
      readonly problem: Problem;
      readonly sinceAt?: number | null;
      readonly severity?: Severity;
      readonly mark?: string;
      /** Between its two limits: an alert that began goes on, but none begins. */
      readonly onlyKeeps?: boolean;
    }
  | "unknown"
  | null;

/** What a figure says that is beyond the limit at which an alert begins, beyond the one at which it ends, or neither. */
export function between<Problem>(isBeyondStart: boolean, isBeyondEnd: boolean, problem: Problem): Found<Problem> {
  return isBeyondEnd || isBeyondStart ? { problem, onlyKeeps: !isBeyondStart } : null;
}

/** What a count of the last hour says: begun beyond its limit, ended below half of it, which is not known at the start. */
export function countedBeyond<Problem>(
  count: number,
  limit: number,
  hasWholeHour: boolean,
  problem: Problem,
): Found<Problem> {
  return between(count > limit, count > limit / 2, problem) ?? (hasWholeHour ? null : "unknown");
}
