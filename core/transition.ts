import type { Value } from "./reading.ts";

/** What changed. */
export const transitionKinds = [
  "operation",
  "compressor",
  "hot_water",
  "defrost",
  "fault",
  "online",
  "lockout",
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

/** An edge with the time spent in the state before; durationS is null where the start was not seen. */
export type Transition = {
  readonly at: number;
  readonly kind: TransitionKind;
  readonly from: string | null;
  readonly to: string | null;
  readonly durationS: number | null;
  readonly context: Readonly<Record<ContextPoint, Value>>;
};
