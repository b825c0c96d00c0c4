import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { hourMs } from "@heatloop/core/time/durations";
import type { Bands, Chart, Table, TimeSpan } from "@heatloop/lovelace-card/chart/chart";
import { localTime } from "@heatloop/lovelace-card/chart/local-time";
import { emptySeries, type GrowingSeries } from "@heatloop/lovelace-card/chart/series";
import type { ViewInput } from "@heatloop/lovelace-card/look/view";
import type { PageTexts } from "../../text/languages/english.ts";
import { type FeedSpan, rowMs } from "./feed-history.ts";

/** What the heat pump had of the room feed from a time on, °C; null is unknown. */
export type FedRow = { readonly at: number; readonly fedC: number | null };

/** A day of a room feed. */
export type FeedDay = {
  readonly span: TimeSpan;
  readonly rows: readonly FedRow[];
  readonly states: readonly FeedSpan[];
};

type Words = Pick<ViewInput, "formats" | "texts"> & { readonly pageTexts: PageTexts; readonly label: string };

/** States that a person should see; `ok` is the plain background. */
const bandColors = {
  degraded: "var(--warning-color)",
  holding: "var(--error-color)",
  fallback: "var(--info-color)",
  off: "var(--disabled-color)",
} as const satisfies Readonly<Record<Exclude<RoomFeedState, "ok">, string>>;

/** The day as the card's chart takes it: a line of what the heat pump had read back, stripes of the feed's states. */
export function feedChart(day: FeedDay, words: Words, message?: string): Chart {
  const { formats, texts, pageTexts, label } = words;
  const series = fedSeries(day.rows);
  const date = new Intl.DateTimeFormat(formats.language, { weekday: "short", timeZone: formats.timeZone });
  const titleAt = (at: number) => `${date.format(at)}, ${formats.time(at)}`;
  const isEmpty = !day.rows.some(({ fedC }) => fedC !== null) && day.states.length === 0;
  return {
    label,
    span: day.span,
    calendar: formats,
    left: { show: (value) => `${formats.number(value, 1)} °C`, tick: formats.number, unit: "°C", least: 2 },
    lines: [
      { key: "fed", name: pageTexts.read_back, color: "var(--primary-color)", series, scale: "left", shape: "step" },
    ],
    bands: feedBands(day.states, pageTexts),
    titleAt,
    table: () => feedTable(day, words, titleAt),
    texts,
    message: message ?? (isEmpty ? texts.nothing_known : undefined),
  };
}

/** Each row holds until its end; after one that no other follows there is a gap. */
function fedSeries(rows: readonly FedRow[]): GrowingSeries {
  const series = emptySeries(2 * rows.length + 1);
  let end: number | undefined;
  for (const { at, fedC } of rows) {
    if (end !== undefined && at > end) series.append(end, Number.NaN);
    series.append(at, fedC ?? Number.NaN);
    end = at + rowMs;
  }
  if (end !== undefined) series.append(end, Number.NaN);
  return series;
}

function feedBands(states: readonly FeedSpan[], pageTexts: PageTexts): readonly Bands[] {
  return (Object.keys(bandColors) as (keyof typeof bandColors)[])
    .map((state) => ({
      key: state,
      name: pageTexts[`feed_${state}`],
      color: bandColors[state],
      spans: states.filter((each) => each.state === state).reverse(),
    }))
    .filter(({ spans }) => spans.length > 0);
}

/** Hour by hour, the latest first: the mean of what it had, and every state of the feed. */
function feedTable({ span, rows, states }: FeedDay, words: Words, titleAt: (at: number) => string): Table {
  const { formats, pageTexts } = words;
  const hours: (readonly string[])[] = [];
  const { wallAt, atWall } = localTime(formats.timeZone);
  const first = atWall(Math.floor(wallAt(span.from) / hourMs) * hourMs);
  for (let from = first; from < span.to; from += hourMs) {
    const to = Math.min(from + hourMs, span.to);
    const fed = rows.flatMap(({ at, fedC }) => (at >= from && at < to && fedC !== null ? [fedC] : []));
    const mean = fed.length === 0 ? "–" : formats.number(fed.reduce((sum, one) => sum + one, 0) / fed.length, 1);
    const seen = states
      .filter((each) => each.from < to && each.to > from)
      .map(({ state }) => pageTexts[`feed_${state}`]);
    hours.push([titleAt(from), mean, seen.length === 0 ? "–" : [...new Set(seen)].reverse().join(", ")]);
  }
  return { head: [pageTexts.time, `${pageTexts.read_back}, °C`, pageTexts.state], rows: hours.reverse() };
}
