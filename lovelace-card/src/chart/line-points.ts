import type { ChartLine, TimeSpan } from "./chart.ts";
import type { Envelope } from "./envelope.ts";
import type { PlannedLine } from "./plan.ts";
import { firstAt } from "./series.ts";

/** A point as Chart.js takes it without parsing; NaN begins a gap. */
export type LinePoint = { readonly x: number; readonly y: number };

/** What a line is drawn through: the means of its envelope, else all its points of a span, with its neighbours. */
export function linePoints({ line, envelope }: PlannedLine, span: TimeSpan, borders: Float64Array): LinePoint[] {
  return envelope === undefined ? pointsWithin(line, span, borders) : meansOf(envelope, borders);
}

/** Through the middle of each part, from the border of the first to that of the last of those without a gap between. */
function meansOf({ means }: Envelope, borders: Float64Array): LinePoint[] {
  const points: LinePoint[] = [];
  let open = false;
  for (let part = 0; part < means.length; part++) {
    const y = means[part] as number;
    const [from, to] = [borders[part] as number, borders[part + 1] as number];
    if (Number.isNaN(y)) {
      if (open) points.push({ x: from, y: means[part - 1] as number }, { x: from, y });
      open = false;
      continue;
    }
    if (!open) points.push({ x: from, y });
    open = true;
    points.push({ x: (from + to) / 2, y });
  }
  if (open) points.push({ x: borders[means.length] as number, y: means[means.length - 1] as number });
  return points;
}

function pointsWithin({ series, until, shape }: ChartLine, span: TimeSpan, borders: Float64Array): LinePoint[] {
  const { at, values, length } = series;
  const end = Math.min(length, firstAt(series, span.to) + 1);
  const points: LinePoint[] = [];
  let open = false;
  for (let index = Math.max(0, firstAt(series, span.from) - 1); index < end; index++) {
    const [x, y] = [at[index] as number, values[index] as number];
    // What goes before a gap holds until it, where values hold.
    if (Number.isNaN(y) && open && shape === "step") points.push({ x, y: values[index - 1] as number });
    // A point between two gaps becomes a dash of a px.
    if (!open && !Number.isNaN(y) && (index + 1 === end || Number.isNaN(values[index + 1]))) {
      points.push({ x: x - ((borders[1] as number) - (borders[0] as number)), y });
    }
    open = !Number.isNaN(y);
    points.push({ x, y });
  }
  const last = points.at(-1);
  if (open && shape === "step" && end === length && until !== undefined && last !== undefined) {
    points.push({ x: Math.max(until, last.x), y: last.y });
  }
  return points;
}
