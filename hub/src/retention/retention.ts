import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import type { Log } from "@heatloop/program/log";
import { type Database, workFor } from "../database/database.ts";
import { oneAlone } from "../database/one-alone.ts";
import type { Queries } from "../database/queries.ts";
import { startRepeated } from "../database/repeated.ts";
import {
  lockPartitions,
  type Partition,
  type PartitionedTable,
  partitionsOf,
  tablesByDay,
  tablesByMonth,
  tablesByMonthOfTime,
} from "../telemetry/partitions.ts";
import { type ExportParts, exportDay } from "./export-day.ts";

const lookedEachMs = hourMs;
/** Whoever waits for a table keeps all who come later from it, so what somebody else reads for long goes later. */
const waitsForTable = "1s";

export type RetentionParts = ExportParts & { readonly owner: Database; readonly clock: Clock; readonly log: Log };

/** Which class a table's rows are of. */
const classes: Readonly<Record<PartitionedTable, "raw" | "daily" | "events" | "reports" | "cost">> = {
  minutes: "raw",
  transitions: "raw",
  readings: "raw",
  days: "daily",
  hours: "daily",
  quarters: "daily",
  events: "events",
  home_days: "reports",
  home_costs: "cost",
};

/** Drops, now and then, what is older than it is kept; of any number of hubs one does so at a time. */
export function startRetention(parts: RetentionParts): { stop(): Promise<void> } {
  return startRepeated(parts, {
    what: "dropping what is old enough",
    eachMs: lookedEachMs,
    work: () => dropOld(parts),
  });
}

/** Drops every partition of which all rows are older than their class is kept. */
export async function dropOld(parts: RetentionParts): Promise<void> {
  const { owner, clock } = parts;
  for (const table of [...tablesByDay, ...tablesByMonth, ...tablesByMonthOfTime]) {
    const old = await owner.transaction({}, (queries) => oldPartitions(queries, table, clock.now()));
    for (const partition of old) {
      // Whatever keeps one of a table's from being dropped keeps the next ones, too.
      if ((await dropAlone(parts, partition)) === undefined) break;
    }
  }
}

function dropAlone(parts: RetentionParts, partition: Partition): Promise<boolean | undefined> {
  const { owner, log } = parts;
  const failure = {
    message: "rows that are old enough could not be dropped and stay",
    details: { partition: partition.name },
  };
  return oneAlone(log, failure, async () => {
    if (partition.table === "minutes") await exportDay(parts, partition);
    const isDropped = await unlessInUse(dropPartition(owner, partition));
    if (isDropped === undefined)
      log.info("rows that are old enough stay for now, as their table is in use", { partition: partition.name });
    if (isDropped) log.info("rows were dropped, as they are older than they are kept", { partition: partition.name });
    return isDropped;
  });
}

async function oldPartitions(queries: Queries, table: PartitionedTable, now: number): Promise<Partition[]> {
  const kept = await queries.first<{ days: number | null }>("select days from retention where class = $1", [
    classes[table],
  ]);
  if (kept?.days == null) return [];
  const firstKept = new Date(Math.floor(now / dayMs - kept.days) * dayMs).toISOString().slice(0, 10);
  return (await partitionsOf(queries, table)).filter(({ to }) => to <= firstKept);
}

/** Keeps the rows of tenants on hold elsewhere, and drops the rest, both or neither; false where another hub has done so. */
function dropPartition(owner: Database, { table, name }: Partition): Promise<boolean> {
  return owner.transaction({}, async (queries) => {
    await lockPartitions(queries);
    const found = await queries.first<{ there: boolean }>("select to_regclass($1) is not null as there", [name]);
    if (found?.there !== true) return false;
    for (const { tenant } of await queries.all<{ tenant: number }>(
      `select distinct tenant_id as tenant from ${name}`,
    )) {
      await workFor(queries, tenant);
      await queries.change(
        `insert into ${table}_on_hold select old.* from ${name} old
          where tenant_id = $1 and exists (select from tenants where id = $1 and on_hold_since is not null)
          on conflict do nothing`,
        [tenant],
      );
    }
    await queries.change(`set local lock_timeout = '${waitsForTable}'`);
    await queries.change(`drop table ${name}`);
    return true;
  });
}

/** undefined where PostgreSQL could not have a lock in time. */
async function unlessInUse<Result>(work: Promise<Result>): Promise<Result | undefined> {
  try {
    return await work;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "55P03") return undefined;
    throw error;
  }
}
