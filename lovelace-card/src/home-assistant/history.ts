import type { Hass, StateObject } from "./hass.ts";
import type { ValueSource } from "./value.ts";

/**
 * A state as Home Assistant's history writes it: `lu`, last updated, and `lc`, last changed where it differs, in s; `a`, its
 * attributes, where they were asked for.
 */
export type HistoryState = {
  readonly s: string;
  readonly lu: number;
  readonly lc?: number;
  readonly a?: Readonly<Record<string, unknown>>;
};
/** The states of each entity in the order of time: the answer of `history/history_during_period`. */
export type History = Readonly<Record<string, readonly HistoryState[] | undefined>>;

/**
 * The states that some entities had from one time to another (ms since the epoch), the first of each being that at the
 * beginning; with the attributes of none, of the first, or of each of them. Rejects as Home Assistant does, so where history is
 * off.
 */
export async function loadHistory(
  hass: Hass,
  entityIds: readonly string[],
  { from, to }: { readonly from: number; readonly to: number },
  attributes: "none" | "first" | "each" = "none",
): Promise<History> {
  if (entityIds.length === 0) return {};
  return hass.callWS<History>({
    type: "history/history_during_period",
    start_time: new Date(from).toISOString(),
    end_time: new Date(to).toISOString(),
    entity_ids: entityIds,
    minimal_response: attributes !== "each",
    // Else it leaves out updates of attributes alone.
    significant_changes_only: attributes !== "each",
    no_attributes: attributes === "none",
  });
}

/** When a state began to be so, ms since the epoch: an update that changed nothing but attributes does not count. */
export function changedAt({ lu, lc }: HistoryState): number {
  return (lc ?? lu) * 1000;
}

/**
 * Replays a recorded history: each time at which states changed, in ascending order, and what all states were from then on.
 * The states are the same object each time, so read them before the next.
 */
export function* situationChanges(
  history: History,
  entities: ValueSource["entities"],
): Generator<{ readonly at: number; readonly source: ValueSource }> {
  const changes = Object.entries(history)
    .flatMap(([entityId, rows = []]) => rows.map((row) => ({ entityId, state: row.s, at: changedAt(row) })))
    .sort((one, other) => one.at - other.at);
  const states: Record<string, StateObject> = {};
  for (const [index, { entityId, state, at }] of changes.entries()) {
    states[entityId] = { entity_id: entityId, state, attributes: {} };
    if (changes[index + 1]?.at !== at) yield { at, source: { states, entities } };
  }
}
