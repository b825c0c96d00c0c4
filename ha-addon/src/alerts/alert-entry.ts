import { dayMs } from "@heatloop/core/time/durations";
import type { Alert } from "./alert.ts";
import type { AlertEvent } from "./alert-event.ts";
import type { FoundAlert } from "./found-alert.ts";
import type { AlertTiming } from "./rules/alert-timing.ts";
import { severities } from "./rules/severity.ts";

/**
 * One problem from when it was first found until it is forgotten. `waiting`: it has not lasted long enough. `dismissed`: a
 * person has seen it or its time is over, and what it is about is still found.
 */
export type AlertEntry = {
  readonly phase: "waiting" | "active" | "dismissed";
  readonly alert: Alert;
  readonly mark: string | null;
  /** How long it was seen to last. */
  readonly lastedMs: number;
  /** How long it has been gone; null while it lasts. */
  readonly goneMs: number | null;
  /** Whether it is of the run before, and was not found in this one. */
  readonly isRestored: boolean;
};

/** What a look says of one problem. */
export type EntryStep = {
  readonly at: number;
  /** Since the look before. */
  readonly stepMs: number;
  readonly timing: AlertTiming;
  readonly isOff: boolean;
  /** Whether the program started so lately that not everything has been found again. */
  readonly isStarting: boolean;
  readonly isKnown: boolean;
  /** undefined: nothing is wrong, or nothing is known. */
  readonly found: FoundAlert | undefined;
};

type NextEntry = {
  /** undefined: there is nothing to remember. */
  readonly entry?: AlertEntry | undefined;
  readonly events: readonly AlertEvent[];
  /** An alert that is over with this look. */
  readonly ended?: Alert;
};

/** Nobody can snooze for longer: what seems to was snoozed before the clock was set back. */
export const longestSnoozeMs = 7 * dayMs;

/** A problem after a look. */
export function nextEntry(entry: AlertEntry | undefined, step: EntryStep): NextEntry {
  if (step.isOff) return over(entry, step);
  if (!step.isKnown) return { entry: entry?.phase === "waiting" ? undefined : entry, events: [] };
  const isLasting = entry !== undefined && entry.phase !== "waiting";
  if (step.found === undefined || (step.found.onlyKeeps && !isLasting)) return gone(entry, step);
  return lasting(entry, step.found, step);
}

function lasting(entry: AlertEntry | undefined, found: FoundAlert, step: EntryStep): NextEntry {
  if (entry === undefined || (entry.phase === "dismissed" && entry.mark !== found.mark)) {
    return raisedIfDue({ ...begun(found, step.at), phase: "waiting" }, step);
  }
  const { alert } = entry;
  const { id, severity, problem, device, deviceName, mark } = found;
  const next: AlertEntry = {
    ...entry,
    alert: { ...alert, id, severity, problem, device, deviceName },
    mark,
    lastedMs: entry.lastedMs + step.stepMs,
    goneMs: null,
    isRestored: false,
  };
  if (entry.phase === "waiting") return raisedIfDue(next, step);
  if (entry.phase === "dismissed") return { entry: next, events: [] };
  const { endsAfterMs } = step.timing;
  if (endsAfterMs !== null && next.lastedMs >= endsAfterMs) return { ...over(next, step), entry: dismissed(next) };
  if (mark !== entry.mark) return raised(toldAnew(next, found.sinceAt ?? step.at), step.at);
  if (isWorse(severity, alert.severity)) return raised(toldAnew(next, alert.sinceAt), step.at);
  return reminded(next, step.at);
}

function begun(found: FoundAlert, at: number): Omit<AlertEntry, "phase"> {
  const { mark, sinceAt, onlyKeeps: _, ...alert } = found;
  return {
    alert: { ...alert, sinceAt: sinceAt ?? at, acknowledged: null, snoozedUntil: null },
    mark,
    lastedMs: 0,
    goneMs: null,
    isRestored: false,
  };
}

function raisedIfDue(entry: AlertEntry, { at, timing }: EntryStep): NextEntry {
  return entry.lastedMs >= timing.afterMs ? raised(entry, at) : { entry, events: [] };
}

function raised(entry: AlertEntry, at: number): NextEntry {
  return { entry: { ...entry, phase: "active" }, events: [{ kind: "raised", alert: entry.alert, at }] };
}

/** What a person has seen was less, or something else. */
function toldAnew(entry: AlertEntry, sinceAt: number): AlertEntry {
  return { ...entry, alert: { ...entry.alert, sinceAt, acknowledged: null, snoozedUntil: null } };
}

function reminded(entry: AlertEntry, at: number): NextEntry {
  const { snoozedUntil } = entry.alert;
  if (snoozedUntil === null || (at < snoozedUntil && snoozedUntil - at <= longestSnoozeMs))
    return { entry, events: [] };
  const alert: Alert = { ...entry.alert, snoozedUntil: null };
  return { entry: { ...entry, alert }, events: [{ kind: "reminded", alert, at }] };
}

function gone(entry: AlertEntry | undefined, step: EntryStep): NextEntry {
  if (entry === undefined) return { events: [] };
  const { timing, isStarting, stepMs } = step;
  const goneMs = entry.goneMs === null ? 0 : entry.goneMs + stepMs;
  const mayComeBack = entry.isRestored && isStarting && !timing.isKnownAtStart;
  if (!mayComeBack && goneMs >= timing.clearAfterMs) return over(entry, step);
  return { entry: { ...entry, goneMs }, events: [] };
}

/** An active alert ends; all else is forgotten. */
function over(entry: AlertEntry | undefined, { at }: EntryStep): NextEntry {
  if (entry?.phase !== "active") return { events: [] };
  return { events: [{ kind: "cleared", alert: entry.alert, at }], ended: entry.alert };
}

function dismissed(entry: AlertEntry): AlertEntry {
  return { ...entry, phase: "dismissed" };
}

function isWorse(severity: Alert["severity"], than: Alert["severity"]): boolean {
  return severities.indexOf(severity) > severities.indexOf(than);
}
