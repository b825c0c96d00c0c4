import { createHash } from "node:crypto";
import { longestForeignTopic } from "@heatloop/core/hub/dialects";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import { longestSample, storableText } from "../telemetry/refused-sample.ts";

/** What is no reading. */
export const dialectMessageKinds = ["malformed", "status", "alert"] as const;

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

/** Counts a message, and keeps the last ones; one that comes again with the same content stays one. */
export async function keepDialectMessage(
  queries: Queries,
  { tenant, node }: NodeOfTenant,
  { dialect, kind, topic, payload, why }: DialectMessage,
  now: number,
): Promise<void> {
  const at = new Date(now).toISOString();
  // The first statement, so that two hubs keep the messages of a dialect one after the other.
  await queries.change(
    `insert into dialect_counts (tenant_id, node_id, dialect, kind, messages, last_at) values ($1, $2, $3, $4, 1, $5)
      on conflict (node_id, dialect, kind)
      do update set messages = dialect_counts.messages + 1, last_at = excluded.last_at`,
    [tenant, node, dialect, kind, at],
  );
  const [shownTopic, content] = [textOf(topic, longestForeignTopic), contentOf(payload)];
  const digest = createHash("sha256").update(`${shownTopic}\n`).update(content).digest().subarray(0, 16);
  await queries.change(
    `insert into dialect_messages (tenant_id, node_id, dialect, kind, digest, topic, content, why, first_at, last_at, times)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1)
      on conflict (node_id, dialect, kind, digest)
      do update set last_at = excluded.last_at, times = dialect_messages.times + 1`,
    [tenant, node, dialect, kind, digest, shownTopic, content, why ?? null, at],
  );
  await queries.change(
    `delete from dialect_messages where node_id = $1 and dialect = $2 and kind = $3 and digest in (
        select digest from dialect_messages where node_id = $1 and dialect = $2 and kind = $3
          order by last_at desc, digest = $4 desc offset ${mostKept})`,
    [node, dialect, kind, digest],
  );
}

function contentOf(payload: Buffer): string {
  return textOf(payload.subarray(0, longestBytes).toString("utf8"), longestSample);
}

/** The database counts characters where JavaScript counts their halves. */
function textOf(text: string, longest: number): string {
  return storableText(text.slice(0, longest));
}
