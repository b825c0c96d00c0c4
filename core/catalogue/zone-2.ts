import type { PointId } from "./points.ts";

/**
 * Whether a heat pump that reports these points heats a second zone. The settings of zone 2 are on every device; these
 * points come with the firmware's confs/zone2.yaml, which a house with two zones has.
 */
export function hasZone2(points: ReadonlySet<PointId>): boolean {
  return points.has("zone_2_flow_setpoint") || points.has("zone_2_operating_mode");
}
