import type { Envelope } from "./envelope.ts";
import type { Axis } from "./layout.ts";

/** Fills from the lowest to the highest value of each part, broken where there is none; `places` are the parts' borders in px. */
export function fillEnvelope(
  context: CanvasRenderingContext2D,
  { lows, highs, means }: Envelope,
  places: Float64Array,
  { y }: Axis,
): void {
  context.beginPath();
  let first = 0;
  for (let part = 0; part <= means.length; part++) {
    if (part < means.length && !Number.isNaN(means[part])) continue;
    const last = part - 1;
    if (last >= first) {
      const [start, end] = [places[first] as number, places[part] as number];
      context.moveTo(start, y(lows[first] as number));
      context.lineTo(start, y(highs[first] as number));
      for (let at = first; at <= last; at++) context.lineTo(middleOf(places, at), y(highs[at] as number));
      context.lineTo(end, y(highs[last] as number));
      context.lineTo(end, y(lows[last] as number));
      for (let at = last; at >= first; at--) context.lineTo(middleOf(places, at), y(lows[at] as number));
    }
    first = part + 1;
  }
  context.fill();
}

function middleOf(places: Float64Array, part: number): number {
  return ((places[part] as number) + (places[part + 1] as number)) / 2;
}
