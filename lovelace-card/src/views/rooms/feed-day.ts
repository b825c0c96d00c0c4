import type { TimeSpan } from "../../chart/chart.ts";
import { type AddonAnswer, askAddon } from "../../home-assistant/addon.ts";
import { heatloopId } from "../../home-assistant/find-entities.ts";
import { messageOf } from "../../home-assistant/find-heat-pump.ts";
import { changedAt, type HistoryState, loadHistory } from "../../home-assistant/history.ts";
import { refusalText } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";
import type { FeedStep } from "./feed-chart.ts";
import { type FeedSpan, type FeedTransition, feedSpans, isFeedState, rowMs } from "./feed-history.ts";
import { attributeNumber } from "./feed-of-home.ts";
import { failureText } from "./sending.ts";
import type { ZoneFeed } from "./zone-feed.ts";

/** The past of a feed as far as it has been asked for. */
export type RecordedFeed = {
  /** In the order of time. */
  readonly steps: readonly FeedStep[];
  /** When the feed, which is as it is `now`, was in which state; the latest first. */
  states(now: ZoneFeed, span: TimeSpan): readonly FeedSpan[];
};

type Row = { readonly time: string } & Readonly<Record<string, unknown>>;
type RowsAnswer = { readonly readings: readonly Row[] };

/** As the app logged it. Rejects with the reason in words. */
export async function feedOfApp(
  view: ViewInput,
  zone: number,
  span: TimeSpan,
  isOnlyZone: boolean,
): Promise<RecordedFeed> {
  const column = `room_feedback_zone_${zone}_c`;
  const times = { from: new Date(span.from).toISOString(), to: new Date(span.to).toISOString() };
  const ask = <T>(what: string, query: Readonly<Record<string, string>>): Promise<AddonAnswer<T>> => {
    const device = encodeURIComponent(heatloopId(view.heatPump.device) ?? "");
    return askAddon(
      view.hass,
      view.clock,
      `api/devices/${device}/${what}?${new URLSearchParams({ ...times, ...query })}`,
    );
  };
  const [rowsAnswer, transitionsAnswer] = await Promise.all([
    ask<RowsAnswer>("readings", { points: column, resolution: "5min" }),
    ask<readonly FeedTransition[]>("transitions", { what: "room_feed" }),
  ]);
  if (rowsAnswer.kind !== "answer") throw new Error(failureText(rowsAnswer, view));
  if (transitionsAnswer.kind !== "answer") throw new Error(failureText(transitionsAnswer, view));
  const rows = rowsAnswer.value.readings;
  const rowTimes = rows.map(({ time }) => Date.parse(time));
  return {
    steps: stepsOf(rows, column),
    states({ state, since }, within) {
      if (state === null || since === null) return [];
      const now = { state, since: Date.parse(since) };
      return feedSpans({ now, transitions: transitionsAnswer.value, rowTimes, span: within, zone, isOnlyZone });
    },
  };
}

/** Each row holds until its end; after one that no other follows nothing is known. */
function stepsOf(rows: readonly Row[], column: string): readonly FeedStep[] {
  const steps: FeedStep[] = [];
  let end: number | undefined;
  for (const row of rows) {
    const at = Date.parse(row.time);
    const value = row[column];
    if (end !== undefined && at > end) steps.push({ at: end, readBackC: null });
    steps.push({ at, readBackC: typeof value === "number" ? value : null });
    end = at + rowMs;
  }
  if (end !== undefined) steps.push({ at: end, readBackC: null });
  return steps;
}

/** As Home Assistant recorded the feed's entity. Rejects with the reason in words. */
export async function feedOfHistory(view: ViewInput, entityId: string, span: TimeSpan): Promise<RecordedFeed> {
  const history = await loadHistory(view.hass, [entityId], span, "each").catch((error: unknown) => {
    throw new Error(refusalText(messageOf(error), "history", view.hass, view.texts));
  });
  const rows = history[entityId] ?? [];
  return {
    steps: rows.map(({ lu, a = {} }) => ({ at: lu * 1000, readBackC: attributeNumber(a, "read_back_c") })),
    states: (_, within) => spansOf(rows, within).reverse(),
  };
}

/** In the order of time. */
function spansOf(rows: readonly HistoryState[], within: TimeSpan): FeedSpan[] {
  return rows.flatMap((row, index) => {
    const next = rows[index + 1];
    const from = Math.max(changedAt(row), within.from);
    const to = next === undefined ? within.to : changedAt(next);
    return isFeedState(row.s) && to > from ? [{ state: row.s, from, to }] : [];
  });
}
