import { minuteMs } from "@heatloop/core/time/durations";

/** How long the readings of a minute are waited for, of a device of another system, once it is over and one of them is there. */
export const readingsWaitMs = 10 * minuteMs;

/** A span of time, ms since the epoch; `to` is not in it. */
export type RowSpan = { readonly from: number; readonly to: number };

/**
 * Why minutes are missing. `on_its_way`: the home has not said yet that it has sent all of that time; `node_offline`: it has
 * not, and is silent; `revoked`: it was, and what it has is not taken; `home_off`: it was silent then, and has no rows of it;
 * `not_logged`: it was there, and has none.
 */
export const gapReasons = ["on_its_way", "node_offline", "revoked", "home_off", "not_logged"] as const;
export type GapReason = (typeof gapReasons)[number];

/** Minutes that are missing one after the other. */
export type RowGap = RowSpan & { readonly minutes: number; readonly why: GapReason };

/** What is known of the node whose rows they are. */
export type NodePast = {
  readonly isOnline: boolean;
  readonly revokedAt: number | null;
  /** When it last had nothing that it had not sent; null: never yet. */
  readonly allSentAt: number | null;
  /** When it was silent. */
  readonly silences: readonly RowSpan[];
};

/** The spans of a range in which no minute of these begins; `times` in their order. */
export function missingSpans(times: readonly number[], { from, to }: RowSpan): RowSpan[] {
  const first = Math.ceil(from / minuteMs) * minuteMs;
  const end = Math.floor(to / minuteMs) * minuteMs;
  const spans: RowSpan[] = [];
  let expected = first;
  for (const at of [...times.filter((time) => time >= first && time < end), end]) {
    // A row of a clock that was set may begin within a minute.
    const minute = Math.floor(at / minuteMs) * minuteMs;
    if (minute > expected) spans.push({ from: expected, to: minute });
    expected = Math.max(expected, minute + minuteMs);
  }
  return spans;
}

/** A missing span with the reason for it. */
export function gapOf(span: RowSpan, { isOnline, revokedAt, allSentAt, silences }: NodePast): RowGap {
  const minutes = Math.round((span.to - span.from) / minuteMs);
  return { ...span, minutes, why: reason() };

  function reason(): GapReason {
    if (revokedAt !== null && (allSentAt === null || span.to > allSentAt)) return "revoked";
    if (allSentAt === null || span.to > allSentAt) return isOnline ? "on_its_way" : "node_offline";
    return silences.some(({ from, to }) => from < span.to && to > span.from) ? "home_off" : "not_logged";
  }
}
