import { languages } from "@heatloop/core/catalogue/languages";
import { type PointId, pointIds, pointOf } from "@heatloop/core/catalogue/points";
import { nameOf, objectId } from "@heatloop/core/catalogue/topics";
import { isUseful } from "./sample.ts";

/** An entity as Home Assistant's registry lists it. */
export type RegistryEntity = {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly device_id: string | null;
  readonly name: string | null;
  readonly original_name: string | null;
};

/** Which entity is taken as which point, and where that is unclear. */
export type Guess = {
  readonly entities: ReadonlyMap<PointId, string>;
  /** Points that several entities may be. */
  readonly unclear: ReadonlyMap<PointId, readonly string[]>;
};

/** Entities without values for the minutes that show that the heat pump is there. */
const signsOfLife: ReadonlySet<PointId> = new Set<PointId>(["esp_uptime", "wifi_signal"]);
/** Fewer points are a coincidence. */
const leastPoints = 3;

type Match = { readonly point: PointId; readonly rank: number };

const candidates = pointIds.filter((id) => pointOf(id).part === undefined && (isUseful(id) || signsOfLife.has(id)));
const names = candidates.map((point) => ({
  point,
  component: pointOf(point).component,
  names: [...new Set(languages.map((language) => nameOf(point, language)))],
}));

/**
 * The entities of the one device of Home Assistant that looks most like a heat pump of the firmware: by Heatloop's own
 * unique ids, by the firmware's names in any of its languages, by the ends of unique ids and entity ids.
 */
export function guessPoints(entities: readonly RegistryEntity[]): Guess {
  const byDevice = new Map<string, { readonly entity: string; readonly match: Match }[]>();
  for (const entity of entities) {
    const match = matchOf(entity);
    if (match === undefined) continue;
    const device = entity.device_id ?? "";
    byDevice.set(device, [...(byDevice.get(device) ?? []), { entity: entity.entity_id, match }]);
  }
  const best = [...byDevice.values()].sort((a, b) => pointsOf(b) - pointsOf(a))[0] ?? [];
  const entityOf = new Map<PointId, string>();
  const unclear = new Map<PointId, readonly string[]>();
  if (pointsOf(best) < leastPoints) return { entities: entityOf, unclear };
  for (const point of new Set(best.map(({ match }) => match.point))) {
    const matches = best.filter(({ match }) => match.point === point);
    const rank = Math.min(...matches.map(({ match }) => match.rank));
    const first = matches.filter(({ match }) => match.rank === rank).map(({ entity }) => entity);
    if (first.length === 1) entityOf.set(point, first[0] as string);
    else unclear.set(point, first);
  }
  return { entities: entityOf, unclear };
}

function pointsOf(matches: readonly { readonly match: Match }[]): number {
  return new Set(matches.map(({ match }) => match.point)).size;
}

function matchOf({ entity_id, unique_id, name, original_name }: RegistryEntity): Match | undefined {
  const [domain = "", object = ""] = entity_id.split(".");
  if (unique_id.startsWith("heatloop_")) {
    const point = longest(
      candidates.map((id) => ({ point: id, end: `_${id}` })).filter(({ end }) => unique_id.endsWith(end)),
    );
    return point && { point, rank: 0 };
  }
  const same = names.filter(({ component }) => component === domain);
  const shown = [original_name, name].map((each) => each?.toLowerCase());
  const named = same.find((each) => each.names.some((text) => shown.includes(text.toLowerCase())));
  if (named !== undefined) return { point: named.point, rank: 1 };
  const ends = (end: (text: string) => readonly string[], text: string) =>
    longest(
      same.flatMap((each) =>
        each.names
          .flatMap(end)
          .filter((tail) => text === tail || text.endsWith(tail))
          .map((tail) => ({ point: each.point, end: tail })),
      ),
    );
  // ESPHome's unique ids: <mac>-sensor-feed_temp, and ESPsensorfeed_temp before.
  const unique = ends((text) => [`-${objectId(text)}`, `${domain}${objectId(text)}`], unique_id);
  if (unique !== undefined) return { point: unique, rank: 2 };
  const byId = ends((text) => [`_${slug(text)}`], `_${object}`);
  return byId && { point: byId, rank: 3 };
}

function longest(matches: readonly { readonly point: PointId; readonly end: string }[]): PointId | undefined {
  return [...matches].sort((a, b) => b.end.length - a.end.length)[0]?.point;
}

/** A name as Home Assistant makes an entity id of it. */
function slug(name: string): string {
  return (
    name
      .normalize("NFD")
      .replaceAll(/\p{M}/gu, "")
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).join("_");
}
