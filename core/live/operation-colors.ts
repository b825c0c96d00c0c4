import type { OperationState } from "./operation.ts";

/** What is drawn in a colour of its own: each operation, the compressor's lock-out, and a time that was not seen. */
export type Drawn = OperationState | "lockout" | "not_seen";

/** How a fill is drawn where colour alone does not tell: stripes that rise or fall to the right, both, dots, or lines that lie. */
export type FillPattern = "plain" | "rising" | "falling" | "crossed" | "dots" | "level" | "upright" | "sparse";

export type OperationColor = {
  /** On a light and on a dark ground, `#rrggbb`. */
  readonly light: string;
  readonly dark: string;
  readonly pattern: FillPattern;
};

/**
 * The one palette of card, page and report. Each colour has a contrast of at least 3:1 to its grounds (WCAG 2.2, 1.4.11), and
 * any two that touch can be told apart with each kind of colour blindness. What was not seen is always drawn in stripes.
 */
export const operationColors = {
  heating: { light: "#e0601a", dark: "#f2762b", pattern: "plain" },
  hot_water: { light: "#8f49cc", dark: "#be9ceb", pattern: "rising" },
  cooling: { light: "#123080", dark: "#4a84f0", pattern: "dots" },
  defrost: { light: "#0e666a", dark: "#85dbd0", pattern: "crossed" },
  standby: { light: "#868d97", dark: "#6d727a", pattern: "level" },
  unknown: { light: "#25282c", dark: "#f4f6f8", pattern: "upright" },
  lockout: { light: "#5f3f00", dark: "#efcb72", pattern: "falling" },
  not_seen: { light: "#868d97", dark: "#6d727a", pattern: "sparse" },
} as const satisfies Readonly<Record<Drawn, OperationColor>>;
