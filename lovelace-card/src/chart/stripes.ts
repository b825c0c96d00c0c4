/** Of a stripe and the next, px. */
const period = 6;
const stripeWidth = 1.8;
/** Of the colour, under the stripes and within an outline. */
export const groundShare = "20%";

/** A colour so pale that what has it is told by its edge or its stripes. */
export function groundOf(color: string): string {
  return `color-mix(in srgb, ${color} ${groundShare}, transparent)`;
}

/** Stripes of a colour for a canvas, as fine as its pixels; the ground alone where the browser makes no pattern. */
export function stripes(color: string, direction: "rising" | "falling"): CanvasPattern | string {
  const tile = document.createElement("canvas");
  const size = Math.round(period * devicePixelRatio);
  tile.width = size;
  tile.height = size;
  const context = tile.getContext("2d");
  if (context === null) return groundOf(color);
  context.fillStyle = groundOf(color);
  context.fillRect(0, 0, size, size);
  context.strokeStyle = color;
  context.lineWidth = stripeWidth * devicePixelRatio;
  if (direction === "falling") context.setTransform(-1, 0, 0, 1, size, 0);
  // The two beside it fill the corners that a stripe leaves to the next tile.
  for (const shift of [-size, 0, size]) {
    context.beginPath();
    context.moveTo(shift - 1, size + 1);
    context.lineTo(shift + size + 1, -1);
    context.stroke();
  }
  const pattern = context.createPattern(tile, "repeat");
  pattern?.setTransform(new DOMMatrix().scale(period / size));
  return pattern ?? groundOf(color);
}
