import { minuteMs, secondMs } from "@heatloop/core/time/durations";

/** The rows of the last minutes are still being made. */
export const recentMs = 3 * minuteMs;

/** How long the readings of a minute are waited for, of a device of another system, once it is over and one of them is there. */
export const readingsWaitMs = 10 * minuteMs;

/** A span of time, ms since the epoch; `to` is not in it. */
export type RowSpan = { readonly from: number; readonly to: number };

/**
 * Why minutes are missing. `on_its_way`: the home has not said yet that it has sent all of that time; `node_offline`: it has
 * not, and is silent; `revoked`: it was, and what it has is not taken; `home_off`: it was silent then, and has no rows of it;
 * `clock_off`: its clock was wrong then, so that its rows are of another time, or none; `not_logged`: it was there, and has none.
 */
export const gapReasons = ["on_its_way", "node_offline", "revoked", "home_off", "clock_off", "not_logged"] as const;
export type GapReason = (typeof gapReasons)[number];

/** Minutes that are missing one after the other; `mayCome`: the home may still have them. */
export type RowGap = RowSpan & { readonly minutes: number; readonly why: GapReason; readonly mayCome: boolean };

/** What is known of the node whose rows they are. */
export type NodePast = {
  readonly isOnline: boolean;
  readonly revokedAt: number | null;
  /** When it last had nothing that it had not sent; null: never yet. */
  readonly allSentAt: number | null;
  /** When it was silent. */
  readonly silences: readonly RowSpan[];
  /** When its clock was wrong, as it told. */
  readonly wrongClocks: readonly RowSpan[];
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
export function gapOf(span: RowSpan, { isOnline, revokedAt, allSentAt, silences, wrongClocks }: NodePast): RowGap {
  const minutes = Math.round((span.to - span.from) / minuteMs);
  const why = reason();
  return { ...span, minutes, why, mayCome: why === "on_its_way" || why === "node_offline" };

  function reason(): GapReason {
    if (revokedAt !== null && (allSentAt === null || span.to > allSentAt)) return "revoked";
    if (allSentAt === null || span.to > allSentAt) return isOnline ? "on_its_way" : "node_offline";
    const isIn = (spans: readonly RowSpan[]) => spans.some(({ from, to }) => from < span.to && to > span.from);
    if (isIn(silences)) return "home_off";
    return isIn(wrongClocks) ? "clock_off" : "not_logged";
  }
}

/** What a home told of its clock: when, by that clock, and how far it was behind the hub's, s; null: it is right. */
export type ClockNews = { readonly at: number; readonly behindS: number | null };

/** When a clock was wrong, by any of both; `news` in the order of their times. */
export function wrongClocksIn(news: readonly ClockNews[], now: number): RowSpan[] {
  return news.flatMap(({ at, behindS }, i) => {
    if (behindS === null) return [];
    const [offMs, end] = [behindS * secondMs, news[i + 1]?.at ?? now];
    return [{ from: Math.min(at, at + offMs), to: Math.max(end, end + offMs) }];
  });
}

/**
 * Why a home's report of a day says another energy than the hub's rows of it. `rows_missing`: the hub has seen less of the day;
 * `on_its_way`: and the home has not said yet that it has sent all; `calculated_otherwise`: of as many rows, so that versions or
 * settings differ.
 */
export const differenceReasons = ["on_its_way", "rows_missing", "calculated_otherwise"] as const;
export type DifferenceReason = (typeof differenceReasons)[number];

export function differenceOf(
  coveredS: { readonly hub: number; readonly home: number },
  { dayEndsAt, allSentAt }: { readonly dayEndsAt: number; readonly allSentAt: number | null },
): DifferenceReason {
  if (coveredS.hub >= coveredS.home) return "calculated_otherwise";
  return allSentAt === null || allSentAt < dayEndsAt ? "on_its_way" : "rows_missing";
}
