import type { SpaceMode } from "./python-log.ts";
import type { Sample } from "./sample.ts";

/** Feeds of 0 and 1 for what the heat pump works for. */
export const flags = ["hot_water", "heating", "cooling"] as const;
export type Flag = (typeof flags)[number];

/** A flag at a time, ms since the epoch; null: not known. */
export type FlagSample = {
  readonly at: number;
  readonly flag: Flag;
  readonly value: boolean | null;
  readonly holdMs: number;
};

/** A value holds at least so long, ms. */
export const leastHoldMs = 30_000;

/** Adds what follows from the flags and the electric power. */
export function* withMode(
  samples: Iterable<Sample | FlagSample>,
  parts: {
    readonly spaceMode: SpaceMode | undefined;
    readonly flagged: boolean;
    readonly hasHeating: boolean;
    readonly infersMode: boolean;
    readonly runningW: number | undefined;
  },
): Generator<Sample> {
  const { spaceMode, flagged, hasHeating, infersMode, runningW } = parts;
  const now: Record<Flag, boolean | null> = { hot_water: null, heating: null, cooling: null };
  let modeAt = Number.NEGATIVE_INFINITY;

  function mode(): string | null {
    if (now.hot_water) return "hot_water";
    if (now.cooling) return "cooling";
    if (hasHeating) return now.heating ? "heating" : null;
    return now.hot_water === null && now.cooling === null ? null : (spaceMode ?? "heating");
  }

  for (const sample of samples) {
    const { at, holdMs } = sample;
    if (!flagged && infersMode && spaceMode !== undefined && at >= modeAt + leastHoldMs) {
      modeAt = at;
      yield { at, point: "operation_mode", value: spaceMode, ...(holdMs !== undefined && { holdMs }) };
    }
    if ("flag" in sample) {
      now[sample.flag] = sample.value;
      if (infersMode) yield { at, point: "operation_mode", value: mode(), ...(holdMs !== undefined && { holdMs }) };
      continue;
    }
    yield sample;
    if (runningW === undefined || sample.point !== "meter_w") continue;
    const value = typeof sample.value === "number" ? sample.value >= runningW : null;
    yield { at, point: "compressor", value, ...(holdMs !== undefined && { holdMs }) };
  }
}
