import { leastRunS } from "../../energy/fitted-sensors.ts";
import { numberIn, type SeenMinute } from "../../energy/timeline.ts";

/** Sensors that not every unit has: flow (heat), and the electricity counter of controllers from FTC6 on. */
export const optionalSensors = ["flow_rate", "daily_electricity"] as const;
export type Unfitted = (typeof optionalSensors)[number];

/**
 * What reported nothing but 0 on a day, also while the compressor ran. A counter that stands still at another value is
 * no such one but stuck (rule `stuck_sensor`); energy leaves out both (`fitted-sensors.ts`).
 */
export function unfittedSensors(minutes: readonly SeenMinute[]): readonly Unfitted[] {
  return optionalSensors.filter((sensor) => {
    const reported = minutes.filter((minute) => numberIn(minute, sensor) !== null);
    const ranS = reported.reduce((sum, minute) => sum + (numberIn(minute, "compressor") ?? 0), 0);
    return ranS >= leastRunS && reported.every((minute) => numberIn(minute, sensor) === 0);
  });
}
