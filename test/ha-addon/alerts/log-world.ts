import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { AlertEvent } from "@heatloop/ha-addon/alerts/alert-event";
import { type AlertLog, type AlertRules, emptyAlertLog, lookedAt } from "@heatloop/ha-addon/alerts/alert-log";
import type { FoundAlert } from "@heatloop/ha-addon/alerts/found-alert";
import { restoredAlerts, savedAlerts } from "@heatloop/ha-addon/alerts/kept-alerts";
import { type AlertTiming, usualTiming } from "@heatloop/ha-addon/alerts/rules/alert-timing";
import { at as startedAt } from "./alerts-world.ts";

/** How often the program looks. */
export const lookMs = 10 * secondMs;

/** What is wrong, with what a table leaves out. */
export function wrong(id: string, more: Partial<FoundAlert> = {}): FoundAlert {
  const device = id.split("/")[1] ?? null;
  return {
    id,
    severity: "warning",
    problem: { code: "fault", name: "Ecodan", fault: "E9" },
    device,
    deviceName: device && "Ecodan",
    sinceAt: null,
    mark: null,
    onlyKeeps: false,
    ...more,
  };
}

/** A log that is looked at each 10 s; `at` is its time. */
export type WatchedLog = {
  log: AlertLog;
  at: number;
  events: AlertEvent[];
  /** Looks for so long, at what is wrong or not known. */
  for(
    ms: number,
    found: readonly FoundAlert[],
    how?: { unknown?: readonly string[]; devices?: readonly string[] },
  ): void;
  /** What happened since it was asked last: `raised fault/hp`. */
  happened(): string[];
  /** Saves the log and starts again with what was saved. */
  restart(): void;
};

/** A log whose rules have these timings, and the usual one otherwise. */
export function watchedLog(
  timings: Readonly<Record<string, Partial<AlertTiming>>> = {},
  off: readonly string[] = [],
): WatchedLog & { readonly rules: AlertRules } {
  const rules: AlertRules = {
    timingOf: (rule) => ({ ...usualTiming, ...timings[rule] }),
    isOff: (rule) => off.includes(rule),
    sentence: ({ code }) => `the sentence of ${code}`,
  };
  const watched: WatchedLog & { readonly rules: AlertRules } = {
    rules,
    log: emptyAlertLog,
    at: startedAt,
    events: [],
    for(ms, found, { unknown = [], devices = ["hp"] } = {}) {
      const until = watched.at + ms;
      while (watched.at < until) {
        watched.at = Math.min(until, watched.at + lookMs);
        const all = { wrong: found, unknown: new Set(unknown), devices: new Set(devices) };
        const next = lookedAt(watched.log, all, watched.at, rules);
        watched.log = next.log;
        watched.events.push(...next.events);
      }
    },
    happened: () => watched.events.splice(0).map(({ kind, alert }) => `${kind} ${alert.id}`),
    restart() {
      watched.log = restoredAlerts(JSON.parse(JSON.stringify(savedAlerts(watched.log))));
    },
  };
  return watched;
}

/** So long a start may take to find everything again. */
export const startedMs = 4 * minuteMs;
