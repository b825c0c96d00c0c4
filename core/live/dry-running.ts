import type { Value } from "../catalogue/reading.ts";

/** A pump that starts with the compressor needs some time until the flow is told; longer no compressor runs without. */
export const dryHoldMs = 60_000;

/**
 * Since when the compressor has run without a flow of water, ms since the epoch; infinite where it does not. A unit
 * without a flow sensor tells 0 L/min for ever: from `dryHoldMs` on its heat is unknown, not 0.
 */
export function dryAfter(before: number, compressor: Value, flowLMin: number, at: number): number {
  return compressor === true && flowLMin === 0 ? Math.min(before, at) : Number.POSITIVE_INFINITY;
}
