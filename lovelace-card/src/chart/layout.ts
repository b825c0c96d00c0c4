import type { Chart, Scale, TimeSpan } from "./chart.ts";
import { dayBorders } from "./day-borders.ts";
import type { Look } from "./look.ts";
import { type Tick, timeTicks } from "./time-ticks.ts";
import { type ValueAxis, valueAxis } from "./value-axis.ts";
import { valueRange } from "./value-range.ts";

/** Where everything is drawn on a canvas of some size, in px. */
export type Layout = {
  readonly span: TimeSpan;
  /** The area within the axes. */
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly ticks: readonly Tick[];
  readonly axes: { readonly left: Axis; readonly right: Axis | undefined };
  /** Where days begin, if the span is so long that lines are drawn day by day. */
  readonly days: Float64Array | undefined;
  x(at: number): number;
  atX(x: number): number;
};

/** An axis of values from `bottom` up to `top`; `y` in px. */
export type Axis = ValueAxis & {
  readonly scale: Scale;
  readonly top: number;
  readonly bottom: number;
  y(value: number): number;
  /** What lies at a height, on the axis or beyond it. */
  valueAt(y: number): number;
};

/** Of a row of labels, in px. */
export const lineHeight = 16;
/** What a strip above the rest takes of the height, and what is free below it, px. */
const stripShare = 0.24;
const stripGap = 12;
/** Of the axis, from one mark to the next, px: about, and in a strip. */
const betweenMarks = 36;
const betweenStripMarks = 20;
/** Below it the axes have no units. */
const lowest = 110;

/** The layout of a chart that shows a span on a canvas of the look's size: axes as wide as their labels, ticks that fit. */
export function layoutOf(chart: Chart, span: TimeSpan, look: Look): Layout {
  const { width, height, measure, rtl } = look;
  const units = height >= lowest && (chart.left.unit !== "" || chart.right !== undefined);
  const top = units ? lineHeight + 6 : 8;
  const bottom = Math.max(top + 1, height - lineHeight - 6);
  const strip = hasStrip(chart, look) ? Math.round((bottom - top) * stripShare) : 0;

  function axisOf(side: "left" | "right", scale: Scale): Axis {
    const isStrip = side === "right" && strip > 0;
    const place = isStrip ? { top, bottom: top + strip } : { top: strip > 0 ? top + strip + stripGap : top, bottom };
    return placedAxis(
      scale,
      valueRange(chart, span, side, look.shown),
      place,
      isStrip ? betweenStripMarks : betweenMarks,
    );
  }
  function widthOf(axis: Axis | undefined): number {
    if (axis === undefined) return 4;
    const widths = axis.ticks.map((tick) => measure(axis.scale.tick(tick, axis.decimals)));
    return Math.ceil(Math.max(...widths, 8)) + 8;
  }

  const rightScale = chart.right?.above && strip === 0 ? undefined : chart.right;
  const axes = { left: axisOf("left", chart.left), right: rightScale && axisOf("right", rightScale) };
  const [before, after] = rtl ? [axes.right, axes.left] : [axes.left, axes.right];
  const left = widthOf(before);
  const right = Math.max(left + 1, width - Math.max(widthOf(after), 8));
  const perMs = (right - left) / (span.to - span.from);
  const x = (at: number) => left + (at - span.from) * perMs;
  return {
    span,
    left,
    right,
    top,
    bottom,
    axes,
    days: chart.slots === undefined ? dayBorders(span, chart.calendar.timeZone, right - left) : undefined,
    ticks: chart.slots === undefined ? timeTicksOf(chart, span, right - left, look) : slotTicks(chart, look, x),
    x,
    atX: (px) => span.from + (px - left) / perMs,
  };
}

/** Whether any line of an axis that has its own strip is shown. */
function hasStrip({ right, lines = [] }: Chart, { shown }: Look): boolean {
  return right?.above === true && lines.some((line) => line.scale === "right" && shown(line));
}

function placedAxis(
  scale: Scale,
  [low, high]: readonly [number, number],
  { top, bottom }: { readonly top: number; readonly bottom: number },
  between: number,
): Axis {
  const axis = valueAxis(low, high, Math.max(2, Math.min(6, Math.floor((bottom - top) / between))), scale);
  const perPx = (axis.high - axis.low) / Math.max(1, bottom - top);
  return {
    ...axis,
    scale,
    top,
    bottom,
    y: (value) => bottom - (value - axis.low) / perPx,
    valueAt: (y) => axis.low + (bottom - y) * perPx,
  };
}

function timeTicksOf({ calendar }: Chart, span: TimeSpan, width: number, { measure }: Look): readonly Tick[] {
  const widest = Math.max(...[calendar.time(span.from), "30 Sep"].map(measure)) + 20;
  return timeTicks(span, calendar, Math.max(1, Math.floor(width / widest)));
}

/** The labels of slots under their middles; only each second, third, ... where not all of them fit. */
function slotTicks({ slots }: Chart, { measure }: Look, x: Layout["x"]): readonly Tick[] {
  if (slots === undefined || slots.labels.length === 0) return [];
  const { from, to, labels } = slots;
  const last = labels.length - 1;
  const each = (x(to[last] ?? 0) - x(from[0] ?? 0)) / labels.length;
  const step = Math.max(1, Math.ceil((Math.max(...labels.map(measure)) + 8) / each));
  return labels
    .map((label, slot) => ({ at: ((from[slot] ?? 0) + (to[slot] ?? 0)) / 2, label, strong: false }))
    .filter((_, slot) => slot % step === 0);
}
