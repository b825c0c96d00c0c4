/** That something happened to an alert, for those who tell people outside. */
export type AlertNews = {
  /** `reminded`: a snooze ended, and the problem still lasts. */
  readonly kind: "raised" | "cleared" | "reminded";
  readonly id: string;
  readonly severity: "info" | "warning" | "error";
  /** What is wrong and what to do, in the home's language. */
  readonly message: string;
  /** The heat pump's id and name; null where the alert is about the program. */
  readonly device: string | null;
  readonly deviceName: string | null;
  /** When the problem began and when this happened, ms since the epoch. */
  readonly sinceAt: number;
  readonly at: number;
};
