import { type PointId, pointOf } from "@heatloop/core/catalogue/points";

/** The points that are entities in Home Assistant: of a climate's four values, `*_climate_target` represents it. */
export type EntityPoint = Exclude<PointId, `${string}_climate_${"current" | "mode" | "action"}`>;

/** What a point's entity is called; Home Assistant puts the device's name before it. */
export function entityNameOf(point: EntityPoint): string {
  const { entity, name } = pointOf(point);
  return entity ?? name;
}
