/**
 * How many inputs a door is tried with: few in every run of the suite, and with `npm run fuzz` as many as its name says
 * (`HEATLOOP_FUZZ=whole`). `HEATLOOP_FUZZ_SEED` tries those of a former run again.
 */
export function fuzzRuns({ usual, whole }: { readonly usual: number; readonly whole: number }): {
  readonly numRuns: number;
  readonly seed?: number;
} {
  const { HEATLOOP_FUZZ, HEATLOOP_FUZZ_SEED } = process.env;
  return {
    numRuns: HEATLOOP_FUZZ === "whole" ? whole : usual,
    ...(HEATLOOP_FUZZ_SEED !== undefined && { seed: Number(HEATLOOP_FUZZ_SEED) }),
  };
}

/** Long enough for the whole of it on a slow machine. */
export const fuzzTimeoutMs = 3_600_000;
