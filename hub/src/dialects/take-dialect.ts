import { type ForeignTopic, foreignDataTopic, foreignTopicIn } from "@heatloop/core/hub/dialects";
import type { Clock } from "@heatloop/core/time/clock";
import { zoneOf } from "@heatloop/core/time/local-day";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import type { KeptFrom } from "../telemetry/kept-from.ts";
import type { Partitions } from "../telemetry/partitions.ts";
import type { NodeOfTenant } from "../telemetry/take-telemetry.ts";
import { dialectDevice, type NamedSource } from "./dialect-device.ts";
import { type DialectReading, readDialectMessage } from "./dialect-message.ts";
import { keepDialectMessage } from "./dialect-messages.ts";
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

const malformed = "malformed";

/** Stores what a system has published for a node, or counts and keeps what cannot be read. Committed when it resolves. */
export async function takeDialect(parts: DialectParts, sender: NodeOfTenant, message: ForeignMessage): Promise<void> {
  const about = foreignTopicIn(message.topic);
  if (about === undefined) {
    return keep(parts, sender, { ...message, dialect: "unknown", kind: malformed, why: "no dialect has such a topic" });
  }
  const { dialect, kind } = about;
  if (kind !== "data") return keep(parts, sender, { ...message, dialect, kind });
  const source = await mapped(parts, sender, about);
  const zone = zoneOf(source.timeZone);
  if (zone === undefined) throw new Error("a zone was not checked");
  const read = readDialectMessage(message.payload, {
    ...{ zone, arrivedAt: message.arrivedAt, keptFrom: await parts.keptFrom() },
    isTimeOptional: dialect === "heatpump-monitor" && !message.isRetained,
  });
  if ("why" in read) return keep(parts, sender, { ...message, dialect, kind: malformed, why: read.why });
  const why = await stored(parts, sender, { source, read });
  if (why !== undefined) await keep(parts, sender, { ...message, dialect, kind: malformed, why });
}

/** As the table says, or as the source calls itself, with a `/` that no other device has in its name. */
async function mapped(
  { database }: DialectParts,
  { tenant, node }: NodeOfTenant,
  about: ForeignTopic,
): Promise<NamedSource> {
  const found = await database.transaction({ tenant }, (queries) => mappedSource(queries, node, about));
  const usual = foreignDataTopic(about.dialect, about.source).replace(/\/data$/, "");
  return { ...about, device: found?.device ?? usual, timeZone: found?.time_zone ?? "UTC" };
}

/** Undefined once it is stored; else why it cannot be. */
async function stored(
  { database, partitions, clock }: DialectParts,
  sender: NodeOfTenant,
  { source, read }: { readonly source: NamedSource; readonly read: DialectReading },
): Promise<string | undefined> {
  await partitions.cover([read.at]);
  const now = clock.now();
  return database.transaction({ tenant: sender.tenant }, async (queries: Queries) => {
    const device = await dialectDevice(queries, sender, source, now);
    if ("why" in device) return device.why;
    await storeReading(queries, { ...sender, name: source.device, device }, read, now);
    return undefined;
  });
}

function keep(
  { database, clock }: DialectParts,
  sender: NodeOfTenant,
  message: Parameters<typeof keepDialectMessage>[2],
): Promise<void> {
  return database.transaction({ tenant: sender.tenant }, (queries) =>
    keepDialectMessage(queries, sender, message, clock.now()),
  );
}
