import type { HomeLanguage } from "@heatloop/core/catalogue/home-languages";
import type { AlertEvent } from "./alert-event.ts";
import { alertSentence } from "./alert-sentence.ts";
import type { Severity } from "./rules/severity.ts";

/** That something happened to an alert, for those who tell people outside. */
export type AlertNews = {
  /** `reminded`: a snooze ended, and the problem still lasts. */
  readonly kind: "raised" | "cleared" | "reminded";
  readonly id: string;
  readonly severity: Severity;
  /** What is wrong and what to do, in the home's language. */
  readonly message: string;
  /** The heat pump's id and name; null where the alert is about the program. */
  readonly device: string | null;
  readonly deviceName: string | null;
  /** When the problem began and when this happened, ms since the epoch. */
  readonly sinceAt: number;
  readonly at: number;
};

/** What happened as news; undefined where a person at the page did it. */
export function newsOf({ kind, alert, at }: AlertEvent, language: HomeLanguage): AlertNews | undefined {
  if (kind === "acknowledged" || kind === "snoozed") return undefined;
  const { id, severity, problem, device, deviceName, sinceAt } = alert;
  return { kind, id, severity, message: alertSentence(problem, language), device, deviceName, sinceAt, at };
}
