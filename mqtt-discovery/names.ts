import { type PointId, pointOf } from "@heatloop/core/catalogue/points";
import type { OwnId } from "./own-components.ts";

/** The points that are entities in Home Assistant: of a climate's four values, `*_climate_target` represents it. */
export type EntityPoint = Exclude<PointId, `${string}_climate_${"current" | "mode" | "action"}`>;

/** What a point's entity is called in English; Home Assistant puts the device's name before it. */
export function entityNameOf(point: EntityPoint): string {
  const { entity, name } = pointOf(point);
  return entity ?? name;
}

type Digit = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;
type Numberless<Id extends string> = Id extends `${infer Before}_${Digit}_${infer After}`
  ? `${Before}_n_${After}`
  : Id extends `${infer Before}_${Digit}`
    ? `${Before}_n`
    : Id;
type ClimateLess<Id extends string> = Id extends `${infer Climate}_climate_target` ? `${Climate}_climate` : Id;

/**
 * What the entities of points are called in a language, by their ids; one that is left out is called as in English. Those
 * that differ in a number alone have one name, `{n}` in it is the number: `zone_n_flow_setpoint`, `cpu_n_load`.
 */
export type PointNames = Readonly<Partial<Record<Numberless<ClimateLess<EntityPoint>>, string>>>;

/** The same of all entities. */
export type EntityNames = PointNames & Readonly<Record<Numberless<OwnId>, string>>;

const numberInId = /_(\d)(?=_|$)/;

/** The name of an entity in the language of `names`; undefined where they have none. */
export function nameIn(names: PointNames, id: string): string | undefined {
  const number = numberInId.exec(id)?.[1] ?? "";
  const known: Readonly<Partial<Record<string, string>>> = names;
  return known[id.replace(numberInId, "_n")]?.replace("{n}", number);
}

/** What a point is called where its entity's name stands; a value of a climate by what the climate is called. */
export function nameOfPoint(point: PointId, names: PointNames | undefined): string {
  const entity = point.replace(/_climate_(current|mode|action)$/, "_climate_target") as EntityPoint;
  const known = names && nameIn(names, entity.replace(/_climate_target$/, "_climate"));
  return known ?? entityNameOf(entity);
}
