import type { Bars, Chart } from "./chart.ts";
import { drawLines } from "./draw-lines.ts";
import { type Axis, type Layout, lineHeight, stacksOf } from "./layout.ts";
import type { Look } from "./look.ts";

/** Draws a chart; `context` is scaled to CSS px, empty, and has the font of the labels. */
export function draw(context: CanvasRenderingContext2D, chart: Chart, layout: Layout, look: Look): void {
  drawAxes(context, chart, layout, look);
  const { left, right, top, bottom } = layout;
  context.save();
  context.beginPath();
  context.rect(left, top - 2, right - left, bottom - top + 3);
  context.clip();
  drawBands(context, chart, layout, look);
  drawBars(context, chart, layout, look);
  drawLines(context, (chart.lines ?? []).filter(look.shown), layout, look);
  context.restore();
}

function drawAxes(context: CanvasRenderingContext2D, chart: Chart, layout: Layout, look: Look): void {
  const { left, right, top, bottom, axes } = layout;
  context.lineWidth = 1;
  context.strokeStyle = look.gridColor;
  context.fillStyle = look.textColor;
  context.textBaseline = "middle";
  context.beginPath();
  for (const tick of axes.left.ticks) {
    const y = Math.round(axes.left.y(tick)) + 0.5;
    context.moveTo(left, y);
    context.lineTo(right, y);
  }
  for (const { at, strong } of chart.slots === undefined ? layout.ticks : []) {
    const x = Math.round(layout.x(at)) + 0.5;
    context.moveTo(x, strong ? top : bottom);
    context.lineTo(x, bottom + 4);
  }
  context.stroke();
  context.direction = "ltr";
  writeAxis(context, axes.left, top, look.rtl ? right + 6 : left - 6, look.rtl);
  if (axes.right !== undefined) writeAxis(context, axes.right, top, look.rtl ? left - 6 : right + 6, !look.rtl);

  context.direction = look.rtl ? "rtl" : "ltr";
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const { at, label } of layout.ticks) {
    const half = context.measureText(label).width / 2;
    const x = Math.min(Math.max(layout.x(at), half), context.canvas.clientWidth - half);
    context.fillText(label, x, bottom + 7);
  }
}

/** The unit stands above where there is room. */
function writeAxis(context: CanvasRenderingContext2D, axis: Axis, top: number, x: number, onRight: boolean): void {
  context.textAlign = onRight ? "left" : "right";
  for (const tick of axis.ticks) context.fillText(axis.scale.tick(tick, axis.decimals), x, axis.y(tick));
  if (top < lineHeight) return;
  const edge = onRight ? context.canvas.clientWidth : 0;
  context.textAlign = onRight ? "right" : "left";
  context.fillText(axis.scale.unit, edge, 7);
}

function drawBands(context: CanvasRenderingContext2D, { bands = [] }: Chart, layout: Layout, look: Look): void {
  const { span, top, bottom } = layout;
  context.globalAlpha = 0.22;
  for (const band of bands) {
    if (!look.shown(band)) continue;
    context.fillStyle = look.colorOf(band);
    for (const { from, to } of band.spans) {
      if (to < span.from || from > span.to) continue;
      context.fillRect(layout.x(from), top, Math.max(1, layout.x(to) - layout.x(from)), bottom - top);
    }
  }
  context.globalAlpha = 1;
}

function drawBars(context: CanvasRenderingContext2D, { slots, bars = [] }: Chart, layout: Layout, look: Look): void {
  const stacks = stacksOf(bars.filter(look.shown));
  for (let slot = 0; slots !== undefined && slot < slots.labels.length; slot++) {
    const start = layout.x(slots.from[slot] ?? 0);
    const whole = layout.x(slots.to[slot] ?? 0) - start;
    const gap = Math.min(8, whole * 0.12);
    const width = Math.min(48, (whole - 2 * gap) / stacks.length);
    const first = start + (whole - width * stacks.length) / 2;
    const pale = slots.pale?.(slot) === true;
    for (const [index, stack] of stacks.entries()) {
      drawStack(context, stack, slot, { x: first + index * width, width: Math.max(1, width - 1), pale }, layout, look);
    }
  }
}

type Place = { readonly x: number; readonly width: number; readonly pale: boolean };

function drawStack(
  context: CanvasRenderingContext2D,
  stack: readonly Bars[],
  slot: number,
  { x, width, pale }: Place,
  { axes }: Layout,
  look: Look,
): void {
  const top = stack.findLast(({ values }) => (values[slot] ?? 0) > 0);
  let sum = 0;
  for (const bar of stack) {
    const value = bar.values[slot] || 0;
    const axis = (bar.scale === "right" && axes.right) || axes.left;
    const radius = bar === top ? Math.min(3, width / 4) : 0;
    context.globalAlpha = pale ? 0.4 : 1;
    context.fillStyle = look.colorOf(bar);
    context.beginPath();
    const y = axis.y(sum + value);
    if (value > 0) context.roundRect(x, y, width, axis.y(sum) - y, [radius, radius, 0, 0]);
    context.fill();
    context.globalAlpha = 1;
    sum += value;
    const off = bar.uncertainty?.[slot] || 0;
    if (off > 0)
      drawWhisker(context, x + width / 2, Math.min(3, width / 3), axis.y(sum - off), axis.y(sum + off), look);
  }
}

function drawWhisker(
  context: CanvasRenderingContext2D,
  x: number,
  half: number,
  low: number,
  high: number,
  { textColor }: Look,
): void {
  context.strokeStyle = textColor;
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x - half, high);
  context.lineTo(x + half, high);
  context.moveTo(x, high);
  context.lineTo(x, low);
  context.moveTo(x - half, low);
  context.lineTo(x + half, low);
  context.stroke();
}
