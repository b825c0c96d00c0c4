import { fill } from "@heatloop/core/text/fill-text";
import { dayMs, minuteMs } from "@heatloop/core/time/durations";
import type { Bands, Chart, ChartLine, Item, Scale, TimeSpan } from "../chart/chart.ts";
import type { GrowingSeries } from "../chart/series.ts";
import type { Formats } from "../home-assistant/formats.ts";
import { situationColors } from "../home-assistant/situation.ts";
import { recordedYears } from "../range/range-limits.ts";
import type { Texts } from "../text/languages/english.ts";
import type { BandName } from "./operation-track.ts";
import type { RecordState } from "./record-data.ts";
import { recordTable, timeTitle } from "./record-table.ts";
import type { RecordedLine } from "./recorded-line.ts";
import type { SpanRecord } from "./span-record.ts";

/** What of a record is drawn, and how. */
export type RecordParts<Line extends RecordedLine> = {
  readonly record: SpanRecord;
  readonly lines: readonly Line[];
  readonly span: TimeSpan;
  readonly home: TimeSpan;
  readonly now: number;
  readonly formats: Formats;
  readonly texts: Texts;
  /** What it shows, for screen readers. */
  readonly label: string;
  readonly left: Scale;
  readonly right?: Scale;
  readonly bands: readonly BandName[];
  /** How a line looks and on which side its axis is. */
  readonly look: (line: Line) => Item & Pick<ChartLine, "scale" | "dashed">;
  readonly notesAt?: Chart["notesAt"];
};

/** A line that has points. */
export type DrawnLine<Line extends RecordedLine> = { readonly line: Line; readonly series: GrowingSeries };

export function drawnLines<Line extends RecordedLine>(
  record: SpanRecord,
  lines: readonly Line[],
): readonly DrawnLine<Line>[] {
  return lines.flatMap((line) => {
    const series = record.series(line);
    return series === undefined || series.length === 0 ? [] : [{ line, series }];
  });
}

/** The lines and stripes of a span as the chart takes them; a message where there is no line. */
export function recordChart<Line extends RecordedLine>(parts: RecordParts<Line>): Chart {
  const { record, lines, span, home, now, formats, texts, label, left, right, look, notesAt } = parts;
  const drawn = drawnLines(record, lines);
  return {
    label,
    span,
    zoom: { earliest: now - recordedYears * 365 * dayMs, latest: now, least: 10 * minuteMs, home },
    calendar: formats,
    left,
    ...(right && { right }),
    lines: drawn.map(({ line, series }) => ({
      ...look(line),
      series,
      shape: record.steps() ? "step" : "straight",
      until: record.until(),
    })),
    bands: bandsOf(parts),
    titleAt: timeTitle(parts),
    ...(notesAt && { notesAt }),
    table: () => recordTable(drawn, parts),
    texts,
    message: drawn.length > 0 ? undefined : messageOf(record.state(), lines.length, texts),
  };
}

function bandsOf({
  record,
  bands,
  texts,
}: Pick<RecordParts<RecordedLine>, "record" | "bands" | "texts">): readonly Bands[] {
  const track = record.track();
  if (track === undefined) return [];
  return bands
    .map((name) => ({
      key: name,
      name: texts[name === "not_seen" ? "unknown" : name],
      color: situationColors[name],
      ...(name === "not_seen" && { fill: "hatched" as const }),
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
