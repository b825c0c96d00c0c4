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

/** An axis of values; `y` in px. */
export type Axis = ValueAxis & { readonly scale: Scale; y(value: number): number };

/** Of a row of labels, in px. */
export const lineHeight = 16;
/** Below it the axes have no units. */
const lowest = 110;

/** The layout of a chart that shows a span on a canvas of the look's size: axes as wide as their labels, ticks that fit. */
export function layoutOf(chart: Chart, span: TimeSpan, look: Look): Layout {
  const { width, height, measure, rtl } = look;
  const units = height >= lowest && (chart.left.unit !== "" || chart.right !== undefined);
  const top = units ? lineHeight + 6 : 8;
  const bottom = Math.max(top + 1, height - lineHeight - 6);
  const marks = Math.max(2, Math.min(6, Math.floor((bottom - top) / 36)));

  function axisOf(side: "left" | "right", scale: Scale): Axis {
    const [low, high] = valueRange(chart, span, side, look.shown);
    const axis = valueAxis(low, high, marks, scale);
    return { ...axis, scale, y: (value) => bottom - ((value - axis.low) / (axis.high - axis.low)) * (bottom - top) };
  }
  function widthOf(axis: Axis | undefined): number {
    if (axis === undefined) return 4;
    const widths = axis.ticks.map((tick) => measure(axis.scale.tick(tick, axis.decimals)));
    return Math.ceil(Math.max(...widths, 8)) + 8;
  }

  const axes = { left: axisOf("left", chart.left), right: chart.right && axisOf("right", chart.right) };
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
