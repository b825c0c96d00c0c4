import type { TimeSpan } from "../../chart/chart.ts";
import type { HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import type { Hass, StateObject } from "../../home-assistant/hass.ts";
import type { History } from "../../home-assistant/history.ts";
import { situationEntities, situationOf } from "../../home-assistant/situation.ts";
import { isOn, type ValueSource } from "../../home-assistant/value.ts";

/** What the chart shows as stripes. */
export const bandNames = ["hot_water", "defrost", "lockout"] as const;
export type BandName = (typeof bandNames)[number];

/** When which of them began or ended, in the order of time. */
export type OperationTrack = {
  /** Notes what is so from a time on. */
  note(at: number, source: ValueSource): void;
  /** When it was so; what goes on ends at `until`. */
  spans(name: BandName, until: number): TimeSpan[];
  dropBefore(at: number): void;
};

/**
 * The entities that the bands follow from: Heatloop's operation where it is there, else the firmware's signs, of which
 * the frequency changes often and means no more than the compressor.
 */
export function bandEntities(source: ValueSource): readonly HeatPumpEntity[] {
  const has = (id: HeatPumpEntity) => source.states[source.entities.get(id) ?? ""] !== undefined;
  const signs = has("operation") ? (["operation"] as const) : situationEntities.slice(1, -1);
  return [...signs, "short_cycle_lockout" as const]
    .filter(has)
    .filter((id) => id !== "compressor_frequency" || !has("compressor"));
}

export function startTrack(): OperationTrack {
  let changes: { readonly at: number; readonly on: number }[] = [];
  return {
    note(at, source) {
      const on = signsNow(source);
      if ((changes.at(-1)?.on ?? 0) !== on) changes.push({ at, on });
    },
    spans(name, until) {
      const bit = 1 << bandNames.indexOf(name);
      const spans: TimeSpan[] = [];
      let from: number | undefined;
      for (const { at, on } of changes) {
        if ((on & bit) !== 0) from ??= at;
        else if (from !== undefined) {
          spans.push({ from, to: at });
          from = undefined;
        }
      }
      if (from !== undefined && until > from) spans.push({ from, to: until });
      return spans;
    },
    dropBefore(before) {
      const first = changes.findLastIndex(({ at }) => at <= before);
      if (first > 0) changes = changes.slice(first);
    },
  };
}

/** Plays a recorded history again: at each change, what the states of that moment meant. */
export function trackOf(history: History, { entities }: Pick<ValueSource, "entities">): OperationTrack {
  const track = startTrack();
  const changes = Object.entries(history)
    .flatMap(([entityId, states = []]) => states.map(({ s, lu }) => ({ entityId, state: s, at: lu * 1000 })))
    .sort((a, b) => a.at - b.at);
  const states: Record<string, StateObject> = {};
  for (const [index, { entityId, state, at }] of changes.entries()) {
    states[entityId] = { entity_id: entityId, state, attributes: {} };
    if (changes[index + 1]?.at !== at) track.note(at, { states: states satisfies Hass["states"], entities });
  }
  return track;
}

function signsNow(source: ValueSource): number {
  const situation = situationOf(source);
  const band = bandNames.indexOf(situation as BandName);
  return (band === -1 ? 0 : 1 << band) | (isOn(source, "short_cycle_lockout") === true ? 4 : 0);
}
