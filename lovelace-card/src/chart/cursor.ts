import type { TimeSpan } from "./chart.ts";
import { dayAt, slotAt, spokenAt } from "./reading-at.ts";
import type { ShownChart } from "./shown-chart.ts";

/** The line that a reader moves over a chart. */
export type Cursor = {
  /** Ms since the epoch; undefined where there is no cursor. */
  readonly at: number | undefined;
  /** For screen readers: what is at a cursor that keys have moved. */
  readonly spoken: string;
};

export const noCursor: Cursor = { at: undefined, spoken: "" };

/** The cursor at an x in px from the chart's left; none beside the axes. */
export function cursorAtX(chart: ShownChart, x: number | undefined): Cursor {
  const { layout } = chart;
  if (x === undefined || layout === undefined || x < layout.left || x > layout.right) return noCursor;
  return { at: snapped(chart, layout.atX(x)), spoken: "" };
}

/** The cursor at the time of the shown span that is nearest to `time`, with what is read out of it. */
export function cursorAtTime(shownChart: ShownChart, time: number): Cursor {
  const { chart, span, layout, shown } = shownChart;
  const at = snapped(shownChart, within(span, time));
  return { at, spoken: spokenAt(chart, at ?? span.from, shown, layout?.days) };
}

/** In a chart of slots, or of days, the middle of the one that a time lies in; undefined between slots. */
function snapped({ chart, span, layout }: ShownChart, at: number): number | undefined {
  const { slots } = chart;
  if (slots !== undefined) {
    const slot = slotAt(chart, at);
    return slot === undefined ? undefined : ((slots.from[slot] ?? 0) + (slots.to[slot] ?? 0)) / 2;
  }
  const day = dayAt(layout?.days, at);
  return day === undefined ? at : within(span, (day.from + day.to) / 2);
}

function within({ from, to }: TimeSpan, at: number): number {
  return Math.min(to - 1, Math.max(from, at));
}
