import { dayMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";

/** The tables of which a UTC day is a partition. */
const partitioned = ["minutes", "transitions"] as const;
/** Hubs take turns to make partitions; a number of ours. */
const partitionLock = 4_838_472;

/** Makes the partitions of days before their first row comes. */
export type Partitions = {
  /** Resolves once each UTC day of these times (ms since the epoch) has its partitions. */
  cover(times: Iterable<number>): Promise<void>;
};

/** Partitions made as the owner of the tables. What was seen to be there is not looked for again. */
export function openPartitions(owner: Database): Partitions {
  const known = new Set<number>();
  return {
    async cover(times) {
      const missing = new Set<number>();
      for (const at of times) {
        const day = Math.floor(at / dayMs);
        if (!known.has(day)) missing.add(day);
      }
      for (const day of [...missing].sort((a, b) => a - b)) {
        await addPartitions(owner, day);
        known.add(day);
      }
    },
  };
}

/** The name of a day's partition: `minutes_2026_11_30`. */
export function partitionName(table: (typeof partitioned)[number], day: number): string {
  return `${table}_${dateOfDay(day).replaceAll("-", "_")}`;
}

function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Attaching a table that is made before locks nobody out who reads or writes the others. */
function addPartitions(owner: Database, day: number): Promise<void> {
  return owner.transaction({}, async (queries) => {
    await queries.all("select pg_advisory_xact_lock($1)", [partitionLock]);
    for (const table of partitioned) {
      const name = partitionName(table, day);
      const found = await queries.first<{ there: boolean }>("select to_regclass($1) is not null as there", [name]);
      if (found?.there === true) continue;
      await queries.change(`create table ${name} (like ${table} including defaults)`);
      await queries.change(
        `alter table ${table} attach partition ${name}
          for values from ('${dateOfDay(day)} 00:00+00') to ('${dateOfDay(day + 1)} 00:00+00')`,
      );
    }
  });
}
