import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "@heatloop/program/log";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import type { Partitions } from "../telemetry/partitions.ts";
import { type Allowances, openAllowances } from "./allowances.ts";
import type { ForeignMessage, SentMessage } from "./foreign-message.ts";
import { namedSources } from "./named-sources.ts";
import { readForeign } from "./read-foreign.ts";
import { countAbove, storeForeign } from "./store-foreign.ts";

export type DialectParts = {
  readonly database: Database;
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly log: Log;
  readonly keptFrom: KeptFrom;
};

/**
 * Stores what a system has published for a node, or counts what cannot be read and what is more than a node may send. Committed
 * when it resolves.
 */
export type TakeDialect = (sender: NodeOfTenant, message: ForeignMessage) => Promise<void>;

/** Of a tenant; more wait for the next transaction. */
const mostAtOnce = 200;
const transactionsAtOnce = 2;

/** What systems of a tenant send at the same time goes into the same transaction. */
export function dialectIntake(parts: DialectParts): TakeDialect {
  const rules = {
    groupOf: ({ sender }: SentMessage) => sender.tenant,
    orderedBy: ({ sender, topic }: SentMessage) => `${sender.node} ${topic}`,
    weightOf: () => 1,
    ...{ most: mostAtOnce, atOnce: transactionsAtOnce, failsAll: isAway },
  };
  const allowances = openAllowances(parts);
  const take = gathered(rules, (messages: readonly SentMessage[]) => takeAll(parts, allowances, messages));
  return (sender, message) => take({ ...message, sender });
}

/** Messages of one tenant, in the order in which they came. */
async function takeAll(
  { database, partitions, clock, keptFrom }: DialectParts,
  allowances: Allowances,
  messages: readonly SentMessage[],
): Promise<undefined[]> {
  const tenant = messages[0]?.sender.tenant ?? 0;
  const now = clock.now();
  const { taken, above } = await sifted(allowances, messages, now);
  const kept = { from: await keptFrom(), eventsFrom: await keptFrom("events") };
  await database.transaction({ tenant }, async (queries) => {
    const sources = await namedSources(queries, taken);
    const read = taken.map((message, at) => readForeign(message, sources[at], kept));
    await partitions.cover(read.flatMap((each) => ("reading" in each ? [each.reading.at] : [])));
    await partitions.cover(
      read.flatMap((each) => ("alert" in each ? [each.alert.at] : [])),
      ["events"],
    );
    await storeForeign(queries, tenant, { read, now });
    await countAbove(queries, above, now);
  });
  return messages.map(() => undefined);
}

/** What nodes may send, and what is more than that. */
async function sifted(
  allowances: Allowances,
  messages: readonly SentMessage[],
  now: number,
): Promise<{ readonly taken: readonly SentMessage[]; readonly above: readonly SentMessage[] }> {
  const ofNodes = Map.groupBy(messages, ({ sender }) => sender.node);
  const wanted = new Map([...ofNodes].map(([node, { length }]) => [node, length]));
  const may = await allowances.take(messages[0]?.sender.tenant ?? 0, wanted, now);
  const all = [...ofNodes].map(([node, sent]) => ({ sent, most: may.get(node) ?? 0 }));
  return {
    taken: all.flatMap(({ sent, most }) => sent.slice(0, most)),
    above: all.flatMap(({ sent, most }) => sent.slice(most)),
  };
}
