import type { Clock, Stop } from "@heatloop/core/time/clock";
import { secondMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import type { EntityState } from "./entity-state.ts";
import { followMqttReports, followReports } from "./last-reported.ts";
import type { Session } from "./session.ts";

/** Home Assistant's compressed state: state, attributes, last changed and last updated in s (`lu` only if it differs). */
const added = z.object({
  s: z.string(),
  a: z.record(z.string(), z.unknown()).default({}),
  lc: z.number(),
  lu: z.number().optional(),
});
const changed = z.object({
  "+": z
    .object({
      s: z.string().optional(),
      a: z.record(z.string(), z.unknown()).optional(),
      lc: z.number().optional(),
      lu: z.number().optional(),
    })
    .optional(),
  "-": z.object({ a: z.array(z.string()).optional() }).optional(),
});
const entitiesEvent = z.object({
  a: z.record(z.string(), added).optional(),
  c: z.record(z.string(), changed).optional(),
  r: z.array(z.string()).optional(),
});

/** The same report has other fractions of a ms in a state than in a template. */
const sameReportMs = 5;

type Kept = { state: string; attributes: Readonly<Record<string, unknown>>; updatedAt: number };

/**
 * Follows entities over one connection; `take` gets each entity once at the beginning, then again when it changes or is
 * reported, undefined where it does not exist. `failed` is called where Home Assistant refuses it.
 */
export function followEntities(parts: {
  readonly session: Session;
  readonly clock: Clock;
  readonly entities: readonly string[];
  readonly take: (entity: string, state: EntityState | undefined) => void;
  readonly failed: (why: Error) => void;
}): Stop {
  const { session, clock, entities, take } = parts;
  // To Home Assistant an empty list means all.
  if (entities.length === 0) return () => undefined;
  const asked = new Set(entities);
  const kept = new Map<string, Kept>();
  const reported = new Map<string, number>();
  const handedAt = new Map<string, number>();
  let begun = false;

  function hand(entity: string): void {
    const state = kept.get(entity);
    const lastReported = reportedAt(entity) ?? 0;
    handedAt.set(entity, lastReported);
    take(entity, state && { state: state.state, attributes: state.attributes, lastReported });
  }

  function reportedAt(entity: string): number | undefined {
    const state = kept.get(entity);
    return state && reports.skewMs() + Math.max(state.updatedAt, reported.get(entity) ?? 0);
  }

  function report(entity: string, at: number): void {
    reported.set(entity, Math.max(at, reported.get(entity) ?? 0));
    if (Math.abs((reportedAt(entity) ?? 0) - (handedAt.get(entity) ?? 0)) > sameReportMs) hand(entity);
  }

  const stopStates = session.subscribe(
    { type: "subscribe_entities", entity_ids: entities },
    (event) => {
      const { success, data } = entitiesEvent.safeParse(event);
      if (!success) return;
      const changedOnes = applyEvent(kept, asked, data);
      for (const entity of begun ? changedOnes : entities) if (asked.has(entity)) hand(entity);
      if (!begun) mqtt.check();
      begun = true;
    },
    parts.failed,
  );
  const reports = followReports(session, clock, entities, report, parts.failed);
  const mqtt = followMqttReports(session, clock, entities, reportedAt, report);

  return () => {
    stopStates();
    reports.stop();
    mqtt.stop();
  };
}

/** Hands back the entities that the event is about. */
function applyEvent(
  kept: Map<string, Kept>,
  asked: ReadonlySet<string>,
  { a = {}, c = {}, r = [] }: z.output<typeof entitiesEvent>,
): ReadonlySet<string> {
  for (const [entity, { s, a: attributes, lc, lu }] of Object.entries(a)) {
    if (asked.has(entity)) kept.set(entity, { state: s, attributes, updatedAt: (lu ?? lc) * secondMs });
  }
  for (const [entity, change] of Object.entries(c)) applyChange(kept, entity, change);
  for (const entity of r) kept.delete(entity);
  return new Set([...Object.keys(a), ...Object.keys(c), ...r]);
}

function applyChange(kept: Map<string, Kept>, entity: string, change: z.output<typeof changed>): void {
  const before = kept.get(entity);
  if (before === undefined) return;
  const { s, a, lc, lu } = change["+"] ?? {};
  const attributes = { ...before.attributes, ...a };
  for (const name of change["-"]?.a ?? []) delete attributes[name];
  const updatedS = lc ?? lu;
  kept.set(entity, {
    state: s ?? before.state,
    attributes,
    updatedAt: updatedS === undefined ? before.updatedAt : updatedS * secondMs,
  });
}
