import { createHash } from "node:crypto";
import { eventLimits } from "@heatloop/core/hub/home-events";
import { hourMs } from "@heatloop/core/time/durations";
import type { Queries } from "../database/queries.ts";
import type { NodeOfTenant } from "../telemetry/devices.ts";
import { countRefused } from "../telemetry/refused-rows.ts";
import { storableText } from "../telemetry/refused-sample.ts";
import { timeOf } from "../web/times.ts";
import type { SentMessage } from "./foreign-message.ts";
import type { NamedSource } from "./named-sources.ts";
import type { ForeignAlert } from "./read-foreign.ts";

/** What an alert of another system is among the events of a node. */
export const alertKind = "system_alert";
/** Events of alerts that a node may have of an hour of their own time. */
const mostPerHour = 60;
/** A character has at most four bytes. */
const longestBytes = 4 * eventLimits.textLength;

type SentAlert = { readonly sent: SentMessage; readonly source: NamedSource; readonly alert: ForeignAlert };

/** Stores alerts as events of their nodes, each once; of one hour no more than a person can read, and what is more is counted. */
export async function storeAlerts(queries: Queries, alerts: readonly SentAlert[], now: number): Promise<void> {
  const ofNodes = Map.groupBy(alerts, ({ sent }) => sent.sender.node);
  for (const [, ofNode] of ofNodes) {
    const { sender } = (ofNode[0] as SentAlert).sent;
    await storeOfNode(queries, sender, { alerts: ofNode, now });
  }
}

async function storeOfNode(
  queries: Queries,
  sender: NodeOfTenant,
  { alerts, now }: { readonly alerts: readonly SentAlert[]; readonly now: number },
): Promise<void> {
  const devices = await devicesOf(queries, sender.node, alerts);
  const above: string[] = [];
  for (const [hour, ofHour] of Map.groupBy(alerts, ({ alert }) => Math.floor(alert.at / hourMs) * hourMs)) {
    const there = await idsOfHour(queries, sender.node, hour);
    for (const each of ofHour) {
      const [id, text] = [idOf(each), textOf(each.sent.payload)];
      if (there.has(id)) continue;
      if (there.size >= mostPerHour) {
        above.push(text);
        continue;
      }
      there.add(id);
      const { dialect, source } = each.source;
      await queries.change(
        `insert into events (tenant_id, node_id, at, id, device_id, kind, context) values ($1, $2, $3, $4, $5, $6, $7)
          on conflict do nothing`,
        [
          ...[sender.tenant, sender.node, timeOf(each.alert.at), id, devices.get(source) ?? null, alertKind],
          JSON.stringify({ dialect, source, text }),
        ],
      );
    }
  }
  const why = `the devices of other systems at the node have told of ${mostPerHour} alerts in the same hour already`;
  const refused = above.map((sample) => ({ why, sample }));
  await countRefused(queries, { ...sender, device: "", stream: "events" }, refused, now);
}

/** The devices that sources are, of which readings have come. */
async function devicesOf(
  queries: Queries,
  node: string,
  alerts: readonly SentAlert[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.all<{ id: number; source: string }>(
    `select device_id as id, said.source from dialect_devices said
      where said.node_id = $1 and (said.dialect, said.source) in (select * from unnest($2::text[], $3::text[]))`,
    [node, alerts.map(({ source }) => source.dialect), alerts.map(({ source }) => source.source)],
  );
  return new Map(rows.map(({ id, source }) => [source, id]));
}

async function idsOfHour(queries: Queries, node: string, hour: number): Promise<Set<string>> {
  const rows = await queries.all<{ id: string }>(
    "select id from events where node_id = $1 and at >= $2 and at < $3 and kind = $4",
    [node, timeOf(hour), timeOf(hour + hourMs), alertKind],
  );
  return new Set(rows.map(({ id }) => id));
}

/** By which one that comes again is known: of the same text at the same time, a UUID of version 8 (RFC 9562). */
function idOf({ sent: { topic, payload }, alert }: SentAlert): string {
  const digest = createHash("sha256").update(`${topic}\n${alert.at}\n`).update(payload).digest().subarray(0, 16);
  digest.writeUInt8((digest.readUInt8(6) & 0x0f) | 0x80, 6);
  digest.writeUInt8((digest.readUInt8(8) & 0x3f) | 0x80, 8);
  return digest.toString("hex").replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function textOf(payload: Buffer): string {
  return storableText(payload.subarray(0, longestBytes).toString("utf8").slice(0, eventLimits.textLength));
}
