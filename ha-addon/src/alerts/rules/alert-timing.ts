import { minuteMs } from "@heatloop/core/time/durations";

/** When what a rule finds becomes an alert, and when it is over; times that the problem was seen to last, in ms. */
export type AlertTiming = {
  /** So long the problem must last. */
  readonly afterMs: number;
  /** So long it must be gone; a shorter gap counts as none. */
  readonly clearAfterMs: number;
  /**
   * Rules of the program or of the same heat pump whose problem explains this one: while there is one, it is not known
   * whether this one lasts, so it is neither raised nor cleared.
   */
  readonly consequenceOf: readonly string[];
  /** Whether it is found at the first look already; else one of the run before has some minutes to be found again. */
  readonly isKnownAtStart: boolean;
  /** After which it is over by itself; null: with the problem. */
  readonly endsAfterMs: number | null;
  /** Whether it is over once a person has seen it. */
  readonly endsWhenAcknowledged: boolean;
};

export const usualTiming: AlertTiming = {
  afterMs: 0,
  clearAfterMs: 0,
  consequenceOf: [],
  isKnownAtStart: false,
  endsAfterMs: null,
  endsWhenAcknowledged: false,
};

/** So long a start may take until everything that was wrong before has been found again; chosen. */
export const foundAgainWithinMs = 3 * minuteMs;

/** The rule of an alert's id, which is its first part. */
export function ruleIdOf(alertId: string): string {
  return alertId.split("/", 1)[0] ?? alertId;
}
