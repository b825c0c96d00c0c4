import { minuteMs } from "@heatloop/core/time/durations";
/** What the compressor does; times in ms since the epoch. In a defrost it runs, with the cycle reversed. */
export type Compressor =
  | { readonly kind: "stopped"; readonly since: number }
  | { readonly kind: "running"; readonly since: number; readonly startedAt: number }
  | { readonly kind: "defrosting"; readonly since: number; readonly startedAt: number };

export type CompressorInput = {
  readonly at: number;
  /** Whether the controller asks for heat or cold. */
  readonly wanted: boolean;
  readonly powered: boolean;
  readonly cooling: boolean;
  readonly flowC: number;
  readonly targetC: number;
  /** Frost on the evaporator: 1 is due for a defrost, 0 clean. */
  readonly frost: number;
  /** The short-cycle lockout of the firmware. */
  readonly lockedOut: boolean;
};

/** The outdoor unit's own rules. */
const overshootK = 2;
const hysteresisK = 2;
const shortestRunMs = 3 * minuteMs;
const shortestPauseMs = 3 * minuteMs;
const betweenDefrostsMs = 25 * minuteMs;
const longestDefrostMs = 8 * minuteMs;

/**
 * The outdoor unit: stops when the flow is 2 K past its target, but not within 3 minutes of its start unless there
 * is no demand any more; starts again 2 K on the other side; finishes a defrost once begun.
 */
export function nextCompressor(state: Compressor, input: CompressorInput): Compressor {
  const { at, wanted } = input;
  if (!input.powered) return state.kind === "stopped" ? state : { kind: "stopped", since: at };
  const pastTargetK = input.cooling ? input.targetC - input.flowC : input.flowC - input.targetC;
  switch (state.kind) {
    case "stopped": {
      const rested = at - state.since >= shortestPauseMs;
      const start = wanted && rested && !input.lockedOut && pastTargetK < -hysteresisK;
      return start ? { kind: "running", since: at, startedAt: at } : state;
    }
    case "running": {
      const overshot = pastTargetK > overshootK && at - state.startedAt >= shortestRunMs;
      if (!wanted || overshot) return { kind: "stopped", since: at };
      const frosted = !input.cooling && input.frost >= 1 && at - state.since >= betweenDefrostsMs;
      return frosted ? { kind: "defrosting", since: at, startedAt: state.startedAt } : state;
    }
    case "defrosting":
      return input.frost > 0 && at - state.since < longestDefrostMs
        ? state
        : { kind: "running", since: at, startedAt: state.startedAt };
  }
}
