import type { Alert } from "./alert.ts";

/** Something that happened to an alert; `reminded`: its snooze ended, and the problem still lasts. */
export type AlertEvent = {
  readonly kind: "raised" | "cleared" | "reminded" | "acknowledged" | "snoozed";
  readonly alert: Alert;
  /** ms since the epoch. */
  readonly at: number;
};
