import { type ForeignTopic, foreignDataTopic, foreignTopicIn } from "@heatloop/core/hub/dialects";
import type { Clock } from "@heatloop/core/time/clock";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import type { Partitions } from "../telemetry/partitions.ts";
import { knownZone } from "../telemetry/zones.ts";
import { dialectDevice, type NamedSource } from "./dialect-device.ts";
import { type DialectReading, readDialectMessage } from "./dialect-message.ts";
import { type DialectMessage, keepDialectMessage } from "./dialect-messages.ts";
import { storeReading } from "./store-reading.ts";
import { mappedSource } from "./stored-table.ts";

export type DialectParts = {
  readonly database: Database;
  readonly partitions: Partitions;
  readonly clock: Clock;
  readonly keptFrom: KeptFrom;
};

/** What a system has published, with its topic as the system has it. */
export type ForeignMessage = {
  readonly topic: string;
  readonly payload: Buffer;
  /** When it came, ms since the epoch. */
  readonly arrivedAt: number;
  /** Whether the broker had kept it: nobody knows since when. */
  readonly isRetained: boolean;
};

/** Stores what a system has published for a node, or counts and keeps what cannot be read. Committed when it resolves. */
export type TakeDialect = (sender: NodeOfTenant, message: ForeignMessage) => Promise<void>;

type SentMessage = ForeignMessage & { readonly sender: NodeOfTenant };

/** Of a tenant; more wait for the next transaction. */
const mostAtOnce = 200;
const transactionsAtOnce = 2;

/** What systems of a tenant send at the same time goes into the same transaction. */
export function dialectIntake(parts: DialectParts): TakeDialect {
  const rules = {
    groupOf: ({ sender }: SentMessage) => sender.tenant,
    weightOf: () => 1,
    ...{ most: mostAtOnce, atOnce: transactionsAtOnce, failsAll: isAway },
  };
  const take = gathered(rules, (messages: readonly SentMessage[]) => takeAll(parts, messages));
  return (sender, message) => take({ ...message, sender });
}

/** Messages of one tenant. */
async function takeAll(parts: DialectParts, messages: readonly SentMessage[]): Promise<undefined[]> {
  const { database, partitions, clock } = parts;
  // In one order for all, so that two that store readings of the same devices never wait for each other.
  const sorted = messages.toSorted((a, b) => (nameOf(a) < nameOf(b) ? -1 : nameOf(a) > nameOf(b) ? 1 : 0));
  const tenant = sorted[0]?.sender.tenant ?? 0;
  const keptFrom = await parts.keptFrom();
  const mapped = await database.transaction({ tenant }, async (queries) => {
    const sources: (ForeignTopic | NamedSource | undefined)[] = [];
    for (const { sender, topic } of sorted) sources.push(await sourceOf(queries, sender, topic));
    return sources;
  });
  const read = sorted.map((message, at) => ({ message, read: readMessage(message, mapped[at], keptFrom) }));
  await partitions.cover(read.flatMap((each) => ("reading" in each.read ? [each.read.reading.at] : [])));
  const now = clock.now();
  await database.transaction({ tenant }, async (queries) => {
    for (const each of read) await store(queries, each.message, each.read, now);
  });
  return messages.map(() => undefined);
}

function nameOf({ sender, topic }: SentMessage): string {
  return `${sender.node} ${topic}`;
}

/** What a topic is about; where readings come from, named as the table says, or with a `/`, which no other device's name has. */
async function sourceOf(
  queries: Queries,
  { node }: NodeOfTenant,
  topic: string,
): Promise<ForeignTopic | NamedSource | undefined> {
  const about = foreignTopicIn(topic);
  if (about?.kind !== "data") return about;
  const found = await mappedSource(queries, node, about);
  const usual = foreignDataTopic(about.dialect, about.source).replace(/\/data$/, "");
  return { ...about, device: found?.device ?? usual, timeZone: found?.time_zone ?? "UTC" };
}

type ReadMessage =
  | { readonly source: NamedSource; readonly reading: DialectReading }
  | Pick<DialectMessage, "dialect" | "kind" | "why">;

function readMessage(
  { payload, arrivedAt, isRetained }: ForeignMessage,
  about: ForeignTopic | NamedSource | undefined,
  keptFrom: number,
): ReadMessage {
  if (about === undefined) return { dialect: "unknown", kind: "malformed", why: "no dialect has such a topic" };
  const { dialect } = about;
  if (about.kind !== "data") return { dialect, kind: about.kind };
  const zone = "timeZone" in about ? knownZone(about.timeZone) : undefined;
  if (zone === undefined || !("timeZone" in about)) throw new Error("a zone was not checked");
  const isTimeOptional = dialect === "heatpump-monitor" && !isRetained;
  const read = readDialectMessage(payload, { zone, arrivedAt, isTimeOptional, keptFrom });
  return "why" in read ? { dialect, kind: "malformed", why: read.why } : { source: about, reading: read };
}

async function store(
  queries: Queries,
  { sender, topic, payload }: SentMessage,
  read: ReadMessage,
  now: number,
): Promise<void> {
  if (!("reading" in read)) return keepDialectMessage(queries, sender, { ...read, topic, payload }, now);
  const { source, reading } = read;
  const device = await dialectDevice(queries, sender, source, now);
  if (!("why" in device)) return storeReading(queries, { ...sender, name: source.device, device }, reading, now);
  const { dialect } = source;
  await keepDialectMessage(queries, sender, { dialect, kind: "malformed", why: device.why, topic, payload }, now);
}
