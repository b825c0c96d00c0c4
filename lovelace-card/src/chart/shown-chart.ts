import type { Chart, Item, TimeSpan } from "./chart.ts";
import type { Layout } from "./layout.ts";
import { moved, zoomed } from "./move-span.ts";

/** A chart as it is shown now. */
export type ShownChart = {
  readonly chart: Chart;
  /** What the user has zoomed and panned to. */
  readonly span: TimeSpan;
  /** Undefined until it is drawn. */
  readonly layout: Layout | undefined;
  readonly shown: (item: Item) => boolean;
};

/** The span so many px later; undefined where the chart does not pan. */
export function pannedBy({ chart: { zoom }, span, layout }: ShownChart, px: number): TimeSpan | undefined {
  if (zoom === undefined || layout === undefined) return undefined;
  return moved(span, (px * (span.to - span.from)) / (layout.right - layout.left), zoom);
}

/** A shorter (`factor` below 1) or longer span around a time, or around its middle; undefined where it does not zoom. */
export function zoomedAround(
  { chart: { zoom }, span }: ShownChart,
  factor: number,
  at: number | undefined,
): TimeSpan | undefined {
  return zoom && zoomed(span, factor, at ?? (span.from + span.to) / 2, zoom);
}
