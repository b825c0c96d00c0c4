import type { Queries } from "../database/queries.ts";
import { idsOfHeld } from "./held-values.ts";
import { minuteColumns, sqlTypes } from "./minute-columns.ts";
import { type MinuteRecord, minuteOfStored, pointsOfHeld, type StoredMinute } from "./minute-record.ts";
import { minutesAt } from "./stored-minutes.ts";

/** Minutes of a heat pump, by the number that its rows have. */
export type DeviceMinutes = { readonly device: number; readonly records: readonly MinuteRecord[] };

/** What became of rows that could be stored. */
export type StoredCounts = {
  readonly stored: number;
  readonly repeated: number;
  readonly different: readonly number[];
};

const columnNames = minuteColumns.map(({ name }) => name);
const own = { device_id: "int", at: "timestamptz", held_id: "int", utc_offset_minutes: "smallint", rare: "jsonb" };
const names = [...Object.keys(own), ...columnNames];
const types = [...Object.values(own), ...minuteColumns.map(({ kind }) => sqlTypes[kind])];
const insert = `
  insert into minutes (tenant_id, ${names.join(", ")})
  select $1, ${names.map((name) => `u.${name}`).join(", ")}
  from unnest(${types.map((type, at) => `$${at + 2}::${type}[]`).join(", ")}) as u (${names.join(", ")})
  on conflict do nothing
  returning device_id, at`;

/**
 * Stores minutes of heat pumps of a tenant; answers what became of each one's, in their order. A minute that is there already
 * stays as it is; `different` are the times of those that came with other values.
 */
export async function storeMinutes(
  queries: Queries,
  tenant: number,
  all: readonly DeviceMinutes[],
): Promise<StoredCounts[]> {
  const rows = all.flatMap(({ device, records }) => records.map((record) => ({ ...record, device })));
  const stored = rows.length === 0 ? new Set<string>() : await insertRows(queries, tenant, rows);
  const counts: StoredCounts[] = [];
  for (const { device, records } of all) {
    // A minute that is twice among them is the first one's.
    const before = records.filter(({ at }) => !stored.delete(`${device} ${at}`));
    const different = await differentOnes(queries, device, before);
    counts.push({
      stored: records.length - before.length,
      repeated: before.length - different.length,
      different,
    });
  }
  return counts;
}

/** Which were not there before: heat pump and time of each. */
async function insertRows(
  queries: Queries,
  tenant: number,
  sent: readonly (MinuteRecord & { readonly device: number })[],
): Promise<Set<string>> {
  // In one order for all, so that two that store the same ones never wait for each other.
  const rows = sent.toSorted((a, b) => a.device - b.device || a.at - b.at);
  const heldIds = await idsOfHeld(queries, tenant, rows);
  const inserted = await queries.lists<readonly [number, number]>(insert, [
    tenant,
    numbersText(rows.map(({ device }) => device)),
    rows.map(({ at }) => new Date(at).toISOString()),
    numbersText(heldIds),
    numbersText(rows.map(({ utcOffsetMinutes }) => utcOffsetMinutes)),
    rows.map(({ rare }) => (rare === null ? null : JSON.stringify(rare))),
    ...minuteColumns.map((_column, at) => numbersText(rows.map(({ values }) => values[at] ?? null))),
  ]);
  return new Set(inserted.map(([device, at]) => `${device} ${at}`));
}

/** The times of the records whose minute is stored with other values. */
async function differentOnes(queries: Queries, device: number, records: readonly MinuteRecord[]): Promise<number[]> {
  if (records.length === 0) return [];
  const times = records.map(({ at }) => at);
  const stored = new Map((await minutesAt(queries, device, times)).map((minute) => [minute.at, contentOf(minute)]));
  return records
    .filter((record) => stored.get(record.at) !== contentOf({ ...record, held: pointsOfHeld(JSON.parse(record.held)) }))
    .map(({ at }) => at);
}

function contentOf(minute: StoredMinute): string {
  return JSON.stringify(minuteOfStored(minute));
}

/** Numbers as PostgreSQL writes an array; for tens of thousands of them a general writer takes its time. */
function numbersText(numbers: readonly (number | null)[]): string {
  let text = "{";
  for (const [at, number] of numbers.entries()) text += `${at === 0 ? "" : ","}${number ?? "NULL"}`;
  return `${text}}`;
}
