import { dayMs, hourMs } from "@heatloop/core/time/durations";
import type { Chart, Table, TimeSpan } from "../chart/chart.ts";
import { localTime } from "../chart/local-time.ts";
import { firstAt, type GrowingSeries } from "../chart/series.ts";
import type { Formats } from "../home-assistant/formats.ts";
import { unitName } from "../range/date-range.ts";
import type { RecordedLine } from "./recorded-line.ts";
import { meanWithin } from "./recorded-series.ts";
import type { SpanRecord } from "./span-record.ts";

type Parts = {
  readonly record: SpanRecord;
  readonly span: TimeSpan;
  readonly now: number;
  readonly formats: Formats;
};

/** A time in words, or days; with the year where the span is long. */
export function timeTitle({ span, now, formats }: Omit<Parts, "record">): Chart["titleAt"] {
  const { language, timeZone, time } = formats;
  const long = span.to - span.from > 60 * dayMs;
  const date = new Intl.DateTimeFormat(language, {
    ...(long ? { year: "numeric" } : { weekday: "short" }),
    day: "numeric",
    month: "short",
    timeZone,
  });
  return (at, until) =>
    until === undefined ? `${date.format(at)}, ${time(at)}` : date.formatRange(at, Math.min(until, now + 1) - 1);
}

/** Means of each hour, or of each day where the span is longer than two; the latest first. */
export function recordTable(
  drawn: readonly { readonly line: RecordedLine; readonly series: GrowingSeries }[],
  parts: Parts,
): Table {
  const { span, record, formats, now } = parts;
  const hourly = span.to - span.from <= 2 * dayMs;
  const title = hourly ? timeTitle(parts) : dateOf(formats);
  const end = Math.min(span.to, now);
  const starts = startsOf(span.from, end, hourly, formats);
  const rows = starts.map((from, index) => {
    const part = { from: Math.max(from, span.from), to: Math.min(starts[index + 1] ?? end, record.until()) };
    const cells = drawn.map(({ line, series }) => {
      const first = Math.max(0, firstAt(series, part.from) - 1);
      const mean = meanWithin(series, part, first, record.steps());
      return Number.isNaN(mean) ? "–" : formats.number(mean, line.decimals);
    });
    return [title(from), ...cells];
  });
  return {
    head: [
      unitName(hourly ? "hour" : "day", formats.language),
      ...drawn.map(({ line }) => `${line.name} ${line.unit}`),
    ],
    rows: rows.reverse(),
  };
}

/** Where the hours or days of a span begin. */
function startsOf(from: number, end: number, hourly: boolean, { timeZone }: Formats): readonly number[] {
  const { wallAt, atWall } = localTime(timeZone);
  const step = hourly ? hourMs : dayMs;
  const starts: number[] = [];
  for (let at = atWall(Math.floor(wallAt(from) / step) * step); at < end; ) {
    starts.push(at);
    // Hours go by the clock, days by the wall: those of a change have 23 or 25 hours.
    at = hourly ? at + step : atWall(wallAt(at) + step);
  }
  return starts;
}

function dateOf({ language, timeZone }: Formats): Chart["titleAt"] {
  const date = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone });
  return (at) => date.format(at);
}
