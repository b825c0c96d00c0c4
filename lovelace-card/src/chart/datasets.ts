import type { ChartDataset } from "chart.js";
import type { Bars, Item } from "./chart.ts";
import { linePoints } from "./line-points.ts";
import type { Plan, PlannedLine } from "./plan.ts";
import { groundOf } from "./stripes.ts";

export type Dataset = ChartDataset<"bar" | "line", { x: number; y: number }[]>;

/** Of a bar, px. */
const widest = 48;
const radius = 3;
/** Of an edge around what is not full. */
const edgeWidth = 1.5;

/** The lines and bars of a plan as Chart.js takes them, by keys that stay the same for an item. */
export function datasetsOf(plan: Plan): ReadonlyMap<string, Dataset> {
  return new Map([
    ...plan.stacks.flatMap((stack) =>
      stack.map((bars) => [keyOf("bar", bars), barDataset(bars, stack, plan)] as const),
    ),
    ...plan.lines.map((planned, index) => [keyOf("line", planned.line), lineDataset(planned, index, plan)] as const),
  ]);
}

function keyOf(kind: "bar" | "line", { key, name }: Item): string {
  return `${kind} ${key} ${name}`;
}

function lineDataset(planned: PlannedLine, index: number, { borders, look, layout }: Plan): Dataset {
  const { line, envelope } = planned;
  const color = look.colorOf(line);
  const points = linePoints(planned, layout.span, borders);
  return {
    type: "line",
    data: points,
    // Without a gap Chart.js need not look for one.
    spanGaps: !points.some(({ y }) => Number.isNaN(y)),
    yAxisID: line.scale === "right" && layout.axes.right !== undefined ? "right" : "left",
    // Later ones lie above earlier ones, all above the bars.
    order: -1 - index,
    stepped: line.shape === "step" && envelope === undefined,
    borderColor: color,
    borderWidth: 1.5,
    borderDash: line.dashed ? [5, 4] : [],
    borderJoinStyle: "bevel",
    pointRadius: line.shape === "dots" ? 2.5 : 0,
    pointBackgroundColor: color,
    pointBorderWidth: 0,
  };
}

function barDataset(bars: Bars, stack: readonly Bars[], { chart, look, layout, stacks }: Plan): Dataset {
  const { from, to, labels, hatched } = chart.slots ?? { from: [], to: [], labels: [] };
  const color = look.colorOf(bars);
  const { fill = "full" } = bars;
  const stripes = look.stripesOf(color, fill === "outlined" ? "falling" : "rising");
  const ground = { full: color, outlined: groundOf(color), hatched: stripes }[fill];
  const slots = labels.map((_, slot) => slot);
  const slotWidth = (layout.right - layout.left) / Math.max(1, labels.length);
  const share = shareOf(slotWidth, stacks.length);
  const width = (share * slotWidth) / stacks.length;
  const isTop = (slot: number) => stack.findLast(({ values }) => (values[slot] ?? 0) > 0) === bars;
  return {
    type: "bar",
    data: slots.map((slot) => ({ x: ((from[slot] ?? 0) + (to[slot] ?? 0)) / 2, y: bars.values[slot] || Number.NaN })),
    yAxisID: bars.scale === "right" && layout.axes.right !== undefined ? "right" : "left",
    stack: bars.stack,
    backgroundColor: slots.map((slot) => (hatched?.(slot) ? stripes : ground)),
    borderColor: color,
    borderWidth: slots.map((slot) => (fill !== "full" || hatched?.(slot) ? Math.min(edgeWidth, width / 4) : 0)),
    borderSkipped: false,
    barThickness: "flex",
    categoryPercentage: share,
    // Between stacks side by side a px is free.
    barPercentage: Math.max(0.4, 1 - 1 / width),
    borderRadius: slots.map((slot) => (isTop(slot) ? Math.min(radius, width / 4) : 0)),
  };
}

/** What stacks take of the width of their slot, which is in px; those that may not be wider are drawn in its middle. */
function shareOf(whole: number, stacks: number): number {
  const gap = Math.min(8, whole * 0.12);
  return Math.min(whole - 2 * gap, widest * stacks) / whole;
}
