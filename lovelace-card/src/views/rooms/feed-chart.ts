import type { RoomFeedState } from "@heatloop/core/room-feed/room-feed";
import { hourMs } from "@heatloop/core/time/durations";
import type { Bands, Chart, Table, TimeSpan } from "../../chart/chart.ts";
import { localTime } from "../../chart/local-time.ts";
import { emptySeries, type GrowingSeries } from "../../chart/series.ts";
import { temperatureIn } from "../../look/temperature-text.ts";
import type { ViewInput } from "../../look/view.ts";
import { roomTextsOf } from "../../text/late/room-texts.ts";
import type { FeedSpan } from "./feed-history.ts";

/** What the heat pump had of the room feed from a time until the next step, °C; null is unknown. */
export type FeedStep = { readonly at: number; readonly readBackC: number | null };

/** A day of a room feed. */
export type FeedDay = {
  readonly span: TimeSpan;
  /** In the order of time. */
  readonly steps: readonly FeedStep[];
  readonly states: readonly FeedSpan[];
};

/** States that a person should see; `ok` is the plain background. */
const bandColors = {
  degraded: "var(--warning-color, #ffa600)",
  holding: "var(--error-color, #db4437)",
  fallback: "var(--info-color, #039be5)",
  off: "var(--disabled-color, #bdbdbd)",
} as const satisfies Readonly<Record<Exclude<RoomFeedState, "ok">, string>>;

/** The day as the chart takes it: a line of what the heat pump had read back, stripes of the feed's states. */
export function feedChart(day: FeedDay, view: ViewInput, message?: string): Chart {
  const { formats, texts, hass, label } = view;
  const unit = hass.config.unit_system.temperature;
  const name = roomTextsOf(hass.language).read_back;
  const series = stepSeries(day, unit);
  const date = new Intl.DateTimeFormat(formats.language, { weekday: "short", timeZone: formats.timeZone });
  const titleAt = (at: number) => `${date.format(at)}, ${formats.time(at)}`;
  const isEmpty = !day.steps.some(({ readBackC }) => readBackC !== null) && day.states.length === 0;
  return {
    label,
    span: day.span,
    calendar: formats,
    left: { show: (value) => `${formats.number(value, 1)} ${unit}`, tick: formats.number, unit, least: 2 },
    lines: [{ key: "fed", name, color: "var(--primary-color)", series, scale: "left", shape: "step" }],
    bands: feedBands(day.states, view),
    titleAt,
    table: () => feedTable(day, view, titleAt),
    texts,
    message: message ?? (isEmpty ? texts.nothing_known : undefined),
  };
}

function stepSeries({ steps, span }: FeedDay, unit: string): GrowingSeries {
  const series = emptySeries(steps.length + 1);
  for (const { at, readBackC } of steps) {
    series.append(Math.max(at, span.from), readBackC === null ? Number.NaN : temperatureIn(unit, readBackC));
  }
  const last = steps.at(-1)?.readBackC ?? null;
  if (last !== null) series.append(span.to, temperatureIn(unit, last));
  return series;
}

function feedBands(states: readonly FeedSpan[], view: ViewInput): readonly Bands[] {
  return (Object.keys(bandColors) as (keyof typeof bandColors)[])
    .map((state) => ({
      key: state,
      name: view.texts[`feed_${state}`],
      color: bandColors[state],
      spans: states.filter((each) => each.state === state).reverse(),
    }))
    .filter(({ spans }) => spans.length > 0);
}

/** Hour by hour, the latest first: the mean of what it had, and every state of the feed. */
function feedTable(day: FeedDay, view: ViewInput, titleAt: (at: number) => string): Table {
  const { formats, hass } = view;
  const texts = roomTextsOf(hass.language);
  const unit = hass.config.unit_system.temperature;
  const hours: (readonly string[])[] = [];
  const { wallAt, atWall } = localTime(formats.timeZone);
  const first = atWall(Math.floor(wallAt(day.span.from) / hourMs) * hourMs);
  for (let from = first; from < day.span.to; from += hourMs) {
    const hour = { from, to: Math.min(from + hourMs, day.span.to) };
    const meanC = meanOf(day.steps, hour);
    const mean = meanC === null ? "–" : formats.number(temperatureIn(unit, meanC), 1);
    const seen = day.states
      .filter((each) => each.from < hour.to && each.to > hour.from)
      .map(({ state }) => view.texts[`feed_${state}`]);
    hours.push([titleAt(from), mean, seen.length === 0 ? "–" : [...new Set(seen)].reverse().join(", ")]);
  }
  return { head: [texts.time, `${texts.read_back}, ${unit}`, texts.state], rows: hours.reverse() };
}

/** The mean of the time in which it is known; null where that is none. */
function meanOf(steps: readonly FeedStep[], { from, to }: TimeSpan): number | null {
  let [sum, known] = [0, 0];
  for (const [index, { at, readBackC }] of steps.entries()) {
    const ms = Math.min(steps[index + 1]?.at ?? to, to) - Math.max(at, from);
    if (readBackC === null || ms <= 0) continue;
    sum += readBackC * ms;
    known += ms;
  }
  return known === 0 ? null : sum / known;
}
