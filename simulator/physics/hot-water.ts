import { hourMs, minuteMs } from "@heatloop/core/time/durations";
/** What the controller does with the tank; times in ms since the epoch. */
export type HotWater =
  | { readonly kind: "resting" }
  | { readonly kind: "charging"; readonly since: number; readonly why: "temperature" | "forced" | "regular" }
  /** The weekly heat against legionella; `hotSince` once the tank is at its temperature. */
  | { readonly kind: "legionella"; readonly since: number; readonly hotSince: number | null };

export type HotWaterInput = {
  readonly at: number;
  readonly tankC: number;
  readonly setpointC: number;
  readonly dropK: number;
  readonly legionellaC: number;
  readonly legionellaDue: boolean;
  readonly forced: boolean;
  readonly regular: boolean;
  readonly prohibited: boolean;
};

const longestChargeMs = 2.5 * hourMs;
const longestLegionellaMs = 5 * hourMs;
const legionellaHoldMs = 15 * minuteMs;

/** Charges from set-point minus drop up to the set-point; a request and the weekly legionella run come first. */
export function nextHotWater(state: HotWater, input: HotWaterInput): HotWater {
  const { at, tankC, setpointC } = input;
  if (input.prohibited) return state.kind === "resting" ? state : { kind: "resting" };
  switch (state.kind) {
    case "resting": {
      if (input.legionellaDue) return { kind: "legionella", since: at, hotSince: null };
      if (tankC < setpointC && input.forced) return { kind: "charging", since: at, why: "forced" };
      if (tankC < setpointC && input.regular) return { kind: "charging", since: at, why: "regular" };
      return tankC < setpointC - input.dropK ? { kind: "charging", since: at, why: "temperature" } : state;
    }
    case "charging": {
      const ended = tankC >= setpointC || at - state.since > longestChargeMs;
      return ended ? { kind: "resting" } : state;
    }
    case "legionella": {
      if (at - state.since > longestLegionellaMs) return { kind: "resting" };
      if (state.hotSince === null) return tankC >= input.legionellaC ? { ...state, hotSince: at } : state;
      return at - state.hotSince >= legionellaHoldMs ? { kind: "resting" } : state;
    }
  }
}
