/** Why the compressor stopped, as far as the log shows. */
export const stopCauses = [
  "fault",
  "manual",
  "defrost",
  "hot_water",
  "lockout",
  "overshoot",
  "room_satisfied",
  "unexplained",
] as const;
export type StopCause = (typeof stopCauses)[number];

/** The reason of an overshoot: the output could not go lower, or the target was lowered. */
export type OvershootReason = "minimum_output" | "target_lowered";

export type Cause = { readonly cause: StopCause; readonly reason: OvershootReason | null };

/** What was seen around the stop of a run; null is not known. */
export type StopEvidence = {
  /** How far the flow was past its target (above it in heating, below in cooling), in K. */
  readonly flowPastTargetK: number | null;
  /** How far the target moved against the flow in the 10 minutes before, in K. */
  readonly targetMovedK: number;
  /** The controller stopped asking for heat within 3 minutes. */
  readonly nothingWanted: boolean;
  /** The short-cycle lock-out was on before the stop; after it, it is a consequence. */
  readonly lockedBefore: boolean;
  readonly lockedAfter: boolean;
  /** It went over to hot water, or back from it, within 3 minutes around the stop. */
  readonly changedOver: boolean;
  readonly defrosted: boolean;
  readonly fault: boolean;
  /** A person switched it off, changed the operating mode, or moved a room set-point against the run. */
  readonly setByHand: boolean;
};

/** The outdoor unit halts at 2 K past the target; means of a minute and steps of 0.5 K blur that. */
const clearlyPastK = 1.75;
const nearlyPastK = 0.75;
/** Two steps of a set-point. */
const targetMovedK = 1;

/**
 * Why a run ended, by the evidence, the most certain sign first. A run of hot water alone, and one that hot water took over,
 * ends by change-over.
 */
export function causeOf(evidence: StopEvidence): Cause {
  const { flowPastTargetK: pastK } = evidence;
  if (evidence.fault) return plain("fault");
  if (evidence.setByHand) return plain("manual");
  if (evidence.defrosted) return plain("defrost");
  if (evidence.changedOver) return plain("hot_water");
  if (evidence.lockedBefore) return plain("lockout");
  if (pastK !== null && pastK >= (evidence.nothingWanted ? clearlyPastK : nearlyPastK)) {
    return { cause: "overshoot", reason: evidence.targetMovedK >= targetMovedK ? "target_lowered" : null };
  }
  return plain(evidence.nothingWanted ? "room_satisfied" : "unexplained");
}

/** Output of a run against the need of the house, both in W. */
export type OutputAgainstNeed = {
  /** Output at the lowest frequency of the compressor. */
  readonly leastOutputW: number;
  /** Heat of the run over the time until the next start. */
  readonly needW: number;
};

/** An overshoot with its reason: no control could have avoided it where the house needed less than the least output. */
export function withOutput(stop: Cause, output: OutputAgainstNeed | null): Cause {
  const unavoidable = output !== null && output.leastOutputW > output.needW;
  const open = stop.cause === "overshoot" && stop.reason === null;
  return open && unavoidable ? { cause: "overshoot", reason: "minimum_output" } : stop;
}

function plain(cause: StopCause): Cause {
  return { cause, reason: null };
}
