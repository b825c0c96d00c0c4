import type { ChartLine } from "./chart.ts";
import { type Envelope, envelopeOf, isDense } from "./envelope.ts";
import type { Axis, Layout } from "./layout.ts";
import type { Look } from "./look.ts";
import { firstAt } from "./series.ts";

/**
 * Draws lines; one with too many points as its mean, with an area from the lowest to the highest value of each day, or of
 * each pixel column where days are wide. Areas lie behind all lines.
 */
export function drawLines(
  context: CanvasRenderingContext2D,
  lines: readonly ChartLine[],
  layout: Layout,
  look: Look,
): void {
  const { left, right, axes, days, x, atX } = layout;
  const columns = Math.max(1, Math.ceil(right - left));
  const borders = days ?? Float64Array.from({ length: columns + 1 }, (_, column) => atX(left + column));
  const places = Float64Array.from(borders, x);
  const drawn = lines.map((line) => {
    const envelope = isDense(line.series, borders) ? envelopeOf(line.series, borders) : undefined;
    return { line, envelope, axis: (line.scale === "right" && axes.right) || axes.left };
  });
  context.lineJoin = "bevel";
  for (const { line, envelope, axis } of drawn) {
    if (envelope === undefined) continue;
    context.fillStyle = look.colorOf(line);
    context.globalAlpha = 0.12;
    fillArea(context, envelope, axis, places);
    context.globalAlpha = 1;
  }
  for (const { line, envelope, axis } of drawn) {
    context.strokeStyle = look.colorOf(line);
    context.lineWidth = 1.5;
    context.setLineDash(line.dashed ? [5, 4] : []);
    context.beginPath();
    if (envelope === undefined) tracePoints(context, line, layout, axis);
    else traceMeans(context, envelope, axis, places);
    context.stroke();
    if (line.shape === "dots") drawDots(context, line, layout, axis, look);
  }
  context.setLineDash([]);
}

/** From the lowest to the highest value, broken where there is none. */
function fillArea(context: CanvasRenderingContext2D, envelope: Envelope, axis: Axis, places: Float64Array): void {
  context.beginPath();
  const { lows, highs } = envelope;
  for (const run of runsOf(envelope)) {
    const [first, last] = run;
    const y = (part: number) => axis.y(lows[part] as number);
    context.moveTo(places[first] as number, y(first));
    traceRun(context, highs, run, axis, places);
    context.lineTo(places[last + 1] as number, y(last));
    for (let part = last; part >= first; part--) context.lineTo(middleOf(places, part), y(part));
  }
  context.fill();
}

function traceMeans(context: CanvasRenderingContext2D, envelope: Envelope, axis: Axis, places: Float64Array): void {
  for (const run of runsOf(envelope)) {
    context.moveTo(places[run[0]] as number, axis.y(envelope.means[run[0]] as number));
    traceRun(context, envelope.means, run, axis, places);
  }
}

/** Through the middle of each part, from the border of the first to that of the last. */
function traceRun(
  context: CanvasRenderingContext2D,
  values: Float64Array,
  [first, last]: Run,
  axis: Axis,
  places: Float64Array,
): void {
  const y = (part: number) => axis.y(values[part] as number);
  context.lineTo(places[first] as number, y(first));
  for (let part = first; part <= last; part++) context.lineTo(middleOf(places, part), y(part));
  context.lineTo(places[last + 1] as number, y(last));
}

function middleOf(places: Float64Array, part: number): number {
  return ((places[part] as number) + (places[part + 1] as number)) / 2;
}

type Run = readonly [first: number, last: number];

/** The first and the last of parts that follow each other without a gap. */
function runsOf({ means }: Envelope): Run[] {
  const runs: Run[] = [];
  let first = 0;
  for (let part = 0; part <= means.length; part++) {
    if (part < means.length && !Number.isNaN(means[part])) continue;
    if (part > first) runs.push([first, part - 1]);
    first = part + 1;
  }
  return runs;
}

/** Through all points of the span, from the one before it to the one after it. */
function tracePoints(context: CanvasRenderingContext2D, line: ChartLine, { span, x }: Layout, axis: Axis): void {
  const { series, until } = line;
  const { at, values } = series;
  const step = line.shape === "step";
  const end = Math.min(series.length, firstAt(series, span.to) + 1);
  let open = false;
  let y = 0;
  for (let index = Math.max(0, firstAt(series, span.from) - 1); index < end; index++) {
    const value = values[index] as number;
    const place = x(at[index] as number);
    if (open && step) context.lineTo(place, y);
    if (Number.isNaN(value)) {
      open = false;
      continue;
    }
    y = axis.y(value);
    // A point between two gaps becomes a dot.
    if (!open) context.moveTo(place - 1, y);
    context.lineTo(place, y);
    open = true;
  }
  if (open && step && end === series.length && until !== undefined) {
    context.lineTo(Math.max(x(until), x(at[end - 1] as number)), y);
  }
}

function drawDots(
  context: CanvasRenderingContext2D,
  { series }: ChartLine,
  layout: Layout,
  axis: Axis,
  look: Look,
): void {
  context.fillStyle = context.strokeStyle;
  context.strokeStyle = look.gridColor;
  for (let index = 0; index < series.length; index++) {
    const value = series.values[index] as number;
    const x = layout.x(series.at[index] as number);
    if (Number.isNaN(value) || x < layout.left || x > layout.right) continue;
    context.beginPath();
    context.arc(x, axis.y(value), 2.5, 0, 2 * Math.PI);
    context.fill();
  }
}
