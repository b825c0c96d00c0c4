import type { Heartbeat } from "@heatloop/core/hub/heartbeat";
import { offlineAfterMs } from "@heatloop/core/hub/heartbeat";
import { hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { isAway } from "../database/away.ts";
import type { Database } from "../database/database.ts";
import { gathered } from "../database/gathered.ts";
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
export type KeepHeartbeat = (beat: HeardBeat) => Promise<void>;

const mostBeatsAtOnce = 500;

/** Those of a tenant's nodes that come at the same time are kept in one transaction. */
export function heartbeatIntake(database: Database): KeepHeartbeat {
  return gathered<HeardBeat, void>(
    {
      groupOf: ({ tenant }) => tenant,
      weightOf: () => 1,
      most: mostBeatsAtOnce,
      atOnce: 1,
      failsAll: isAway,
    },
    async (beats) => {
      const tenant = beats[0]?.tenant ?? 0;
      await database.transaction({ tenant }, (queries) => keepBeats(queries, beats));
      return beats.map(() => undefined);
    },
  );
}

async function keepBeats(queries: Queries, all: readonly HeardBeat[]): Promise<void> {
  // Of a node's own the last one.
  const beats = [...new Map(all.map((beat) => [beat.node, beat])).values()];
  const of = <T>(value: (beat: HeardBeat) => T) => beats.map(value);
  // In one order for all hubs, so that none waits for another that waits for it.
  await queries.all("select node_id from node_presence where node_id = any ($1::uuid[]) order by node_id for update", [
    of(({ node }) => node),
  ]);
  const rows = await queries.all<BackNode & { status: string }>(
    `update node_presence as known set
       last_seen_at = greatest(last_seen_at, u.at),
       steady_since = case when last_seen_at >= u.at - $2::interval then steady_since else u.at end,
       version = u.version, os_version = u.os_version, uptime_s = u.uptime_s, last_reboot_at = u.rebooted,
       disk_free_bytes = u.disk, memory_bytes = u.memory, clock_ahead_s = u.ahead
     from unnest($1::uuid[], $3::timestamptz[], $4::text[], $5::text[], $6::bigint[], $7::timestamptz[], $8::bigint[],
       $9::bigint[], $10::real[]) as u (node, at, version, os_version, uptime_s, rebooted, disk, memory, ahead)
     where node_id = u.node returning u.node, u.at, known.status, known.steady_since`,
    [
      of(({ node }) => node),
      `${offlineAfterMs} ms`,
      of(({ at }) => new Date(at).toISOString()),
      of(({ said }) => said.version),
      of(({ said }) => said.os_version),
      of(({ said }) => said.uptime_s),
      of(({ said }) => said.last_reboot_at),
      of(({ said }) => said.disk_free_bytes),
      of(({ said }) => said.memory_bytes),
      of(({ at, said }) => (Date.parse(said.clock_at) - at) / secondMs),
    ],
  );
  await makeOnline(
    queries,
    await thatDoNotFlap(
      queries,
      rows.filter(({ status }) => status !== "ONLINE"),
    ),
  );
}

/** A node that was heard at `at` and is not ONLINE. */
type BackNode = { readonly node: string; readonly at: number; readonly steady_since: number };

async function makeOnline(queries: Queries, nodes: readonly BackNode[]): Promise<void> {
  if (nodes.length === 0) return;
  const ids = nodes.map(({ node }) => node);
  await queries.change(
    `insert into node_statuses (tenant_id, node_id, at, status, why)
     select tenant_id, node_id, silent_since, 'OFFLINE', 'silent' from node_presence
     where node_id = any ($1::uuid[]) and silent_since is not null`,
    [ids],
  );
  await queries.change(
    `with back as (
       update node_presence set status = 'ONLINE', silent_since = null
       from unnest($1::uuid[], $2::timestamptz[]) as u (node, at) where node_id = u.node returning tenant_id, node_id, u.at
     )
     insert into node_statuses (tenant_id, node_id, at, status, why) select tenant_id, node_id, at, 'ONLINE', 'heard' from back`,
    [ids, nodes.map(({ at }) => new Date(at).toISOString())],
  );
}

async function thatDoNotFlap(queries: Queries, nodes: readonly BackNode[]): Promise<readonly BackNode[]> {
  const unsteady = nodes.filter(({ at, steady_since: since }) => at - since < steadyAfterMs);
  if (unsteady.length === 0) return nodes;
  const flapping = await queries.all<{ node_id: string }>(
    `select node_id from node_changes join unnest($1::uuid[], $2::timestamptz[]) as u (node, since) on node_id = u.node
     where at > u.since and status = 'OFFLINE' and why = 'silent' group by node_id having count(*) >= $3`,
    [unsteady.map(({ node }) => node), unsteady.map(({ at }) => new Date(at - flapsWithinMs).toISOString()), flapsFrom],
  );
  const flaps = new Set(flapping.map(({ node_id: node }) => node));
  return nodes.filter(({ node }) => !flaps.has(node));
}
