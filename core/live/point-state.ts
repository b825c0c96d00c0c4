import { holdS, type PointId, pointOf } from "../catalogue/points.ts";
import type { Value } from "../catalogue/reading.ts";

/** What a device has published of one point; `holdMs` and `unfittedValue` are the catalogue's. */
export type PointState = {
  readonly holdMs: number;
  /** What a sensor that is not fitted reports all the time. */
  readonly unfittedValue: number | undefined;
  value: Value;
  /** When `value` was published, ms since the epoch. */
  at: number;
  /** Whether the value is known to be current: it came live, or was confirmed. */
  isLive: boolean;
  isFitted: boolean;
};

/** The state of a point of which nothing was published yet. */
export function newPointState(point: PointId, at: number): PointState {
  const unfittedValue = pointOf(point).absent;
  return { holdMs: holdS(point) * 1000, unfittedValue, value: null, at, isLive: false, isFitted: false };
}

/** Whether the firmware publishes a point only when its value changes. */
export function isPublishedOnChange({ holdMs }: PointState): boolean {
  return holdMs === Number.POSITIVE_INFINITY;
}

/** A value, or null while the sensor has shown nothing but the one constant of a sensor that is not fitted. */
export function fittedValue(value: Value, state: PointState): Value {
  const { unfittedValue } = state;
  if (unfittedValue === undefined || unfittedValue === 0 || value === null) return value;
  if (value !== unfittedValue) state.isFitted = true;
  return state.isFitted ? value : null;
}
