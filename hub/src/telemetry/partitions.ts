import type { Clock } from "@heatloop/core/time/clock";
import { dayMs, hourMs } from "@heatloop/core/time/durations";
import type { Database } from "../database/database.ts";
import type { Queries } from "../database/queries.ts";

/** Tables whose partition is a UTC day of `at`. */
export const tablesByDay = ["minutes", "transitions", "readings"] as const;
/** Tables whose partition is a month of `date`. */
export const tablesByMonth = ["days", "hours", "quarters", "home_days", "home_costs"] as const;
/** Tables whose partition is a month (UTC) of `at`. */
export const tablesByMonthOfTime = ["events"] as const;
export type PartitionedTable =
  | (typeof tablesByDay)[number]
  | (typeof tablesByMonth)[number]
  | (typeof tablesByMonthOfTime)[number];

/** What rows of a home go into, and what is made of them. */
const tablesOfRows: readonly PartitionedTable[] = [...tablesByDay, "days", "hours", "quarters"];

/** Hubs take turns to make and to drop partitions; a number of ours. */
const partitionLock = 4_838_472;

/** Makes partitions before their first row comes. */
export type Partitions = {
  /**
   * Resolves once each UTC day of these times (ms since the epoch) has its partitions, and the months beside it have theirs; of
   * the tables of rows, unless others are named.
   */
  cover(times: Iterable<number>, tables?: readonly PartitionedTable[]): Promise<void>;
};

/** A partition: its table, its own name, and its first date with the date after its last one. */
export type Partition = {
  readonly table: PartitionedTable;
  readonly name: string;
  readonly from: string;
  readonly to: string;
};

/** What was seen to be there is looked for again after so long: what is old is dropped, and may be kept for longer later on. */
const rememberedMs = hourMs;

/** Partitions made as the owner of the tables. */
export function openPartitions(owner: Database, clock: Pick<Clock, "now">): Partitions {
  const known = new Set<string>();
  let knownSince = clock.now();
  return {
    async cover(times, tables = tablesOfRows) {
      if (Math.abs(clock.now() - knownSince) >= rememberedMs) {
        known.clear();
        knownSince = clock.now();
      }
      const days = new Set<number>();
      for (const at of times) days.add(Math.floor(at / dayMs));
      const needed = [...days].sort((a, b) => a - b).flatMap((day) => partitionsOfDay(day, tables));
      const missing = new Map(needed.filter(({ name }) => !known.has(name)).map((each) => [each.name, each]));
      for (const partition of missing.values()) {
        await addPartition(owner, partition);
        known.add(partition.name);
      }
    },
  };
}

/** The local date of a time, and that of the day before, may be in another month than its UTC day. */
function partitionsOfDay(day: number, tables: readonly PartitionedTable[]): Partition[] {
  const months = new Set([day - 2, day, day + 1].map((each) => dateOfDay(each).slice(0, 7)));
  const [from, to] = [dateOfDay(day), dateOfDay(day + 1)];
  return tables.flatMap((table) =>
    isByDay(table)
      ? [{ table, name: `${table}_${from.replaceAll("-", "_")}`, from, to }]
      : [...months].map((month) => ({ table, name: `${table}_${month.replace("-", "_")}`, ...datesOfMonth(month) })),
  );
}

function datesOfMonth(month: string): { readonly from: string; readonly to: string } {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return { from: `${month}-01`, to: new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10) };
}

function dateOfDay(day: number): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Attaching a table that is made before locks nobody out who reads or writes the others. */
function addPartition(owner: Database, { table, name, from, to }: Partition): Promise<void> {
  return owner.transaction({}, async (queries) => {
    await lockPartitions(queries);
    const found = await queries.first<{ there: boolean }>("select to_regclass($1) is not null as there", [name]);
    if (found?.there === true) return;
    const zone = tablesByMonth.some((each) => each === table) ? "" : " 00:00+00";
    await queries.change(`create table ${name} (like ${table} including defaults)`);
    await queries.change(
      `alter table ${table} attach partition ${name} for values from ('${from}${zone}') to ('${to}${zone}')`,
    );
  });
}

/** Until the end of the transaction nobody else makes or drops a partition. */
export async function lockPartitions(queries: Queries): Promise<void> {
  await queries.all("select pg_advisory_xact_lock($1)", [partitionLock]);
}

/** The partitions of a table that there are, the oldest first. */
export async function partitionsOf(queries: Queries, table: PartitionedTable): Promise<Partition[]> {
  const rows = await queries.all<{ name: string }>(
    `select child.relname as name from pg_inherits join pg_class child on child.oid = inhrelid
      where inhparent = $1::regclass order by 1`,
    [table],
  );
  return rows.map(({ name }) => {
    const date = name.slice(table.length + 1).replaceAll("_", "-");
    if (!isByDay(table)) return { table, name, ...datesOfMonth(date) };
    return { table, name, from: date, to: dateOfDay(Date.parse(date) / dayMs + 1) };
  });
}

export function isByDay(table: PartitionedTable): boolean {
  return tablesByDay.some((each) => each === table);
}
