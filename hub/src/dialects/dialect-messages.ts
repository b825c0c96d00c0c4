import { createHash } from "node:crypto";
import { longestForeignTopic } from "@heatloop/core/hub/dialects";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import { longestSample, storableText } from "../telemetry/refused-sample.ts";
import { timeOf } from "../web/times.ts";

/** What is no reading. */
export const dialectMessageKinds = ["malformed", "status"] as const;

/** A message of another system that is no reading. */
export type DialectMessage = {
  readonly dialect: string;
  readonly kind: (typeof dialectMessageKinds)[number];
  readonly topic: string;
  readonly payload: Buffer;
  /** Of a malformed one: why it could not be read. */
  readonly why?: string | undefined;
};

/** So many are kept of each kind of a dialect at a node, and so many characters of each. */
const mostKept = 50;
/** A character has at most four bytes. */
const longestBytes = 4 * longestSample;

/** Counts messages of a tenant's nodes, and keeps the last ones; one that comes again with the same content stays one. */
export async function keepDialectMessages(
  queries: Queries,
  messages: readonly MessageOfNode[],
  now: number,
): Promise<void> {
  if (messages.length === 0) return;
  // In one order for all, so that two that keep messages of the same dialects never wait for each other.
  const groups = [...Map.groupBy(messages, groupName)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
  await countMessages(queries, groups, now);
  const kept = groups.flatMap(lastOnes);
  await storeMessages(queries, kept, now);
  await dropMessages(
    queries,
    groups,
    kept.map(({ digest }) => digest),
  );
}

export type MessageOfNode = { readonly sender: NodeOfTenant; readonly message: DialectMessage };
type Group = readonly MessageOfNode[];

function groupName({ sender, message: { dialect, kind } }: MessageOfNode): string {
  return `${sender.node} ${dialect} ${kind}`;
}

/** Tenant, nodes, dialects and kinds of messages, as columns. */
function columnsOf(messages: readonly (MessageOfNode | undefined)[]) {
  const of = <T>(value: (message: MessageOfNode) => T) => messages.flatMap((each) => (each ? [value(each)] : []));
  return [
    of(({ sender }) => sender.tenant),
    of(({ sender }) => sender.node),
    of(({ message }) => message.dialect),
    of(({ message }) => message.kind),
  ] as const;
}

/** The first statement, so that two hubs keep the messages of a dialect one after the other. */
async function countMessages(queries: Queries, groups: readonly Group[], now: number): Promise<void> {
  await queries.change(
    `insert into dialect_counts (tenant_id, node_id, dialect, kind, messages, last_at)
      select *, $6 from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::bigint[])
      on conflict (node_id, dialect, kind)
      do update set messages = dialect_counts.messages + excluded.messages, last_at = excluded.last_at`,
    [...columnsOf(groups.map(([first]) => first)), groups.map((group) => group.length), timeOf(now)],
  );
}

type KeptMessage = MessageOfNode & {
  readonly digest: Buffer;
  readonly topic: string;
  readonly content: string;
  readonly times: number;
};

/** Each content of a topic once; of a group no more than are kept of it. */
function lastOnes(group: Group): readonly KeptMessage[] {
  const last = new Map<string, KeptMessage>();
  for (const each of group) {
    const { topic, payload } = each.message;
    const [shownTopic, content] = [textOf(topic, longestForeignTopic), contentOf(payload)];
    const digest = createHash("sha256").update(`${shownTopic}\n`).update(content).digest().subarray(0, 16);
    const name = digest.toString("hex");
    const times = (last.get(name)?.times ?? 0) + 1;
    last.delete(name);
    last.set(name, { ...each, digest, topic: shownTopic, content, times });
  }
  return [...last.values()].slice(-mostKept).sort((a, b) => Buffer.compare(a.digest, b.digest));
}

async function storeMessages(queries: Queries, kept: readonly KeptMessage[], now: number): Promise<void> {
  await queries.change(
    `insert into dialect_messages (tenant_id, node_id, dialect, kind, digest, topic, content, why, times, first_at, last_at)
      select *, $10, $10 from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::bytea[], $6::text[], $7::text[],
        $8::text[], $9::bigint[])
      on conflict (node_id, dialect, kind, digest)
      do update set last_at = excluded.last_at, times = dialect_messages.times + excluded.times`,
    [
      ...columnsOf(kept),
      kept.map(({ digest }) => digest),
      kept.map(({ topic }) => topic),
      kept.map(({ content }) => content),
      kept.map(({ message }) => message.why ?? null),
      kept.map(({ times }) => times),
      timeOf(now),
    ],
  );
}

/** Of those that came at the same time the newest ones stay. */
async function dropMessages(queries: Queries, groups: readonly Group[], newest: readonly Buffer[]): Promise<void> {
  const [, nodes, dialects, kinds] = columnsOf(groups.map(([first]) => first));
  await queries.change(
    `delete from dialect_messages where (node_id, dialect, kind, digest) in (
        select node_id, dialect, kind, digest from (
          select node_id, dialect, kind, digest, row_number() over (
              partition by node_id, dialect, kind order by last_at desc, digest = any ($4::bytea[]) desc) as nth
            from unnest($1::uuid[], $2::text[], $3::text[]) as u (of_node, of_dialect, of_kind)
              join dialect_messages on node_id = of_node and dialect = of_dialect and kind = of_kind) as numbered
        where nth > ${mostKept})`,
    [nodes, dialects, kinds, newest],
  );
}

function contentOf(payload: Buffer): string {
  return textOf(payload.subarray(0, longestBytes).toString("utf8"), longestSample);
}

/** The database counts characters where JavaScript counts their halves. */
function textOf(text: string, longest: number): string {
  return storableText(text.slice(0, longest));
}
