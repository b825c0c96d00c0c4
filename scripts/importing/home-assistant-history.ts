import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { z } from "zod";
import { type EntityQuery, samplesByStretch } from "./home-assistant-answers.ts";
import type { MappedEntity } from "./home-assistant-entities.ts";
import type { Sample, Source, SourceReport } from "./sample.ts";
import { sourceSample } from "./source-value.ts";

/** How much is queried at once: a heat pump changes some hundred thousand states a day. */
const stretchMs = 6 * hourMs;
/** Home Assistant keeps changes only: a value holds until the next, but not where nothing of the heat pump changes. */
const silenceMs = 15 * minuteMs;

/** States of `history/history_during_period`, compressed: `s` state, `lu` last updated in seconds. */
const history = z.record(z.string(), z.array(z.object({ s: z.string(), lu: z.number() })));

/**
 * The states that the recorder still has of entities, from one time until another, ms since the epoch. The samples
 * reject with Home Assistant's error, or once the connection is lost.
 */
export function openHistory(parts: EntityQuery): Source {
  return {
    samples: samplesByStretch(parts, {
      what: "history",
      stretchMs,
      message: (ids, { start }) => ({
        type: "history/history_during_period",
        entity_ids: ids,
        // The state before is wanted once: repeated it would look like a sign of life.
        include_start_time_state: start === parts.from,
        significant_changes_only: false,
        minimal_response: true,
        no_attributes: true,
      }),
      parse: (answer) => history.parse(answer),
      samplesOf: (mapped, rows, stretch) => rows.flatMap((row) => sampleOf(mapped, row, stretch, parts.report)),
    }),
    validity: { holdMs: Number.POSITIVE_INFINITY, silenceMs, needsNext: true },
    inferred: new Set(),
    remarks: [],
  };
}

function sampleOf(
  { entity, target, unit }: MappedEntity,
  { s, lu }: z.infer<typeof history>[string][number],
  { start, end }: { readonly start: number; readonly end: number },
  report: SourceReport,
): Sample[] {
  const at = Math.max(start, Math.round(lu * secondMs));
  if (at >= end) return [];
  const sample = sourceSample(target, s, unit, at);
  if (!("problem" in sample)) return [sample];
  const problem = `${new Date(at).toISOString()}: ${sample.problem}`;
  report.problem({ file: entity, line: null, kind: `state ${entity}`, problem });
  return [];
}
