import type { PointId } from "../catalogue/points.ts";
import type { Value } from "../catalogue/reading.ts";
import { dryAfter } from "./dry-running.ts";
import {
  noSigns,
  type OperationPoint,
  type OperationSigns,
  type OperationState,
  operationOf,
  operationPoints,
} from "./operation.ts";

/** What the heat pump is doing, as its readings follow one another. */
export type OperationTracker = {
  signs: OperationSigns;
  operation: OperationState;
  /** Since when the compressor has run without a flow of water (`dryAfter`), ms since the epoch. */
  dryFrom: number;
};

const operationPointSet: ReadonlySet<PointId> = new Set(operationPoints);

/** A tracker that has seen nothing. */
export function newOperationTracker(): OperationTracker {
  return { signs: noSigns, operation: "unknown", dryFrom: Number.POSITIVE_INFINITY };
}

/** Whether the operation follows from a point, among others. */
export function isOperationPoint(point: PointId): point is OperationPoint {
  return operationPointSet.has(point);
}

/** Takes the reading of a point that the operation follows from. */
export function takeSign(tracker: OperationTracker, point: OperationPoint, value: Value): void {
  if (tracker.signs[point] === value) return;
  tracker.signs = { ...tracker.signs, [point]: value };
  tracker.operation = operationOf(tracker.signs);
}

/** To be called after each reading of a sign or of the flow rate; `flowLMin` is NaN where it is not known. */
export function updateDryRunning(tracker: OperationTracker, flowLMin: number, at: number): void {
  tracker.dryFrom = dryAfter(tracker.dryFrom, tracker.signs.compressor, flowLMin, at);
}

/** Nothing is known of a device that went offline. */
export function clearSigns(tracker: OperationTracker): void {
  tracker.signs = noSigns;
  tracker.operation = "unknown";
}
