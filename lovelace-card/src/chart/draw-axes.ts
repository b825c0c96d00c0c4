import { type Axis, lineHeight } from "./layout.ts";
import type { Plan } from "./plan.ts";

/** Draws the lines, marks, labels and units of the axes. */
export function drawAxes(context: CanvasRenderingContext2D, { chart, layout, look }: Plan): void {
  const { left, right, top, bottom, axes, ticks } = layout;
  context.save();
  context.font = look.font;
  context.lineWidth = 1;
  context.strokeStyle = look.gridColor;
  context.fillStyle = look.textColor;
  context.textBaseline = "middle";
  context.beginPath();
  for (const axis of [axes.left, axes.right].filter((each) => each !== undefined)) {
    // Marks of an axis beside the other one have the other's lines.
    if (axis === axes.right && axis.scale.above !== true) continue;
    for (const tick of axis.ticks) {
      const y = Math.round(axis.y(tick)) + 0.5;
      context.moveTo(left, y);
      context.lineTo(right, y);
    }
  }
  for (const { at, strong } of chart.slots === undefined ? ticks : []) {
    const x = Math.round(layout.x(at)) + 0.5;
    context.moveTo(x, strong ? top : bottom);
    context.lineTo(x, bottom + 4);
  }
  context.stroke();
  context.direction = "ltr";
  writeAxis(context, axes.left, { top, x: look.rtl ? right + 6 : left - 6, onRight: look.rtl, width: look.width });
  if (axes.right !== undefined) {
    writeAxis(context, axes.right, { top, x: look.rtl ? left - 6 : right + 6, onRight: !look.rtl, width: look.width });
  }
  context.direction = look.rtl ? "rtl" : "ltr";
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const { at, label } of ticks) {
    const half = context.measureText(label).width / 2;
    const x = Math.min(Math.max(layout.x(at), half), look.width - half);
    context.fillText(label, x, bottom + 7);
  }
  context.restore();
}

type Place = { readonly top: number; readonly x: number; readonly onRight: boolean; readonly width: number };

/** The unit is drawn above the axis where there is space. */
function writeAxis(context: CanvasRenderingContext2D, axis: Axis, { top, x, onRight, width }: Place): void {
  context.textAlign = onRight ? "left" : "right";
  for (const tick of axis.ticks) context.fillText(axis.scale.tick(tick, axis.decimals), x, axis.y(tick));
  if (top < lineHeight) return;
  context.textAlign = onRight ? "right" : "left";
  context.fillText(axis.scale.unit, onRight ? width : 0, axis.top - lineHeight + 1);
}
