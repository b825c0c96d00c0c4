import type { Session } from "@heatloop/ha-addon/home-assistant/session";
import type { MappedEntity } from "./home-assistant-entities.ts";
import type { Sample, SourceReport } from "./sample.ts";

/** What is queried of entities, from one time until another, ms since the epoch. */
export type EntityQuery = {
  readonly session: Pick<Session, "send">;
  readonly entities: readonly MappedEntity[];
  readonly from: number;
  readonly until: number;
  readonly report: SourceReport;
};

type Stretch = { readonly start: number; readonly end: number };

/**
 * Queries one stretch after another and yields the samples in order of time. Entities without rows are reported;
 * `what` names in words what they lack. Rejects with Home Assistant's error.
 */
export async function* samplesByStretch<Row>(
  { session, entities, from, until, report }: EntityQuery,
  how: {
    readonly what: string;
    readonly stretchMs: number;
    /** The message without its times. */
    readonly message: (
      ids: readonly string[],
      stretch: Stretch,
    ) => { readonly type: string; readonly [key: string]: unknown };
    readonly parse: (answer: unknown) => Readonly<Record<string, readonly Row[]>>;
    readonly samplesOf: (mapped: MappedEntity, rows: readonly Row[], stretch: Stretch) => readonly Sample[];
  },
): AsyncGenerator<Sample> {
  const ids = [...new Set(entities.map(({ entity }) => entity))];
  const silent = new Set(ids);
  for (let start = from; start < until; start += how.stretchMs) {
    const stretch = { start, end: Math.min(until, start + how.stretchMs) };
    const times = { start_time: new Date(start).toISOString(), end_time: new Date(stretch.end).toISOString() };
    const answer = how.parse(await session.send({ ...how.message(ids, stretch), ...times }));
    for (const [entity, rows] of Object.entries(answer)) if (rows.length > 0) silent.delete(entity);
    const samples = entities.flatMap((mapped) => how.samplesOf(mapped, answer[mapped.entity] ?? [], stretch));
    yield* samples.sort((a, b) => a.at - b.at);
    report.progress((stretch.end - from) / (until - from));
  }
  for (const entity of silent) {
    report.problem({
      file: entity,
      line: null,
      kind: "nothing",
      problem: `Home Assistant has no ${how.what} of it in this time`,
    });
  }
}
