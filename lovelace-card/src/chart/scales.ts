import { LinearScale } from "chart.js";
import type { Plan } from "./plan.ts";

type Options = Readonly<Record<string, unknown>>;

/**
 * A linear scale whose ends are given and which has no marks of its own: those of local time and at round numbers are
 * drawn by a plugin (draw-axes.ts), and Chart.js does not look for others at each drawing.
 */
export class BareScale extends LinearScale {
  static override id = "heatloop-bare";
  static override defaults = LinearScale.defaults as object;

  override determineDataLimits(): void {
    this.min = Number(this.options.min);
    this.max = Number(this.options.max);
  }

  override buildTicks() {
    return [];
  }
}

/** Time, and the values of the left and the right axis. */
export function scalesOf({ layout: { span, axes, top, bottom } }: Plan): Readonly<Record<string, Options>> {
  const bare = (axis: "x" | "y", min: number, max: number) => ({ type: BareScale.id, axis, min, max, display: false });
  return {
    x: bare("x", span.from, span.to),
    left: bare("y", axes.left.valueAt(bottom), axes.left.valueAt(top)),
    ...(axes.right && { right: bare("y", axes.right.valueAt(bottom), axes.right.valueAt(top)) }),
  };
}
