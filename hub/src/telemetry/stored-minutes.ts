import type { Queries } from "../database/queries.ts";
import { minuteColumns } from "./minute-columns.ts";
import type { NamedValues, StoredMinute } from "./minute-record.ts";

const columnNames = minuteColumns.map(({ name }) => name);
const select = `select at, utc_offset_minutes, rare, held_id, ${columnNames.join(", ")} from minutes where device_id = $1`;

type MinuteRow = Record<string, number | null> & {
  readonly at: number;
  readonly utc_offset_minutes: number;
  readonly held_id: number;
  readonly rare: NamedValues | null;
};

/** A stored minute, and how far the time in its row is from UTC. */
type StoredRow = StoredMinute & { readonly utcOffsetMinutes: number };

/** The minutes of a heat pump that began in a span of time (ms since the epoch, `to` excluded), in their order. */
export async function minutesBetween(
  queries: Queries,
  device: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredRow[]> {
  const between = `${select} and at >= $2 and at < $3 order by at`;
  return withHeld(queries, await queries.all<MinuteRow>(between, [device, isoOf(from), isoOf(to)]));
}

/** The minutes of a heat pump that began at these times, in no order. */
export async function minutesAt(queries: Queries, device: number, times: readonly number[]): Promise<StoredRow[]> {
  const some = `${select} and at = any ($2::timestamptz[])`;
  return withHeld(queries, await queries.all<MinuteRow>(some, [device, times.map(isoOf)]));
}

/** A day has a few dozen sets of held values, each of which is read once. */
async function withHeld(queries: Queries, rows: readonly MinuteRow[]): Promise<StoredRow[]> {
  const ids = [...new Set(rows.map(({ held_id: id }) => id))];
  const sets = await queries.all<{ id: number; content: NamedValues }>(
    "select id, content from held_values where id = any ($1::int[])",
    [ids],
  );
  const heldOf = new Map(sets.map(({ id, content }) => [id, content]));
  return rows.map((row) => ({
    at: row.at,
    utcOffsetMinutes: row.utc_offset_minutes,
    held: heldOf.get(row.held_id) ?? {},
    rare: row.rare,
    values: columnNames.map((name) => row[name] ?? null),
  }));
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}
