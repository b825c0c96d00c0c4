import type { Chart as ChartJs, Plugin } from "chart.js";
import type { Bars } from "./chart.ts";
import { drawAxes } from "./draw-axes.ts";
import { fillEnvelope } from "./fill-envelope.ts";
import type { Plan } from "./plan.ts";

const bandAlpha = 0.22;
/** Of a band's upper edge, which is in full colour, px. */
const bandEdge = 2;
const envelopeAlpha = 0.12;

/** What a chart of ours has beside what Chart.js draws: axes, bands, envelopes and whiskers. `plan` is the present one. */
export function pluginsOf(plan: () => Plan): Plugin[] {
  return [
    { id: "heatloop-axes", beforeDatasetsDraw: ({ ctx }) => drawAxes(ctx, plan()) },
    { id: "heatloop-bands", beforeDatasetsDraw: ({ ctx }) => within(ctx, plan(), drawBands) },
    { id: "heatloop-envelopes", beforeDatasetsDraw: ({ ctx }) => within(ctx, plan(), drawEnvelopes) },
    {
      id: "heatloop-whiskers",
      afterDatasetsDraw: (chart) => within(chart.ctx, plan(), () => drawWhiskers(chart, plan())),
    },
  ];
}

type Context = CanvasRenderingContext2D;

/** Nothing that is drawn is seen outside of the axes. */
function within(context: Context, plan: Plan, work: (context: Context, plan: Plan) => void): void {
  const { left, right, top, bottom } = plan.layout;
  context.save();
  context.beginPath();
  context.rect(left, top - 2, right - left, bottom - top + 3);
  context.clip();
  work(context, plan);
  context.restore();
}

function drawBands(context: Context, { chart, layout, look }: Plan): void {
  const { span, top, bottom, x } = layout;
  for (const band of chart.bands ?? []) {
    if (!look.shown(band)) continue;
    const color = look.colorOf(band);
    const ground = band.fill === "hatched" ? look.stripesOf(color, "rising") : color;
    for (const { from, to } of band.spans) {
      if (to < span.from || from > span.to) continue;
      const width = Math.max(1, x(to) - x(from));
      context.globalAlpha = bandAlpha;
      context.fillStyle = ground;
      context.fillRect(x(from), top, width, bottom - top);
      context.globalAlpha = 1;
      context.fillStyle = color;
      context.fillRect(x(from), top, width, bandEdge);
    }
  }
}

/** From the lowest to the highest value of lines that are drawn as their means. */
function drawEnvelopes(context: Context, { lines, borders, layout, look }: Plan): void {
  const places = lines.some(({ envelope }) => envelope !== undefined) ? borders.map(layout.x) : borders;
  context.globalAlpha = envelopeAlpha;
  for (const { line, envelope } of lines) {
    if (envelope === undefined) continue;
    context.fillStyle = look.colorOf(line);
    fillEnvelope(context, envelope, places, (line.scale === "right" && layout.axes.right) || layout.axes.left);
  }
}

/** By how much the tops of stacks may be off. */
function drawWhiskers(chart: ChartJs, { stacks, layout, look }: Plan): void {
  chart.ctx.strokeStyle = look.textColor;
  chart.ctx.lineWidth = 1;
  // Bars come before lines.
  let index = 0;
  for (const stack of stacks) {
    const sums: number[] = [];
    for (const bars of stack) {
      const { y } = (bars.scale === "right" && layout.axes.right) || layout.axes.left;
      for (const [slot, { x, width }] of barsAt(chart, index).entries()) {
        const sum = (sums[slot] ?? 0) + Math.max(0, bars.values[slot] || 0);
        sums[slot] = sum;
        const off = uncertaintyOf(bars, slot);
        if (off > 0) drawWhisker(chart.ctx, x, Math.min(3, width / 3), y(sum - off), y(sum + off));
      }
      index++;
    }
  }
}

function barsAt(chart: ChartJs, index: number): readonly { readonly x: number; readonly width: number }[] {
  return chart.getDatasetMeta(index).data as unknown as readonly { readonly x: number; readonly width: number }[];
}

function uncertaintyOf({ uncertainty }: Bars, slot: number): number {
  return uncertainty?.[slot] || 0;
}

function drawWhisker(context: Context, x: number, half: number, low: number, high: number): void {
  context.beginPath();
  context.moveTo(x - half, high);
  context.lineTo(x + half, high);
  context.moveTo(x, high);
  context.lineTo(x, low);
  context.moveTo(x - half, low);
  context.lineTo(x + half, low);
  context.stroke();
}
