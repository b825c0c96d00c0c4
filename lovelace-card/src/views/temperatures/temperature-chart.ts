import { dayMs, hourMs, minuteMs } from "@heatloop/core/time/durations";
import type { Bands, Chart, ChartLine, Table, TimeSpan } from "../../chart/chart.ts";
import { localTime } from "../../chart/local-time.ts";
import { firstAt, type GrowingSeries } from "../../chart/series.ts";
import type { Formats } from "../../home-assistant/formats.ts";
import { situationColors } from "../../home-assistant/situation.ts";
import { unitName } from "../../range/date-range.ts";
import { recordedYears } from "../../range/range-limits.ts";
import { fill } from "../../text/language.ts";
import type { Texts } from "../../text/languages/english.ts";
import { bandNames } from "./operation-track.ts";
import type { RecordState } from "./record-data.ts";
import { meanWithin } from "./recorded-series.ts";
import type { TemperatureLine } from "./temperature-lines.ts";
import type { TemperatureRecord } from "./temperature-record.ts";

export type TemperatureParts = {
  readonly record: TemperatureRecord;
  readonly lines: readonly TemperatureLine[];
  readonly span: TimeSpan;
  readonly home: TimeSpan;
  readonly now: number;
  readonly unit: string;
  readonly formats: Formats;
  readonly texts: Texts;
  /** What it shows, for screen readers. */
  readonly label: string;
};

type Drawn = { readonly line: TemperatureLine; readonly series: GrowingSeries };

/** The lines and stripes of a span as the chart takes them. */
export function temperatureChart(parts: TemperatureParts): Chart {
  const { record, lines, span, home, now, unit, formats, texts, label } = parts;
  const drawn = lines.flatMap((line): Drawn[] => {
    const series = record.series(line);
    return series === undefined || series.length === 0 ? [] : [{ line, series }];
  });
  return {
    label: `${label}, ${unit}`,
    span,
    zoom: { earliest: now - recordedYears * 365 * dayMs, latest: now, least: 10 * minuteMs, home },
    calendar: formats,
    left: {
      show: (value) => `${formats.number(value, 1)} ${unit}`,
      tick: formats.number,
      unit,
      least: unit === "°F" ? 9 : 5,
    },
    lines: drawn.map(({ line, series }) => chartLine(line, series, record, texts)),
    bands: chartBands(record, texts),
    titleAt: titlesOf(parts),
    table: () => temperatureTable(drawn, parts),
    texts,
    message: drawn.length > 0 ? undefined : messageOf(record.state(), lines.length, texts),
  };
}

function chartLine(line: TemperatureLine, series: GrowingSeries, record: TemperatureRecord, texts: Texts): ChartLine {
  const { key, name, color, setpoint } = line;
  return {
    key: setpoint ? "setpoints" : key,
    name,
    color,
    series,
    scale: "left",
    shape: record.steps() ? "step" : "straight",
    until: record.until(),
    ...(setpoint && { dashed: true, off: true, legend: texts.setpoints }),
  };
}

function chartBands(record: TemperatureRecord, texts: Texts): readonly Bands[] {
  const track = record.track();
  if (track === undefined) return [];
  return bandNames
    .map((name) => ({
      key: name,
      name: texts[name],
      color: situationColors[name],
      spans: track.spans(name, record.until()),
    }))
    .filter(({ spans }) => spans.length > 0);
}

/** Why nothing is drawn. */
function messageOf(state: RecordState, lines: number, texts: Texts): string {
  switch (lines === 0 ? "ready" : state.kind) {
    case "loading":
      return texts.loading;
    case "off":
    case "ready":
      return texts.nothing_known;
    case "failed":
      return fill(texts.refused, { reason: "reason" in state ? state.reason : "" });
  }
}

function titlesOf({ span, now, formats }: TemperatureParts): Chart["titleAt"] {
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
function temperatureTable(drawn: readonly Drawn[], parts: TemperatureParts): Table {
  const { span, record, unit, formats, now } = parts;
  const hourly = span.to - span.from <= 2 * dayMs;
  const { wallAt, atWall } = localTime(formats.timeZone);
  const step = hourly ? hourMs : dayMs;
  const title = hourly ? titlesOf(parts) : dateOf(formats);
  const starts: number[] = [];
  const end = Math.min(span.to, now);
  for (let at = atWall(Math.floor(wallAt(span.from) / step) * step); at < end; ) {
    starts.push(at);
    // Hours go by the clock, days by the wall: those of a change have 23 or 25 hours.
    at = hourly ? at + step : atWall(wallAt(at) + step);
  }
  const rows = starts.map((from, index) => {
    const part = { from: Math.max(from, span.from), to: Math.min(starts[index + 1] ?? end, record.until()) };
    const cells = drawn.map(({ series }) => {
      const first = Math.max(0, firstAt(series, part.from) - 1);
      const mean = meanWithin(series, part, first, record.steps());
      return Number.isNaN(mean) ? "–" : formats.number(mean, 1);
    });
    return [title(from), ...cells];
  });
  return {
    head: [unitName(hourly ? "hour" : "day", formats.language), ...drawn.map(({ line }) => `${line.name} ${unit}`)],
    rows: rows.reverse(),
  };
}

function dateOf({ language, timeZone }: Formats): Chart["titleAt"] {
  const date = new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short", timeZone });
  return (at) => date.format(at);
}
