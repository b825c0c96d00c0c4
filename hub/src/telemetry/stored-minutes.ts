import type { Queries } from "../database/queries.ts";
import { minuteColumns } from "./minute-columns.ts";
import type { MinuteRecord, NamedValues } from "./minute-record.ts";

const columnNames = minuteColumns.map(({ name }) => name);
const select = `
  select minutes.at, utc_offset_minutes, rare, held.content as held, ${columnNames.join(", ")}
  from minutes join held_values held on held.id = minutes.held_id
  where minutes.device_id = $1`;

type StoredMinute = Record<string, number | null> & {
  readonly at: number;
  readonly utc_offset_minutes: number;
  readonly held: NamedValues;
  readonly rare: NamedValues | null;
};

/** The minutes of a heat pump that began in a span of time (ms since the epoch, `to` excluded), in their order. */
export async function minutesBetween(
  queries: Queries,
  device: number,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<MinuteRecord[]> {
  const between = `${select} and minutes.at >= $2 and minutes.at < $3 order by minutes.at`;
  return (await queries.all<StoredMinute>(between, [device, isoOf(from), isoOf(to)])).map(recordOfRow);
}

/** The minutes of a heat pump that began at these times, in no order. */
export async function minutesAt(queries: Queries, device: number, times: readonly number[]): Promise<MinuteRecord[]> {
  const some = `${select} and minutes.at = any ($2::timestamptz[])`;
  return (await queries.all<StoredMinute>(some, [device, times.map(isoOf)])).map(recordOfRow);
}

function isoOf(at: number): string {
  return new Date(at).toISOString();
}

function recordOfRow(row: StoredMinute): MinuteRecord {
  const { at, held, rare, utc_offset_minutes: utcOffsetMinutes } = row;
  return { at, utcOffsetMinutes, held, rare, values: columnNames.map((name) => row[name] ?? null) };
}
