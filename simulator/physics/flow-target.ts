/** What a zone's flow temperature depends on. */
export type FlowTargetInput = {
  readonly outdoorC: number;
  readonly roomC: number;
  readonly setpointC: number;
  readonly lowestC: number;
  readonly highestC: number;
};

/** Kelvin of flow for each kelvin that the room is off; the firmware's auto-adaptive loop moves at most 1 K each time. */
const kPerRoomK = 3;
const largestStepK = 1;

/**
 * Auto-adaptive heating: what the outdoor temperature needs, moved by the room's error, within the limits of the
 * numbers; one step of at most 1 K from the flow set-point before, in 0.5 K.
 */
export function adaptedHeatingFlowC(beforeC: number, input: FlowTargetInput): number {
  const needC = heatingCurveC(input.outdoorC) + kPerRoomK * (input.setpointC - input.roomC);
  return stepTowards(beforeC, needC, input);
}

/** Auto-adaptive cooling: colder water the warmer the room, from the smart start temperature downwards. */
export function adaptedCoolingFlowC(beforeC: number, input: FlowTargetInput): number {
  const needC = input.highestC - kPerRoomK * (input.roomC - input.setpointC);
  return stepTowards(beforeC, needC, input);
}

/** The controller's own compensation curve: 25 °C flow at 18 °C outdoors, 39 °C at -10 °C. */
export function compensationCurveC(outdoorC: number): number {
  return 25 + 0.5 * (18 - outdoorC);
}

function heatingCurveC(outdoorC: number): number {
  return 23 + 0.37 * (20 - outdoorC);
}

function stepTowards(beforeC: number, needC: number, { lowestC, highestC }: FlowTargetInput): number {
  const wanted = Math.min(highestC, Math.max(lowestC, needC));
  const step = Math.min(largestStepK, Math.max(-largestStepK, wanted - beforeC));
  return Math.min(highestC, Math.max(lowestC, Math.round((beforeC + step) * 2) / 2));
}
