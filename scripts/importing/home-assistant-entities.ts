import type { PointId } from "@heatloop/core/catalogue/points";
import type { Session } from "@heatloop/ha-addon/home-assistant/session";
import { z } from "zod";
import { guessPoints } from "./home-assistant-points.ts";
import type { Target } from "./sample.ts";
import { unitsOf } from "./source-value.ts";

/** An entity (or statistic) of Home Assistant and what it is imported as. */
export type MappedEntity = {
  readonly entity: string;
  readonly target: Target;
  /** One of `unitsOf(target)`; undefined: that of the target. */
  readonly unit: string | undefined;
};

const registry = z.array(
  z.object({
    entity_id: z.string(),
    unique_id: z.coerce.string(),
    device_id: z.string().nullable(),
    name: z.string().nullable(),
    original_name: z.string().nullable(),
  }),
);
const states = z.array(
  z.object({ entity_id: z.string(), attributes: z.object({ unit_of_measurement: z.string().nullish() }) }),
);

/**
 * Which entities are imported as what: those that the owner named, and what can be guessed besides. Remarks list
 * the guesses, problems what is wrong with the named ones. Rejects with Home Assistant's error.
 */
export async function mapEntities(
  session: Pick<Session, "send">,
  named: readonly { readonly entity: string; readonly target: Target }[],
): Promise<{ readonly mapped: MappedEntity[]; readonly remarks: string[]; readonly problems: string[] }> {
  const listed = registry.parse(await session.send({ type: "config/entity_registry/list" }));
  const units = new Map(
    states
      .parse(await session.send({ type: "get_states" }))
      .map(({ entity_id, attributes }) => [entity_id, attributes.unit_of_measurement ?? undefined]),
  );
  const guess = guessPoints(listed);
  const wanted = new Map<Target, string>(guess.entities);
  for (const { entity, target } of named) wanted.set(target, entity);
  const mapped: MappedEntity[] = [];
  const problems: string[] = [];
  const remarks: string[] = [];
  for (const [target, entity] of wanted) {
    const unit = units.get(entity);
    const allowed = unitsOf(target);
    if (unit !== undefined && allowed.length > 0 && !allowed.includes(unit)) {
      problems.push(`${entity} is in ${unit}; ${target} takes ${allowed.join(", ")}.`);
      continue;
    }
    mapped.push({ entity, target, unit: allowed.length > 0 ? unit : undefined });
  }
  const isGuessed = ({ entity, target }: MappedEntity) =>
    !named.some((each) => each.entity === entity && each.target === target);
  for (const each of mapped.filter(isGuessed)) remarks.push(`${each.entity} is taken as ${each.target}.`);
  for (const [point, entities] of guess.unclear) {
    if (!wanted.has(point as PointId))
      remarks.push(
        `${entities.join(" or ")} may be ${point}: neither is taken; choose one with --map ${entities[0]}=${point}.`,
      );
  }
  return { mapped, remarks, problems };
}
