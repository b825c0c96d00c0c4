import { offlineAfterMs } from "@heatloop/core/hub/heartbeat";
import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, hourMs, minuteMs, secondMs } from "@heatloop/core/time/durations";
import { everyUnlessBusy } from "@heatloop/program/every-unless-busy";
import { type Log, messageOf } from "@heatloop/program/log";
import { signatureWindowMs } from "@heatloop/program/signed-request";
import type { Database } from "../database/database.ts";
import { transactionOfJobs } from "../database/jobs.ts";
import type { Queries } from "../database/queries.ts";

const sweptEachMs = 5 * secondMs;
/** Where no hub has swept for so long, none has heard the nodes either: their silence begins anew. */
const deafAfterMs = minuteMs;
/** Longer than a signature is good for, as the clocks of hubs are never the same. */
const noncesKeptMs = 5 * signatureWindowMs;
const codesKeptMs = 7 * dayMs;
/** When nodes came and went: for longer than rows are kept, whose gaps they explain. */
const statusesKeptMs = 400 * dayMs;

/**
 * Makes nodes OFFLINE that were silent for five minutes in which some hub could have heard them, and removes what is out of date.
 * `owner` is of the database's owner. Of hubs that do so at once one does it; how many nodes fell silent, or undefined where another hub was at it.
 */
export function sweepNodes(owner: Database, now: number): Promise<number | undefined> {
  return transactionOfJobs(owner, async (queries) => {
    const turn = await queries.first<{ before: number; hearing_since: number }>(
      `update node_sweep set swept_at = $1, hearing_since = case when turn.swept_at < $2 then $1 else turn.hearing_since end
        from (select swept_at, hearing_since from node_sweep for update skip locked) as turn
        returning turn.swept_at as before, node_sweep.hearing_since`,
      [new Date(now), new Date(now - deafAfterMs)],
    );
    if (turn === undefined) return undefined;
    if (Math.floor(now / minuteMs) !== Math.floor(turn.before / minuteMs)) await removeOld(queries, now);
    return now - turn.hearing_since < offlineAfterMs ? 0 : markSilent(queries, now);
  });
}

function markSilent(queries: Queries, now: number): Promise<number> {
  return queries.change(
    // Whose row is locked was just heard. By their places in the table, as nothing is found faster.
    `update node_presence set status = 'OFFLINE', silent_since = $2 where ctid = any (array(
       select ctid from node_presence where status = 'ONLINE' and last_seen_at <= $1 for update skip locked
     ))`,
    [new Date(now - offlineAfterMs), new Date(now)],
  );
}

async function removeOld(queries: Queries, now: number): Promise<void> {
  await queries.change("delete from node_nonces where created_at < $1", [new Date(now - noncesKeptMs)]);
  await queries.change("delete from claim_attempts where since < $1", [new Date(now - hourMs)]);
  await queries.change("delete from node_certificates where expires_at < $1", [new Date(now - dayMs)]);
  await queries.change("delete from node_statuses where at < $1", [new Date(now - statusesKeptMs)]);
  await queries.change("delete from claim_codes where expires_at < $1", [new Date(now - codesKeptMs)]);
}

/** Sweeps every few seconds until it is closed; a database that is away is logged once. */
export function startNodeSweep(parts: { readonly owner: Database; readonly clock: Clock; readonly log: Log }) {
  const { owner, clock, log } = parts;
  let isFailing = false;

  async function sweep(): Promise<void> {
    try {
      const silent = await sweepNodes(owner, clock.now());
      if (isFailing) log.info("silent nodes are looked for again");
      isFailing = false;
      if (silent !== undefined && silent > 0) log.info("nodes fell silent", { nodes: silent });
    } catch (error) {
      if (!isFailing) log.warn("silent nodes cannot be looked for; it is tried again", { error: messageOf(error) });
      isFailing = true;
    }
  }

  return { close: everyUnlessBusy(clock, sweptEachMs, sweep).stop };
}
