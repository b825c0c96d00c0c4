import pg from "pg";
import { waitFor } from "#test/support/wait-for.ts";

/**
 * Locks the rows that a statement (`select ... for update`) finds, lets `begun` begin what needs them, and lets the rows go when
 * so many transactions wait for them: what races with each other then does so every time.
 */
export async function withHeldRows<T>(
  ownerUrl: string,
  {
    select,
    values,
    waiting,
  }: { readonly select: string; readonly values: readonly unknown[]; readonly waiting: number },
  begun: () => Promise<T>,
): Promise<T> {
  const [holder, watcher] = [0, 1].map(
    () => new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub" }),
  ) as [pg.Client, pg.Client];
  await Promise.all([holder.connect(), watcher.connect()]);
  try {
    await holder.query("begin");
    await holder.query(select, [...values]);
    const work = begun();
    await waitFor(async () => {
      const { rows } = await watcher.query<{ count: number }>(
        "select count(*)::int as count from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      );
      return (rows[0]?.count ?? 0) >= waiting;
    }, `${waiting} transactions wait for the rows`);
    await holder.query("commit");
    return await work;
  } finally {
    await Promise.all([holder.end(), watcher.end()]);
  }
}
