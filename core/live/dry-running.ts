import type { Value } from "../catalogue/reading.ts";
import { minuteMs } from "../time/durations.ts";

/** After a start it takes this long until the flow is reported; no compressor runs longer without a flow of water. */
export const dryHoldMs = minuteMs;

/**
 * Since when the compressor has run without a flow of water, ms since the epoch; infinite where it does not. A unit
 * without a flow sensor always reports 0 L/min: from `dryHoldMs` on its heat is unknown, not 0.
 */
export function dryAfter(before: number, compressor: Value, flowLMin: number, at: number): number {
  return compressor === true && flowLMin === 0 ? Math.min(before, at) : Number.POSITIVE_INFINITY;
}
