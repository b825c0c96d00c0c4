import type { PointId } from "../../catalogue/points.ts";

/** What can't be as it was measured, or should not be. */
export const findingNames = [
  "air_in_circuit",
  "flow_below_minimum",
  "negative_cop",
  "cop_below_one",
  "impossible_cop",
  "stuck_sensor",
  "not_fitted",
] as const;
export type FindingName = (typeof findingNames)[number];

/** A finding and the minutes that it concerns: those that begin from `from` and before `to`, ms since the epoch. */
export type Finding = {
  readonly name: FindingName;
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  /** The sensor, of `stuck_sensor` and `not_fitted`. */
  readonly point: PointId | null;
  /** Lowest flow in L/min, COP, or the value that the sensor stood at; null where there is none. */
  readonly value: number | null;
};
