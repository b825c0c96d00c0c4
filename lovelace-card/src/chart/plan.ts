import type { Bars, Chart, ChartLine, TimeSpan } from "./chart.ts";
import { type Envelope, isDense } from "./envelope.ts";
import { knownEnvelope } from "./known-envelope.ts";
import { type Layout, layoutOf } from "./layout.ts";
import type { Look } from "./look.ts";
import { stacksOf } from "./value-range.ts";

/** What of a chart is drawn, where and how: all that Chart.js is given, and what the plugins draw besides. */
export type Plan = {
  readonly chart: Chart;
  readonly look: Look;
  readonly layout: Layout;
  /** Those that are shown. */
  readonly lines: readonly PlannedLine[];
  readonly stacks: readonly (readonly Bars[])[];
  /** Between these lines of too many points are summed up: the days, or a part for each px. */
  readonly borders: Float64Array;
};

/** A line with more points than can be told apart has its envelope. */
export type PlannedLine = { readonly line: ChartLine; readonly envelope: Envelope | undefined };

/** The plan of a chart that shows a span: its layout, what is switched on, and envelopes of lines that are dense. */
export function planOf(chart: Chart, span: TimeSpan, look: Look): Plan {
  const layout = layoutOf(chart, span, look);
  const borders = layout.days ?? evenBorders(span, Math.max(1, Math.ceil(layout.right - layout.left)));
  return {
    chart,
    look,
    layout,
    lines: (chart.lines ?? []).filter(look.shown).map((line) => ({
      line,
      envelope: isDense(line.series, borders) ? knownEnvelope(line.series, borders) : undefined,
    })),
    stacks: stacksOf((chart.bars ?? []).filter(look.shown)),
    borders,
  };
}

function evenBorders({ from, to }: TimeSpan, parts: number): Float64Array {
  const borders = new Float64Array(parts + 1);
  for (let part = 0; part <= parts; part++) borders[part] = from + ((to - from) * part) / parts;
  return borders;
}
