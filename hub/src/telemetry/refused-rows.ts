import type { Queries } from "../database/queries.ts";
import type { RefusedRow } from "./read-rows.ts";

/** Where rows came from that were not stored. */
export type RowsOrigin = {
  readonly tenant: number;
  readonly node: string;
  readonly device: string;
  /** `messages`: what came over the broker and could not be read at all. */
  readonly stream: "minutes" | "transitions" | "readings" | "events" | "days" | "messages";
};

/** Counts rows that were not stored, by the reason, and keeps the last of each: so it stays small whatever a home sends. */
export async function countRefused(
  queries: Queries,
  { tenant, node, device, stream }: RowsOrigin,
  refused: readonly RefusedRow[],
  now: number,
): Promise<void> {
  // In one order for all, so that two that count the same ones never wait for each other.
  const byReason = [...Map.groupBy(refused, (row) => row.why)].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [why, rows] of byReason) {
    const count = rows.reduce((sum, { times = 1 }) => sum + times, 0);
    await queries.change(
      `insert into refused_rows (tenant_id, node_id, device, stream, why, rows, first_at, last_at, sample)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
        on conflict (node_id, device, stream, why)
        do update set rows = refused_rows.rows + excluded.rows, last_at = excluded.last_at, sample = excluded.sample`,
      [tenant, node, device, stream, why, count, new Date(now).toISOString(), rows.at(-1)?.sample],
    );
  }
}
