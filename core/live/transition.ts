import type { PointId } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { noSigns, type OperationSigns, operationOf } from "./operation.ts";
import { isOperationPoint } from "./operation-tracker.ts";

/** What changed; `room_feed` transitions come from the room feed itself. */
export const transitionKinds = [
  "operation",
  "compressor",
  "hot_water",
  "defrost",
  "fault",
  "lockout",
  "online",
  "room_feed",
] as const;
export type TransitionKind = (typeof transitionKinds)[number];

/** The points written beside each transition. */
export const contextPoints = [
  "flow_temperature",
  "return_temperature",
  "outdoor_temperature",
  "dhw_temperature",
  "compressor_frequency",
  "flow_rate",
  "zone_1_flow_setpoint",
  "zone_1_room_temperature",
  "room_feedback_zone_1",
] as const;
export type ContextPoint = (typeof contextPoints)[number];
export type Context = Readonly<Record<ContextPoint, Value>>;

/** A transition with the time spent in the state before; durationS is null where that state's start was not seen. */
export type Transition = {
  readonly at: number;
  readonly kind: TransitionKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly durationS: number | null;
  /** The zone of a room feed; left out where it is of no zone, or an earlier version wrote it. */
  readonly zone?: 1 | 2;
  readonly context: Context;
};

type Watched = Exclude<TransitionKind, "room_feed">;
/** A state and since when; `seen`: whether its start was observed. Null: not known. */
type CurrentState = { readonly state: string | null; readonly since: number; readonly seen: boolean };

/** The current states of one device: everything that `takeEdges` needs. */
export type CurrentStates = {
  readonly signs: OperationSigns;
  readonly states: Readonly<Record<Watched, CurrentState>>;
};

const nothing: CurrentState = { state: null, since: 0, seen: false };

export const noCurrentStates: CurrentStates = {
  signs: noSigns,
  states: {
    operation: nothing,
    compressor: nothing,
    hot_water: nothing,
    defrost: nothing,
    fault: nothing,
    lockout: nothing,
    online: nothing,
  },
};

/** A transition before its context is known. */
export type StateChange = Omit<Transition, "context">;

const kindOfPoint: Partial<Record<PointId, Watched>> = {
  compressor: "compressor",
  defrost: "defrost",
  fault_code: "fault",
  short_cycle_lockout: "lockout",
};

const noFault = "No error";
const noChanges: readonly StateChange[] = [];

/**
 * The states after a trusted reading, and the changes it causes. A value that is unknown for a moment leaves the state
 * as it is; going offline ends every state, and what follows has no duration.
 */
export function stateChanges(
  before: CurrentStates,
  reading: Reading,
): { readonly after: CurrentStates; readonly changes: readonly StateChange[] } {
  if (reading.point === "online") {
    const cleared = reading.value
      ? before
      : { ...noCurrentStates, states: { ...noCurrentStates.states, online: before.states.online } };
    return move(cleared, reading.at, [["online", reading.value ? "online" : "offline"]]);
  }
  const kind = kindOfPoint[reading.point];
  const states: [Watched, string | null][] = kind === undefined ? [] : [[kind, textOf(reading.value)]];
  if (!isOperationPoint(reading.point))
    return kind === undefined ? { after: before, changes: noChanges } : move(before, reading.at, states);
  if (before.signs[reading.point] === reading.value) return { after: before, changes: noChanges };
  const signs = { ...before.signs, [reading.point]: reading.value };
  const operation = operationOf(signs);
  const known = operation === "unknown" ? null : operation;
  states.push(["operation", known], ["hot_water", known === null ? null : known === "hot_water" ? "on" : "off"]);
  return move({ ...before, signs }, reading.at, states);
}

function move(
  before: CurrentStates,
  at: number,
  newStates: readonly [Watched, string | null][],
): { readonly after: CurrentStates; readonly changes: readonly StateChange[] } {
  const changes: StateChange[] = [];
  let states = before.states;
  for (const [kind, state] of newStates) {
    const was = states[kind];
    if (state === null || was.state === state) continue;
    const isChange = was.state !== null;
    states = { ...states, [kind]: { state, since: at, seen: isChange } };
    if (!isChange) continue;
    const durationS = was.seen ? Math.max(0, Math.round((at - was.since) / 1000)) : null;
    changes.push({ at, kind, from: was.state, to: state, durationS });
  }
  return { after: states === before.states ? before : { ...before, states }, changes };
}

function textOf(value: Value): string | null {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (value === noFault) return "none";
  return value === null ? null : String(value);
}
