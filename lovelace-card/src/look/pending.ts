/**
 * A change of one setting of the heat pump, from the press to what the heat pump then reports. `settled`: there is none,
 * what the heat pump reports is shown. `until` is ms since the epoch.
 */
export type Pending<V> =
  | { readonly kind: "settled" }
  /** Costs money: waits for a yes. */
  | { readonly kind: "asking"; readonly value: V }
  /** More presses may follow. */
  | { readonly kind: "choosing"; readonly value: V; readonly until: number }
  | { readonly kind: "sending"; readonly value: V; readonly until: number }
  | { readonly kind: "not_taken"; readonly until: number }
  | { readonly kind: "refused"; readonly reason: string; readonly until: number };

export type PendingInput<V> =
  | { readonly kind: "chosen"; readonly value: V; readonly at: number; readonly ask: boolean; readonly more: boolean }
  | { readonly kind: "confirmed"; readonly at: number }
  | { readonly kind: "cancelled" }
  /** What the heat pump reports now. */
  | { readonly kind: "reported"; readonly value: V | null; readonly at: number }
  | { readonly kind: "refused"; readonly reason: string; readonly at: number };

export const settled = { kind: "settled" } as const;

/** A set-point in °F comes back as the nearest tenth of a °C; chosen below the smallest step, which is 0.5. */
const sameC = 0.3;
/** Pauses after a press of plus or minus until the set-point is sent. */
const moreMs = 1_000;
/** The firmware polls its settings each 10.5 s; after two polls and a bit the change would be there. */
const longestSendingMs = 30_000;
/** How long a change that failed is shown as such. */
const shownMs = 15_000;

/** The next state; the effect of becoming `sending` is the call to Home Assistant. */
export function nextPending<V>(state: Pending<V>, input: PendingInput<V>): Pending<V> {
  switch (input.kind) {
    case "chosen":
      if (input.ask) return { kind: "asking", value: input.value };
      return input.more
        ? { kind: "choosing", value: input.value, until: input.at + moreMs }
        : { kind: "sending", value: input.value, until: input.at + longestSendingMs };
    case "confirmed":
      return state.kind === "asking"
        ? { kind: "sending", value: state.value, until: input.at + longestSendingMs }
        : state;
    case "cancelled":
      return settled;
    case "refused":
      return { kind: "refused", reason: input.reason, until: input.at + shownMs };
    case "reported":
      return afterReport(state, input.value, input.at);
  }
}

function afterReport<V>(state: Pending<V>, value: V | null, at: number): Pending<V> {
  switch (state.kind) {
    case "settled":
    case "asking":
      return state;
    case "choosing":
      return at < state.until ? state : { kind: "sending", value: state.value, until: at + longestSendingMs };
    case "sending":
      if (isSame(value, state.value)) return settled;
      return at < state.until ? state : { kind: "not_taken", until: at + shownMs };
    case "not_taken":
    case "refused":
      return at < state.until ? state : settled;
  }
}

function isSame(reported: unknown, chosen: unknown): boolean {
  if (typeof reported !== "number" || typeof chosen !== "number") return reported === chosen;
  return Math.abs(reported - chosen) < sameC;
}

/** The value to show: what was chosen while that is on its way, else what the heat pump reports. */
export function shownOf<V>(state: Pending<V>, reported: V | null): V | null {
  return state.kind === "asking" || state.kind === "choosing" || state.kind === "sending" ? state.value : reported;
}
