import { meterUseOf } from "@heatloop/core/catalogue/operation-modes";
import type { Operation } from "@heatloop/core/live/operation";

/**
 * The operation of a moment as core/live/operation.ts defines it, written a second time to check the first. `running`:
 * the compressor or a heater.
 */
export function operationFrom(defrosting: boolean, running: boolean, mode: string): Operation {
  if (defrosting) return "defrost";
  return running ? (meterUseOf(mode) ?? "standby") : "standby";
}
