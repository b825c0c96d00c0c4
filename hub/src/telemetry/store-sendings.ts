import type { RowCounts, TelemetryAnswer } from "@heatloop/core/hub/telemetry";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "./devices.ts";
import type { EventRecord } from "./read-events.ts";
import type { ReadRows } from "./read-rows.ts";
import { countRefused } from "./refused-rows.ts";
import { countsOf, type DeviceRows, storeDevices } from "./store-devices.ts";
import { storeEvents } from "./store-events.ts";

/** What one node has sent, as it was read. */
export type SentByNode = {
  readonly sender: NodeOfTenant;
  readonly devices: readonly DeviceRows[];
  readonly events: ReadRows<EventRecord>;
  readonly now: number;
};

/** What became of it. */
export type SendingAnswer = Pick<TelemetryAnswer, "devices" | "events">;

/** Stores what nodes of one tenant have sent, in one transaction; answers each, in their order. */
export function storeSendings(database: Database, sendings: readonly SentByNode[]): Promise<readonly SendingAnswer[]> {
  const tenant = sendings[0]?.sender.tenant ?? 0;
  const now = Math.max(...sendings.map((sending) => sending.now));
  const sent = sendings.flatMap(({ sender: { node }, devices }) => devices.map((rows) => ({ ...rows, node })));
  return database.transaction({ tenant }, async (queries) => {
    const stored = await storeDevices(queries, tenant, { sent, now });
    const events = await storeAllEvents(queries, sendings, now);
    let at = 0;
    return sendings.map(({ devices }, nth) => {
      const ofDevices = stored.slice(at, at + devices.length);
      at += devices.length;
      return { devices: ofDevices, events: events[nth] as RowCounts };
    });
  });
}

/** Node by node in one order for all, so that two that store the same ones never wait for each other; answers in the order of the sendings. */
async function storeAllEvents(queries: Queries, sendings: readonly SentByNode[], now: number): Promise<RowCounts[]> {
  const counts: RowCounts[] = [];
  const ordered = [...sendings.entries()].sort(([, a], [, b]) => (a.sender.node < b.sender.node ? -1 : 1));
  for (const [nth, { sender, events }] of ordered) counts[nth] = await storeSentEvents(queries, sender, events, now);
  return counts;
}

async function storeSentEvents(
  queries: Queries,
  sender: NodeOfTenant,
  events: ReadRows<EventRecord>,
  now: number,
): Promise<RowCounts> {
  const stored = await storeEvents(queries, sender, events.rows);
  await countRefused(queries, { ...sender, device: "", stream: "events" }, events.refused, now);
  return { ...countsOf(events), stored, repeated: events.rows.length - stored, different: 0 };
}
