import type { Session } from "@heatloop/ha-addon/home-assistant-session";
import { z } from "zod";
import type { MappedEntity } from "./home-assistant-entities.ts";
import type { Sample, Source, SourceReport } from "./sample.ts";
import { toldSample } from "./told-value.ts";

/** So much is asked for at once: a heat pump changes some hundred thousand states a day. */
const stretchMs = 6 * 3_600_000;
/** Home Assistant keeps changes only: a value stands until the next, but not where nothing of the heat pump changes. */
const silenceMs = 15 * 60_000;

/** States of `history/history_during_period`, compressed: `s` state, `lu` last updated in seconds. */
const history = z.record(z.string(), z.array(z.object({ s: z.string(), lu: z.number() })));

/**
 * The states that the recorder still has of entities, from one time until another, ms since the epoch. The samples
 * reject with what Home Assistant says against it, or once the connection is lost.
 */
export function openHistory(parts: {
  readonly session: Pick<Session, "send">;
  readonly entities: readonly MappedEntity[];
  readonly from: number;
  readonly until: number;
  readonly report: SourceReport;
}): Source {
  return {
    samples: samplesOf(parts),
    standing: { holdMs: Number.POSITIVE_INFINITY, silenceMs, needsNext: true },
    concluded: new Set(),
    remarks: [],
  };
}

async function* samplesOf({
  session,
  entities,
  from,
  until,
  report,
}: Parameters<typeof openHistory>[0]): AsyncGenerator<Sample> {
  const silent = new Set(entities.map(({ entity }) => entity));
  for (let start = from; start < until; start += stretchMs) {
    const end = Math.min(until, start + stretchMs);
    const answer = history.parse(
      await session.send({
        type: "history/history_during_period",
        start_time: new Date(start).toISOString(),
        end_time: new Date(end).toISOString(),
        entity_ids: [...new Set(entities.map(({ entity }) => entity))],
        // What stood before is told once: told again it would look like a sign of life.
        include_start_time_state: start === from,
        significant_changes_only: false,
        minimal_response: true,
        no_attributes: true,
      }),
    );
    for (const [entity, rows] of Object.entries(answer)) if (rows.length > 0) silent.delete(entity);
    const samples: Sample[] = [];
    for (const { entity, target, unit } of entities) {
      for (const { s, lu } of answer[entity] ?? []) {
        const at = Math.max(start, Math.round(lu * 1000));
        if (at >= end) continue;
        const told = toldSample(target, s, unit, at);
        if ("problem" in told) {
          const problem = `${new Date(at).toISOString()}: ${told.problem}`;
          report.found({ file: entity, line: null, kind: `state ${entity}`, problem });
        } else samples.push(told);
      }
    }
    yield* samples.sort((a, b) => a.at - b.at);
    report.progress((end - from) / (until - from));
  }
  for (const entity of silent) {
    report.found({
      file: entity,
      line: null,
      kind: "nothing",
      problem: "Home Assistant has no history of it in this time",
    });
  }
}
