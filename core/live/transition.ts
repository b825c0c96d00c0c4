import type { PointId } from "../catalogue/points.ts";
import type { Reading, Value } from "../catalogue/reading.ts";
import { noSigns, type OperationSigns, operationOf } from "./operation.ts";
import { isOperationPoint } from "./operation-tracker.ts";

/** What changed; `room_feed` edges come from the room feed itself. */
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

/** The points written beside each edge. */
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

/** An edge with the time spent in the state before; durationS is null where that state's start was not seen. */
export type Transition = {
  readonly at: number;
  readonly kind: TransitionKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly durationS: number | null;
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

/** An edge before its context is known. */
export type Edge = Omit<Transition, "context">;

const kindOfPoint: Partial<Record<PointId, Watched>> = {
  compressor: "compressor",
  defrost: "defrost",
  fault_code: "fault",
  short_cycle_lockout: "lockout",
};

const noFault = "No error";
const noEdges: readonly Edge[] = [];

/**
 * The states after a trusted reading, and the edges it causes. A value that is unknown for a moment leaves the state
 * as it is; going offline ends every state, and what follows has no duration.
 */
export function takeEdges(
  before: CurrentStates,
  reading: Reading,
): { readonly after: CurrentStates; readonly edges: readonly Edge[] } {
  if (reading.point === "online") {
    const cleared = reading.value
      ? before
      : { ...noCurrentStates, states: { ...noCurrentStates.states, online: before.states.online } };
    return move(cleared, reading.at, [["online", reading.value ? "online" : "offline"]]);
  }
  const kind = kindOfPoint[reading.point];
  const changes: [Watched, string | null][] = kind === undefined ? [] : [[kind, textOf(reading.value)]];
  if (!isOperationPoint(reading.point))
    return kind === undefined ? { after: before, edges: noEdges } : move(before, reading.at, changes);
  if (before.signs[reading.point] === reading.value) return { after: before, edges: noEdges };
  const signs = { ...before.signs, [reading.point]: reading.value };
  const operation = operationOf(signs);
  const known = operation === "unknown" ? null : operation;
  changes.push(["operation", known], ["hot_water", known === null ? null : known === "hot_water" ? "on" : "off"]);
  return move({ ...before, signs }, reading.at, changes);
}

function move(
  before: CurrentStates,
  at: number,
  changes: readonly [Watched, string | null][],
): { readonly after: CurrentStates; readonly edges: readonly Edge[] } {
  const edges: Edge[] = [];
  let states = before.states;
  for (const [kind, state] of changes) {
    const was = states[kind];
    if (state === null || was.state === state) continue;
    const edge = was.state !== null;
    states = { ...states, [kind]: { state, since: at, seen: edge } };
    if (!edge) continue;
    const durationS = was.seen ? Math.max(0, Math.round((at - was.since) / 1000)) : null;
    edges.push({ at, kind, from: was.state, to: state, durationS });
  }
  return { after: states === before.states ? before : { ...before, states }, edges };
}

function textOf(value: Value): string | null {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (value === noFault) return "none";
  return value === null ? null : String(value);
}
