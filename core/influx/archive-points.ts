import { columnOf, type PointId } from "../catalogue/points.ts";
import type { Value } from "../catalogue/reading.ts";
import { contextPoints, type Transition } from "../live/transition.ts";
import { figures } from "../minute/figures.ts";
import { loggedPoints, type Minute } from "../minute/minute.ts";
import type { InfluxPoint } from "./line-protocol.ts";

/** The measurements that the archive becomes. */
export const minuteMeasurement = "heatloop_minute";
export const transitionMeasurement = "heatloop_transition";

/** Names of tags that Heatloop sets itself. */
const ownTags = ["device", "name", "what", "zone"] as const;

/** Names that no tag of the owner may have: those of the columns, of our own tags, and InfluxDB's `time`. */
export const takenTagNames: ReadonlySet<string> = new Set([
  ...ownTags,
  ...["time", "from", "to", "duration_s"],
  ...figures,
  ...loggedPoints.map(columnOf),
]);

/** A row of the minute log: a field for each column that is known, named as the column. */
export function minutePoint(minute: Minute, tags: InfluxPoint["tags"]): InfluxPoint {
  const fields: Record<string, Value> = { ...minute.figures };
  for (const id of loggedPoints) fields[columnOf(id)] = minute.points[id] ?? null;
  return { measurement: minuteMeasurement, tags, fields, at: minute.at };
}

/**
 * The transitions of a date in their order. What changed is a tag. InfluxDB keeps one point a moment and set of tags: of several
 * changes of one kind within one second, to which the archive writes them, each further one is 1 ms later.
 */
export function transitionPoints(transitions: readonly Transition[], tags: InfluxPoint["tags"]): InfluxPoint[] {
  const taken = new Set<string>();
  return transitions.map((transition) => {
    const { kind, from, to, durationS, zone } = transition;
    const keyOf = (at: number) => `${kind} ${zone ?? ""} ${at}`;
    let { at } = transition;
    while (taken.has(keyOf(at))) at += 1;
    taken.add(keyOf(at));
    return {
      measurement: transitionMeasurement,
      tags: { ...tags, what: kind, ...(zone !== undefined && { zone: String(zone) }) },
      // Neither may be the only one, as both can be unknown.
      fields: { changed: 1, from, to, duration_s: durationS, ...contextFields(transition.context) },
      at,
    };
  });
}

function contextFields(context: Transition["context"]): Record<string, Value> {
  return Object.fromEntries(contextPoints.map((id: PointId & keyof typeof context) => [columnOf(id), context[id]]));
}
