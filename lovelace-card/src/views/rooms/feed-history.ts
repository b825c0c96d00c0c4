import { type RoomFeedState, roomFeedStates } from "@heatloop/core/room-feed/room-feed";
import { minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { TimeSpan } from "../../chart/chart.ts";

/** A transition of a room feed, as `GET api/devices/{id}/transitions?what=room_feed` has it; `zone` is null where an earlier version wrote it. */
export type FeedTransition = {
  readonly time: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Spent in `from`; null where its start was not seen. */
  readonly duration_s: number | null;
  readonly zone: 1 | 2 | null;
};

/** A time in which a feed was in one state. */
export type FeedSpan = TimeSpan & { readonly state: RoomFeedState };

/** A row of the log covers this long. */
export const rowMs = 5 * minuteMs;
/** Durations are written in whole seconds. */
const toleranceMs = 2 * secondMs;

/**
 * When the feed of a zone was in which state within `span`, the latest first: from its state of now back, along the
 * transitions of the zone that lead there. What was before a start of the program holds no longer than the log was written;
 * `rowTimes` are the starts of its rows, in order. A transition that does not name its zone says that only of an only one.
 */
export function feedSpans(of: {
  readonly now: { readonly state: RoomFeedState; readonly since: number };
  readonly transitions: readonly FeedTransition[];
  readonly rowTimes: readonly number[];
  readonly span: TimeSpan;
  readonly zone: number;
  readonly isOnlyZone: boolean;
}): readonly FeedSpan[] {
  const { rowTimes, span, isOnlyZone } = of;
  const transitions = of.transitions.filter(({ zone }) => zone === null || zone === of.zone);
  const certain = transitions.filter(({ zone }) => isOnlyZone || zone !== null);
  const spans: FeedSpan[] = [];
  let [state, from, to]: [RoomFeedState, number, number] = [of.now.state, of.now.since, span.to];
  for (;;) {
    if (to > span.from) spans.push({ state, from: Math.max(from, span.from), to });
    if (from <= span.from) return spans;
    const before = stateBefore(transitions, state, from);
    const earlier = before ?? stateBeforeStart(certain, rowTimes, from);
    if (earlier === undefined || earlier.from >= from) return spans;
    ({ state, from, to } = earlier);
  }
}

/** The state that a transition ended when `state` began; undefined where none is known. */
function stateBefore(transitions: readonly FeedTransition[], state: string, since: number): FeedSpan | undefined {
  const distance = ({ time }: FeedTransition) => Math.abs(Date.parse(time) - since);
  const [led] = transitions
    .filter((each) => each.to === state && distance(each) <= toleranceMs)
    .sort((one, other) => distance(one) - distance(other));
  if (led === undefined || led.duration_s === null || !isFeedState(led.from)) return undefined;
  return { state: led.from, from: since - led.duration_s * secondMs, to: since };
}

/** The last state that was written before the program started, for as long as its log goes on without a gap. */
function stateBeforeStart(
  transitions: readonly FeedTransition[],
  rowTimes: readonly number[],
  startedAt: number,
): FeedSpan | undefined {
  const last = transitions.findLast(({ time }) => Date.parse(time) < startedAt - toleranceMs);
  if (last === undefined || !isFeedState(last.to)) return undefined;
  const from = Date.parse(last.time);
  let to = from;
  for (const at of rowTimes) {
    if (at + rowMs <= from) continue;
    if (at > to) break;
    to = at + rowMs;
  }
  return { state: last.to, from, to: Math.min(to, startedAt) };
}

/** Whether a text is a state of a room feed. */
export function isFeedState(state: string | null): state is RoomFeedState {
  return (roomFeedStates as readonly (string | null)[]).includes(state);
}
