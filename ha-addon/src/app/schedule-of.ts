import type { ScheduleSetting } from "../settings/schedule-settings.ts";
import type { Wiring } from "./wiring.ts";

/** The entries of the weekly schedule that are of the heat pump of an id. */
export function scheduleOf({ parts, owners }: Wiring, deviceId: string): readonly ScheduleSetting[] {
  return parts.settings.current().schedule.filter(({ device }) => owners?.owns(deviceId, device) === true);
}
