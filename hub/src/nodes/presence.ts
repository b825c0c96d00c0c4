import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { offlineAfterMs } from "@heatloop/core/hub/heartbeat";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import type { Queries } from "../database/queries.ts";

/** A node that fell silent so often within an hour flaps: it is ONLINE again once it was heard steadily for a while. */
const flapsFrom = 3;
const flapsWithinMs = hourMs;
const steadyAfterMs = 10 * minuteMs;

/** What a node says, when (`at`, ms since the epoch, by the hub's clock). */
export type HeardBeat = {
  readonly node: string;
  readonly tenant: number;
  readonly at: number;
  readonly said: Heartbeat;
};

/** Keeps what a node has said of itself, and makes it ONLINE where it was not. */
export async function keepHeartbeat(queries: Queries, { node, tenant, at, said }: HeardBeat): Promise<void> {
  const row = await queries.first<{ status: string; steady_since: number }>(
    `update node_presence set
       last_seen_at = greatest(last_seen_at, $2),
       steady_since = case when last_seen_at >= $3 then steady_since else $2 end,
       version = $4, os_version = $5, uptime_s = $6, last_reboot_at = $7, disk_free_bytes = $8, memory_bytes = $9,
       clock_ahead_s = $10
     where node_id = $1 returning status, steady_since`,
    [
      node,
      new Date(at),
      new Date(at - offlineAfterMs),
      said.version,
      said.os_version,
      said.uptime_s,
      said.last_reboot,
      said.disk_free_bytes,
      said.memory_bytes,
      (Date.parse(said.clock) - at) / secondMs,
    ],
  );
  if (row === undefined || row.status === "ONLINE") return;
  if (at - row.steady_since < steadyAfterMs && (await isFlapping(queries, node, at))) return;
  await queries.change("update node_presence set status = 'ONLINE' where node_id = $1", [node]);
  await queries.change(
    `insert into node_statuses (tenant_id, node_id, at, status, why) values ($1, $2, $3, 'ONLINE', 'heard')`,
    [tenant, node, new Date(at)],
  );
}

async function isFlapping(queries: Queries, node: string, at: number): Promise<boolean> {
  const row = await queries.first<{ silences: number }>(
    `select count(*)::int as silences from node_statuses
     where node_id = $1 and at > $2 and status = 'OFFLINE' and why = 'silent'`,
    [node, new Date(at - flapsWithinMs)],
  );
  return (row?.silences ?? 0) >= flapsFrom;
}
