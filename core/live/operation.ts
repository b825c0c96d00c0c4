import { meterUseOf } from "../catalogue/operation-modes.ts";
import type { Value } from "../catalogue/reading.ts";

/**
 * What the heat pump is doing. `standby`: neither the compressor nor a heater runs. Frost protection counts as
 * heating and legionella prevention as hot water, as in the controller's own meters.
 */
export const operations = ["heating", "hot_water", "cooling", "defrost", "standby"] as const;
export type Operation = (typeof operations)[number];

/** `unknown`: the device is offline, silent, or has not reported enough. */
export type OperationState = Operation | "unknown";

/** The points that the operation follows from. */
export const operationPoints = [
  "operation_mode",
  "compressor",
  "compressor_frequency",
  "defrost",
  "booster_heater",
  "booster_heater_2",
  "immersion_heater",
  "three_way_valve",
] as const;
export type OperationPoint = (typeof operationPoints)[number];
export type OperationSigns = Readonly<Record<OperationPoint, Value>>;

export const noSigns: OperationSigns = {
  operation_mode: null,
  compressor: null,
  compressor_frequency: null,
  defrost: null,
  booster_heater: null,
  booster_heater_2: null,
  immersion_heater: null,
  three_way_valve: null,
};

/** The operation that the signs of one moment mean. */
export function operationOf(signs: OperationSigns): OperationState {
  if (signs.defrost === true) return "defrost";
  const running = isRunning(signs);
  if (running === null) return signs.operation_mode === "off" ? "standby" : "unknown";
  if (!running) return "standby";
  return meterUseOf(signs.operation_mode) ?? (signs.three_way_valve === true ? "hot_water" : "unknown");
}

function isRunning(signs: OperationSigns): boolean | null {
  if (signs.booster_heater === true || signs.booster_heater_2 === true || signs.immersion_heater === true) return true;
  if (typeof signs.compressor === "boolean") return signs.compressor;
  return typeof signs.compressor_frequency === "number" ? signs.compressor_frequency > 0 : null;
}
