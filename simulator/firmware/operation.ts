import type { Operation } from "@heatloop/core/live/operation";
import { meterUseOf } from "./mode.ts";

/**
 * The operation of a moment as core/live/operation.ts defines it, written a second time to check the first. `running`:
 * the compressor or a heater.
 */
export function operationFrom(defrosting: boolean, running: boolean, mode: string): Operation {
  if (defrosting) return "defrost";
  return running ? (meterUseOf(mode) ?? "standby") : "standby";
}
