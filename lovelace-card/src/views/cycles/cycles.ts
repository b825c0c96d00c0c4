import { datesBetween, type Zone } from "@heatloop/core/time/local-day";
import type { EntityIds, HeatPumpEntity } from "../../home-assistant/entity-id.ts";
import { type History, situationChanges } from "../../home-assistant/history.ts";
import { type Situation, situationEntities, situationOf } from "../../home-assistant/situation.ts";

/** A time in which the heat pump did one thing, ms since the epoch. */
export type Segment = { readonly from: number; readonly to: number; readonly situation: Situation };

/** A run of the compressor; `seen`: its start and its stop were. */
export type RecordedRun = {
  readonly from: number;
  readonly to: number;
  readonly startSeen: boolean;
  readonly seen: boolean;
};

const runSituations: readonly Situation[] = ["heating", "hot_water", "cooling", "defrost"];

/** The entities from whose history the operation follows: Heatloop's own alone, else the firmware's signs. */
export function cycleEntities(entities: EntityIds): EntityIds {
  const ids: readonly HeatPumpEntity[] = entities.has("operation") ? ["operation"] : situationEntities;
  return new Map(ids.flatMap((id) => (entities.has(id) ? [[id, entities.get(id) as string] as const] : [])));
}

/** What it did from `from` to `to`, without a gap; before the first state it is not known. */
export function segmentsOf(history: History, entities: EntityIds, from: number, to: number): Segment[] {
  const segments: Segment[] = [];
  let begun = from;
  let situation: Situation = "unknown";
  const close = (at: number) => {
    if (at > begun) segments.push({ from: begun, to: at, situation });
    begun = Math.max(begun, at);
  };
  for (const { at, source } of situationChanges(history, entities)) {
    const next = situationOf(source);
    if (next === situation) continue;
    close(Math.min(at, to));
    situation = next;
  }
  close(to);
  return segments;
}

/** The runs in it: heating, hot water, cooling and defrosts that follow each other are one. */
export function runsOf(segments: readonly Segment[]): RecordedRun[] {
  const runs: RecordedRun[] = [];
  let first: number | undefined;
  segments.forEach(({ situation, to }, index) => {
    if (!runSituations.includes(situation)) return;
    first ??= index;
    const next = segments[index + 1];
    if (next !== undefined && runSituations.includes(next.situation)) return;
    const startSeen = segments[first - 1]?.situation === "standby";
    const from = segments[first]?.from ?? to;
    runs.push({ from, to, startSeen, seen: startSeen && next?.situation === "standby" });
    first = undefined;
  });
  return runs;
}

/** A local day of the strip. */
export type DayStrip = {
  readonly date: string;
  readonly from: number;
  readonly to: number;
  readonly segments: readonly Segment[];
};

/** Segments cut at midnight, the latest day first. */
export function dayStrips(segments: readonly Segment[], from: string, to: string, zone: Zone): DayStrip[] {
  return datesBetween(from, to)
    .map((date) => {
      const [start, end] = [zone.startOf(date), zone.endOf(date)];
      const inside = segments
        .filter((segment) => segment.to > start && segment.from < end)
        .map((segment) => ({ ...segment, from: Math.max(segment.from, start), to: Math.min(segment.to, end) }));
      return { date, from: start, to: end, segments: inside };
    })
    .reverse();
}
