import { isPointId, pointOf } from "@heatloop/core/catalogue/points";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Announced } from "@heatloop/mqtt-discovery/publish-steps";
import type { Device } from "../device/device.ts";

/** After so long live a heat pump has published all that it has. */
export const completeAfterMs = minuteMs;

/** Whether a device has been live for so long in this run that what it has not published is not there. */
export function isComplete(device: Pick<Device, "firstSeen">, at: number): boolean {
  const firstSeen = device.firstSeen();
  return firstSeen !== null && at - firstSeen >= completeAfterMs;
}

/**
 * Entities of an earlier run that stay though this run has not seen them: all of them until the device has published
 * all it has, then sensors that were fitted and now report the 25.0 °C of an unfitted one, which may as well be true.
 */
export function inheritedEntities(
  earlier: Announced["components"],
  device: Pick<Device, "firstSeen" | "snapshot">,
  at: number,
): Announced["components"] {
  const reported = device.snapshot.points(at);
  const isFittedPerhaps = (id: string) => isPointId(id) && pointOf(id).absent !== undefined && reported.has(id);
  const stays = (id: string) => !isComplete(device, at) || isFittedPerhaps(id);
  // One that is reduced to its platform is on its way out.
  return Object.fromEntries(Object.entries(earlier).filter(([id, it]) => Object.keys(it).length > 1 && stays(id)));
}
