import { dayMs } from "@heatloop/core/time/durations";
import type { LitElement } from "lit";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import type { StateObject } from "../../home-assistant/hass.ts";
import { changedAt, type History, type HistoryState, loadHistory } from "../../home-assistant/history.ts";
import { stateOf, type ValueSource } from "../../home-assistant/value.ts";
import { elementLoading } from "../../look/loading.ts";
import type { ViewInput } from "../../look/view.ts";

/** States to show, and when those were known that are not known now; undefined where all are of now. */
export type KnownStates = { readonly source: ValueSource; readonly asOf: number | undefined };

/** A state that was known, until when, ms since the epoch. */
export type LastState = { readonly state: string; readonly until: number };
type LastStates = ReadonlyMap<string, LastState>;

/**
 * While the heat pump is offline, what was last known of some of its entities: as the element has seen it, else as Home
 * Assistant's history of the last day has it.
 */
export function elementLastKnown(
  element: LitElement,
  ids: readonly HeatPumpEntity[],
): (input: ViewInput) => KnownStates {
  const loading = elementLoading<LastStates>(element, { again: false });
  const seen = new Map<string, LastState>();
  let device = "";

  return (input) => {
    const { hass, heatPump, clock, situation } = input;
    const source = { states: hass.states, entities: heatPump.entities };
    if (device !== heatPump.device.id) seen.clear();
    device = heatPump.device.id;
    const now = clock.now();
    const objects = ids.flatMap((id) => stateOf(source, id) ?? []);
    if (situation !== "offline") {
      for (const { entity_id, state } of objects.filter(isKnown)) seen.set(entity_id, { state, until: now });
      return { source, asOf: undefined };
    }
    const away = objects.filter((object) => !isKnown(object));
    if (away.some(({ entity_id }) => seen.has(entity_id))) return withLast(source, away, seen);
    const entityIds = away.map(({ entity_id }) => entity_id);
    const load = async () => lastStates(await loadHistory(hass, entityIds, { from: now - dayMs, to: now }), now);
    const loaded = loading(input, [device, ...entityIds].join(" "), load);
    return withLast(source, away, loaded.kind === "ready" ? loaded.value : new Map());
  };
}

/** The last known state of each entity of a history that was asked for at `now`. */
export function lastStates(history: History, now: number): LastStates {
  const last = new Map<string, LastState>();
  for (const [entityId, rows = []] of Object.entries(history)) {
    const at = rows.findLastIndex((row: HistoryState) => isKnown({ state: row.s }));
    const [row, next] = [rows[at], rows[at + 1]];
    if (row !== undefined) last.set(entityId, { state: row.s, until: next === undefined ? now : changedAt(next) });
  }
  return last;
}

function withLast(source: ValueSource, away: readonly StateObject[], last: LastStates): KnownStates {
  const states = { ...source.states };
  let asOf: number | undefined;
  for (const object of away) {
    const known = last.get(object.entity_id);
    if (known === undefined) continue;
    states[object.entity_id] = { ...object, state: known.state };
    asOf = Math.max(asOf ?? known.until, known.until);
  }
  return { source: { ...source, states }, asOf };
}

function isKnown({ state }: Pick<StateObject, "state">): boolean {
  return state !== "unavailable" && state !== "unknown";
}
