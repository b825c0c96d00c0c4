import type { TimeSpan, Zoom } from "./chart.ts";

/** A span that is shorter (`factor` below 1) or longer, in which `center` keeps its place; within the limits. */
export function zoomed(span: TimeSpan, factor: number, center: number, zoom: Zoom): TimeSpan {
  const whole = zoom.latest - zoom.earliest;
  const length = Math.min(whole, Math.max(Math.min(zoom.least, whole), (span.to - span.from) * factor));
  const place = (center - span.from) / (span.to - span.from);
  return moved({ from: center - length * place, to: center + length * (1 - place) }, 0, zoom);
}

/** A span that is `by` ms later, or as much as the limits allow. */
export function moved({ from, to }: TimeSpan, by: number, { earliest, latest }: Zoom): TimeSpan {
  const length = to - from;
  const start = Math.min(Math.max(from + by, earliest), Math.max(earliest, latest - length));
  return { from: start, to: start + length };
}
