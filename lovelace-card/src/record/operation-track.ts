import { type Operation, operationPoints, operations } from "@heatloop/core/live/operation";
import type { TimeSpan } from "../chart/chart.ts";
import type { HeatPumpEntity } from "../home-assistant/entity-id.ts";
import { type History, situationChanges } from "../home-assistant/history.ts";
import { situationOf } from "../home-assistant/situation.ts";
import { isOn, type ValueSource } from "../home-assistant/value.ts";

/** What a chart shows as stripes; `not_seen` where it is not known what the heat pump did. */
export type BandName = Operation | "lockout" | "not_seen";

const bandNames = [...operations, "lockout", "not_seen"] as const satisfies readonly BandName[];

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
  const signs = has("operation") ? (["operation"] as const) : operationPoints;
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
      const bit = bitOf(name);
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

/** The track of a recorded history. */
export function trackOf(history: History, { entities }: Pick<ValueSource, "entities">): OperationTrack {
  const track = startTrack();
  for (const { at, source } of situationChanges(history, entities)) track.note(at, source);
  return track;
}

function signsNow(source: ValueSource): number {
  const situation = situationOf(source);
  const band = situation === "unknown" || situation === "offline" ? "not_seen" : situation;
  return bitOf(band) | (isOn(source, "short_cycle_lockout") === true ? bitOf("lockout") : 0);
}

function bitOf(name: BandName): number {
  return 1 << bandNames.indexOf(name);
}
