import type { Part } from "@heatloop/core/energy/day-energy";

/** What is drawn in white over the colour of a use, in a tile of 6 x 6, and the same behind its key; heating is plain. */
const patterns = {
  hot_water: { path: "M-1 1L1-1M0 6 6 0M5 7 7 5", angle: "135deg" },
  cooling: { path: "M-1 5L1 7M0 0 6 6M5-1 7 1", angle: "45deg" },
  defrost: { path: "M0 3H6", angle: "180deg" },
  standby: { path: "M3 0V6", angle: "90deg" },
  unknown: { path: "M0 3H6M3 0V6", angle: "180deg" },
} as const satisfies Readonly<Partial<Record<Part, { readonly path: string; readonly angle: string }>>>;

/** Uses are told apart on paper without colours too: the patterns that `patternStyle` refers to. */
export const patternDefinitions = `<svg class="patterns" width="0" height="0" aria-hidden="true"><defs>${Object.entries(
  patterns,
)
  .map(
    ([use, { path }]) =>
      `<pattern id="print-${use}" width="6" height="6" patternUnits="userSpaceOnUse"><g class="${use}"><rect width="6" height="6" fill="currentColor"/><path d="${path}" stroke="#fff" stroke-width="1.4" fill="none"/></g></pattern>`,
  )
  .join("")}</defs></svg>`;

/** For print: bars and keys of each use with its pattern, and lines that differ by their dashes. */
export const patternStyle = `.series.hot_water .line{stroke-dasharray:5 3}.series.cooling .line{stroke-dasharray:1 3}
${Object.entries(patterns)
  .map(
    ([use, { angle }]) =>
      `rect.${use}{fill:url(#print-${use})}.key.${use}{background:repeating-linear-gradient(${angle},currentColor 0 2px,#fff 2px 3px)}`,
  )
  .join("\n")}`;
