import type { Alert, EndedAlert } from "./alert.ts";
import { type AlertEntry, nextEntry } from "./alert-entry.ts";
import type { AlertEvent } from "./alert-event.ts";
import { type AlertHistory, historyWith } from "./alert-history.ts";
import type { AlertProblem } from "./alert-problem.ts";
import type { FoundAlerts } from "./found-alert.ts";
import { type AlertTiming, foundAgainWithinMs, ruleIdOf } from "./rules/alert-timing.ts";

/** All alerts: those that wait, those that are active and those that are over. */
export type AlertLog = {
  /** In the order in which a person reads them. */
  readonly entries: readonly AlertEntry[];
  readonly history: AlertHistory;
  /** When it was looked at last, ms since the epoch; null: never in this run. */
  readonly lookedAt: number | null;
  /** How long this run has looked. */
  readonly ranMs: number;
};

export const emptyAlertLog: AlertLog = {
  entries: [],
  history: { ended: [], next: 1 },
  lookedAt: null,
  ranMs: 0,
};

/** What the log needs to know of the rules, as the settings have them, and of language. */
export type AlertRules = {
  readonly timingOf: (ruleId: string) => AlertTiming;
  /** Whether a rule is switched off. */
  readonly isOff: (ruleId: string) => boolean;
  readonly sentence: (problem: AlertProblem) => string;
};

/** A log after something, and what happened to its alerts. */
export type Happened = { readonly log: AlertLog; readonly events: readonly AlertEvent[] };

/** The longest time between two looks that counts as passed: a longer one is a clock that was set, or a machine that slept. */
const longestStepMs = 30_000;

/** The log after a look at what is wrong. Time is what passed between looks, so setting the clock raises and clears nothing. */
export function lookedAt(log: AlertLog, found: FoundAlerts, at: number, rules: AlertRules): Happened {
  const stepMs = log.lookedAt === null ? 0 : Math.min(longestStepMs, Math.max(0, at - log.lookedAt));
  const ranMs = log.ranMs + stepMs;
  const isExplained = explainedBy(log, found);
  const before = new Map(log.entries.map((entry) => [entry.alert.id, entry]));
  const wrong = new Map(found.wrong.map((alert) => [alert.id, alert]));
  const events: AlertEvent[] = [];
  const entries: AlertEntry[] = [];
  const ended: Alert[] = [];
  for (const id of new Set([...wrong.keys(), ...before.keys()])) {
    const timing = rules.timingOf(ruleIdOf(id));
    const device = (wrong.get(id) ?? before.get(id)?.alert)?.device ?? null;
    const isStarting = ranMs < foundAgainWithinMs;
    const isAwaited = isStarting && device !== null && !found.devices.has(device) && !wrong.has(id);
    const next = nextEntry(before.get(id), {
      at,
      stepMs,
      timing,
      isOff: rules.isOff(ruleIdOf(id)),
      isStarting,
      isKnown: !found.unknown.has(id) && !isAwaited && !isExplained(device, timing),
      found: wrong.get(id),
    });
    events.push(...next.events);
    if (next.entry !== undefined) entries.push(next.entry);
    if (next.ended !== undefined) ended.push(next.ended);
  }
  const history = ended.reduce((kept, alert) => historyWith(kept, alert, at, rules.sentence), log.history);
  return { log: { entries, history, lookedAt: at, ranMs }, events };
}

/** Whether the cause of an alert of a heat pump is there, found or not over yet. */
function explainedBy(log: AlertLog, found: FoundAlerts) {
  const active = log.entries.filter(({ phase }) => phase === "active").map(({ alert }) => alert.id);
  const wrong = found.wrong.filter(({ onlyKeeps }) => !onlyKeeps).map(({ id }) => id);
  // Of a room or a zone of a heat pump the first two parts are those of the heat pump.
  const there = new Set([...wrong, ...active].map((id) => id.split("/", 2).join("/")));
  return (device: string | null, { consequenceOf }: AlertTiming) =>
    consequenceOf.some((cause) => there.has(cause) || there.has(`${cause}/${device}`));
}

/** The alerts that are active. */
export function activeAlerts({ entries }: AlertLog): Alert[] {
  return entries.filter(({ phase }) => phase === "active").map(({ alert }) => alert);
}

/** Those that are over, the newest first. */
export function endedAlerts({ history }: AlertLog): readonly EndedAlert[] {
  return history.ended;
}

/** The log after a person has seen an active alert; undefined where there is none of that id. */
export function acknowledged(
  log: AlertLog,
  id: string,
  { at, by }: { readonly at: number; readonly by: string | null },
  rules: AlertRules,
): (Happened & { readonly alert: Alert }) | undefined {
  const entry = activeEntry(log, id);
  if (entry === undefined) return undefined;
  const alert: Alert = { ...entry.alert, acknowledged: { at, by }, snoozedUntil: null };
  const events: AlertEvent[] = [{ kind: "acknowledged", alert, at }];
  if (!rules.timingOf(ruleIdOf(id)).endsWhenAcknowledged)
    return { log: withEntry(log, { ...entry, alert }), events, alert };
  const history = historyWith(log.history, alert, at, rules.sentence);
  events.push({ kind: "cleared", alert, at });
  return { log: { ...withEntry(log, { ...entry, alert, phase: "dismissed" }), history }, events, alert };
}

/** The log after an active alert was snoozed until a time; undefined where there is none of that id. */
export function snoozed(
  log: AlertLog,
  id: string,
  { at, until }: { readonly at: number; readonly until: number },
): (Happened & { readonly alert: Alert }) | undefined {
  const entry = activeEntry(log, id);
  if (entry === undefined) return undefined;
  const alert: Alert = { ...entry.alert, snoozedUntil: until };
  return { log: withEntry(log, { ...entry, alert }), events: [{ kind: "snoozed", alert, at }], alert };
}

function activeEntry({ entries }: AlertLog, id: string): AlertEntry | undefined {
  return entries.find(({ phase, alert }) => phase === "active" && alert.id === id);
}

function withEntry(log: AlertLog, entry: AlertEntry): AlertLog {
  return { ...log, entries: log.entries.map((each) => (each.alert.id === entry.alert.id ? entry : each)) };
}
