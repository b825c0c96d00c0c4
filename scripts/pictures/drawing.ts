/** A place in a drawing, px from the top left corner. */
export type Spot = { readonly x: number; readonly y: number };

/** A rectangle of a drawing, px. */
export type Area = Spot & { readonly width: number; readonly height: number };

/** The colours of a drawing's accents; each is chosen for a light and for a dark background. */
const accents = {
  good: ["#2e7d32", "#57ab5a"],
  warning: ["#b26a00", "#c69026"],
  serious: ["#b3400e", "#e0823d"],
  bad: ["#a8324a", "#f47067"],
  calm: ["#57606a", "#9da7b3"],
  device: ["#00695c", "#4dc4b3"],
  program: ["#1f5fa8", "#6cb6ff"],
  home: ["#7a3e9d", "#c297ff"],
} as const;
export type Accent = keyof typeof accents;

const lineHeight = 18;
/** The mean width of a letter in the widest of the fonts, px. */
const widestLetter = 6.7;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function textLines(lines: readonly string[], at: Spot, kind: string): string {
  return lines
    .map((line, i) => `<text class="${kind}" x="${at.x}" y="${at.y + i * lineHeight}">${escaped(line)}</text>`)
    .join("\n");
}

/** A box with a heading and lines of text, and a stripe of its accent on the left. Throws where a line would not fit into it. */
export function box(area: Area, accent: Accent, heading: string, lines: readonly string[]): string {
  const { x, y, width, height } = area;
  const tooLong = lines.find((line) => line.length * widestLetter > width - 24);
  if (tooLong !== undefined) throw new Error(`This is too long for its box: ${tooLong}`);
  return `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>
<rect class="${accent}" x="${x}" y="${y + 8}" width="5" height="${height - 16}"/>
${textLines([heading], { x: x + 18, y: y + 25 }, "heading")}
${textLines(lines, { x: x + 18, y: y + 47 }, "text")}`;
}

/** A dashed frame around what belongs together, with its name in its top left corner. */
export function frame({ x, y, width, height }: Area, name: string): string {
  return `<rect class="frame" x="${x}" y="${y}" width="${width}" height="${height}" rx="10"/>
${textLines([name], { x: x + 16, y: y + 22 }, "name")}`;
}

/** An arrow through some places. */
export function arrow(...places: readonly [Spot, Spot, ...Spot[]]): string {
  const [first, ...others] = places;
  const path = [`M${first.x} ${first.y}`, ...others.map(({ x, y }) => `L${x} ${y}`)].join(" ");
  return `<path class="arrow" d="${path}" marker-end="url(#tip)"/>`;
}

/** What stands beside an arrow: `start` begins at the place, `middle` has its middle there. */
export function caption(lines: readonly string[], at: Spot, anchor: "start" | "middle" = "start"): string {
  return textLines(lines, at, anchor === "middle" ? "caption middle" : "caption");
}

function styles(dark: boolean): string {
  const [ground, ink, quiet, fill] = dark
    ? ["#1c2128", "#e6edf3", "#adbac7", "#2d333b"]
    : ["#ffffff", "#1b1f24", "#4b535c", "#f3f5f7"];
  const stripes = Object.entries(accents).map(([name, [light, other]]) => `.${name} { fill: ${dark ? other : light} }`);
  return `.ground { fill: ${ground} } .tip { fill: ${quiet} }
text { fill: ${ink} } .caption, .name { fill: ${quiet} }
.box { fill: ${fill}; stroke: ${quiet} } .frame, .arrow { fill: none; stroke: ${quiet} }
${stripes.join(" ")}`;
}

/**
 * A whole drawing as SVG. It has its own background and follows the reader's light or dark theme, so that it can be read wherever
 * it is shown as a picture. `title` says what it is and `description` what it shows, for those who don't see it.
 */
export function drawing(
  size: Pick<Area, "width" | "height">,
  words: { readonly title: string; readonly description: string },
  parts: readonly string[],
): string {
  const { width, height } = size;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">${escaped(words.title)}</title>
<desc id="description">${escaped(words.description)}</desc>
<style>
text { font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif }
.heading { font-size: 15px; font-weight: 600 } .caption { font-size: 12px } .name { font-size: 12px; font-weight: 600 }
.middle { text-anchor: middle } .frame { stroke-dasharray: 5 4 } .arrow { stroke-width: 1.6 }
${styles(false)}
@media (prefers-color-scheme: dark) {
${styles(true)}
}
</style>
<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path class="tip" d="M0 0L10 5L0 10Z"/></marker></defs>
<rect class="ground" width="${width}" height="${height}" rx="12"/>
${parts.join("\n")}
</svg>
`;
}
