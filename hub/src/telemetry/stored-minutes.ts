import type { Queries } from "../database/queries.ts";
import { timeOf } from "../web/times.ts";
import { minuteColumns } from "./minute-columns.ts";
import { type NamedValues, pointsOfHeld, type StoredMinute } from "./minute-record.ts";

const columnNames = minuteColumns.map(({ name }) => name);
const select = `select at, utc_offset_minutes, rare, held_id, ${columnNames.join(", ")} from minutes where device_id = $1`;

/** As `select` says; the values of the columns are from `valuesAt` on. */
type MinuteRow = readonly [number, number, NamedValues | null, number, ...(number | null)[]];
const valuesAt = 4;

/** A stored minute, and how far the time in its row is from UTC. */
type StoredRow = StoredMinute & { readonly utcOffsetMinutes: number };

/** The minutes of a heat pump that began in a span of time (ms since the epoch, `to` excluded), in their order. */
export async function minutesBetween(
  queries: Queries,
  device: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<StoredRow[]> {
  const between = `${select} and at >= $2 and at < $3 order by at`;
  return withHeld(queries, await queries.lists<MinuteRow>(between, [device, timeOf(from), timeOf(to)]));
}

/** The minutes of a heat pump that began at these times, in no order. */
export async function minutesAt(queries: Queries, device: number, times: readonly number[]): Promise<StoredRow[]> {
  const some = `${select} and at = any ($2::timestamptz[])`;
  return withHeld(queries, await queries.lists<MinuteRow>(some, [device, times.map(timeOf)]));
}

/** A day has a few dozen sets of held values, each of which is read once. */
async function withHeld(queries: Queries, rows: readonly MinuteRow[]): Promise<StoredRow[]> {
  const ids = [...new Set(rows.map(([, , , id]) => id))];
  const sets = await queries.all<{ id: number; content: NamedValues }>(
    "select id, content from held_values where id = any ($1::int[])",
    [ids],
  );
  const heldOf = new Map(sets.map(({ id, content }) => [id, pointsOfHeld(content)]));
  return rows.map((row) => {
    const [at, utcOffsetMinutes, rare, heldId] = row;
    const held = heldOf.get(heldId);
    if (held === undefined) throw new Error("a minute's held values are not stored");
    return { at, utcOffsetMinutes, rare, held, values: row.slice(valuesAt) as (number | null)[] };
  });
}
