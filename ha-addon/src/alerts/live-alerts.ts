import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { Clock, Stop } from "@heatloop/core/time/clock";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import type { StateFile } from "../base/state-file.ts";
import { watchersOf } from "../base/watchers.ts";
import type { Alert, EndedAlert } from "./alert.ts";
import type { AlertEvent } from "./alert-event.ts";
import {
  type AlertRules,
  acknowledged,
  activeAlerts,
  endedAlerts,
  type Happened,
  lookedAt,
  snoozed,
} from "./alert-log.ts";
import { type AlertNews, newsOf } from "./alert-news.ts";
import type { AlertSituation } from "./alert-rule.ts";
import { alertSentence } from "./alert-sentence.ts";
import { findAlerts, timingsOf } from "./alerts.ts";
import { restoredAlerts, savedAlerts } from "./kept-alerts.ts";

/** The alerts of the program as it runs. */
export type LiveAlerts = {
  /** Those of now. */
  active(): readonly Alert[];
  /** Those that are over, the newest first. */
  ended(): readonly EndedAlert[];
  /** A person, `by` name where it is known, has seen an active alert; undefined: none has that id. */
  acknowledge(id: string, by: string | null): Alert | undefined;
  /** Nobody is told of an active alert again for so long; undefined: none has that id. */
  snooze(id: string, minutes: number, by: string | null): Alert | undefined;
  /** Called with what those outside should be told, in order. */
  onNews(watch: (news: AlertNews) => void): Stop;
  /** Called with all that happens to alerts, in order. */
  onEvent(watch: (event: AlertEvent) => void): Stop;
  /** Writes what there is, and ends. */
  close(): Promise<void>;
};

type Parts = {
  readonly clock: Pick<Clock, "now">;
  readonly log: Log;
  readonly stateFile: StateFile;
  readonly situation: () => AlertSituation;
  /** In which people of the home read. */
  readonly language: () => HomeLanguage;
};

/** The alerts of the run before, and from now on those of this one: each look at them looks at what is wrong. */
export async function openAlerts(parts: Parts): Promise<LiveAlerts> {
  const { clock, log, stateFile } = parts;
  const watchers = watchersOf<[event: AlertEvent]>(log, "an alert");
  let alerts = restoredAlerts(await stateFile.read());

  function took<T extends Happened>(next: T): T {
    alerts = next.log;
    if (next.events.length === 0) return next;
    void stateFile.write(savedAlerts(alerts));
    for (const event of next.events) watchers.notify(event);
    return next;
  }

  function look(): void {
    const situation = parts.situation();
    took(lookedAt(alerts, findAlerts(situation), situation.at, rulesOf(situation.limits, parts.language())));
  }

  return {
    active() {
      look();
      return activeAlerts(alerts);
    },
    ended() {
      look();
      return endedAlerts(alerts);
    },
    acknowledge(id, by) {
      look();
      const rules = rulesOf(parts.situation().limits, parts.language());
      const next = acknowledged(alerts, id, { at: clock.now(), by }, rules);
      if (next !== undefined) log.info("somebody has seen an alert", { alert: id, user: by });
      return next && took(next).alert;
    },
    snooze(id, minutes, by) {
      look();
      const at = clock.now();
      const next = snoozed(alerts, id, { at, until: at + minutes * minuteMs });
      if (next !== undefined) log.info("somebody snoozed an alert", { alert: id, minutes, user: by });
      return next && took(next).alert;
    },
    onNews: (watch) =>
      watchers.add((event) => {
        const news = newsOf(event, parts.language());
        if (news !== undefined) watch(news);
      }),
    onEvent: watchers.add,
    close: () => stateFile.write(savedAlerts(alerts)),
  };
}

function rulesOf(limits: AlertSituation["limits"], language: HomeLanguage): AlertRules {
  const off: readonly string[] = limits.off;
  return {
    timingOf: timingsOf(limits),
    isOff: (ruleId) => off.includes(ruleId),
    sentence: (problem) => alertSentence(problem, language),
  };
}
