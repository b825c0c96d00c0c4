import { type ForeignTopic, foreignDataTopic, foreignTopicIn } from "@heatloop/core/hub/dialects";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";

/** What a source is called at its node, and where it stands. */
export type NamedSource = ForeignTopic & { readonly device: string; readonly timeZone: string };

/** A topic of another system, and the node that it belongs to. */
export type TopicOfNode = { readonly sender: NodeOfTenant; readonly topic: string };

/**
 * What topics are about, in their order, each named as its node's table says, or by its topic, with a `/` that no other device's
 * name has; undefined where a topic is one of no dialect.
 */
export async function namedSources(
  queries: Queries,
  topics: readonly TopicOfNode[],
): Promise<readonly (NamedSource | undefined)[]> {
  const abouts = topics.map(({ topic }) => foreignTopicIn(topic));
  const asked = topics.flatMap(({ sender: { node } }, at) => {
    const about = abouts[at];
    return about === undefined || about.kind === "status" ? [] : [{ at, node, ...about }];
  });
  const found = await mappedSources(queries, asked);
  const mapped = new Map(asked.map(({ at }, nth) => [at, found.get(nth)]));
  return abouts.map((about, at) => {
    if (about === undefined) return undefined;
    const said = mapped.get(at);
    const usual = foreignDataTopic(about.dialect, about.source).replace(/\/data$/, "");
    return { ...about, device: said?.device ?? usual, timeZone: said?.zone ?? "UTC" };
  });
}

type MappedSource = { readonly device: string; readonly zone: string };

/** What tables say of sources, by their place among those that are asked for. */
async function mappedSources(
  queries: Queries,
  asked: readonly (Pick<ForeignTopic, "dialect" | "source"> & { readonly node: string })[],
): Promise<ReadonlyMap<number, MappedSource>> {
  if (asked.length === 0) return new Map();
  const rows = await queries.all<MappedSource & { readonly nth: number }>(
    `select nth::int - 1 as nth, device, time_zone as zone
      from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as u (node, dialect, source, nth)
        join dialect_sources on node_id = u.node and dialect_sources.dialect = u.dialect and dialect_sources.source = u.source`,
    [asked.map(({ node }) => node), asked.map(({ dialect }) => dialect), asked.map(({ source }) => source)],
  );
  return new Map(rows.map(({ nth, device, zone }) => [nth, { device, zone }]));
}
