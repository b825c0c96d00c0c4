import type { Queries } from "../database/queries.ts";
import type { HomeDevice } from "./devices.ts";
import { minuteColumns, sqlTypes } from "./minute-columns.ts";
import { digestOfHeld, type MinuteRecord, minuteOfStored, pointsOfHeld, type StoredMinute } from "./minute-record.ts";
import { minutesAt } from "./stored-minutes.ts";

/** What became of rows that could be stored. */
export type StoredCounts = {
  readonly stored: number;
  readonly repeated: number;
  readonly different: readonly number[];
};

const columnNames = minuteColumns.map(({ name }) => name);
const own = { at: "timestamptz", held_id: "int", utc_offset_minutes: "smallint", rare: "jsonb" } as const;
const insert = `
  insert into minutes (tenant_id, device_id, ${[...Object.keys(own), ...columnNames].join(", ")})
  select $1, $2, ${[...Object.keys(own), ...columnNames].map((name) => `u.${name}`).join(", ")}
  from unnest(${[...Object.values(own), ...minuteColumns.map(({ kind }) => sqlTypes[kind])]
    .map((type, at) => `$${at + 3}::${type}[]`)
    .join(", ")}) as u (${[...Object.keys(own), ...columnNames].join(", ")})
  on conflict do nothing
  returning at`;
/**
 * Stores minutes of a heat pump. A minute that is there already stays as it is; `different` are the times of those that came
 * with other values.
 */
export async function storeMinutes(
  queries: Queries,
  { tenant, id }: HomeDevice,
  records: readonly MinuteRecord[],
): Promise<StoredCounts> {
  if (records.length === 0) return { stored: 0, repeated: 0, different: [] };
  const heldIds = await storeHeld(queries, { tenant, id }, records);
  const inserted = await queries.all<{ at: number }>(insert, [
    tenant,
    id,
    records.map(({ at }) => new Date(at).toISOString()),
    numbersText(heldIds),
    numbersText(records.map(({ utcOffsetMinutes }) => utcOffsetMinutes)),
    records.map(({ rare }) => (rare === null ? null : JSON.stringify(rare))),
    ...minuteColumns.map((_column, at) => numbersText(records.map(({ values }) => values[at] ?? null))),
  ]);
  const stored = new Set(inserted.map(({ at }) => at));
  // A minute that is twice among them is the first one's.
  const before = records.filter(({ at }) => !stored.delete(at));
  const different = await differentOnes(queries, id, before);
  return { stored: inserted.length, repeated: before.length - different.length, different };
}

/** The ids of the held values of records, one a record. */
async function storeHeld(
  queries: Queries,
  { tenant, id }: Pick<HomeDevice, "tenant" | "id">,
  records: readonly MinuteRecord[],
): Promise<number[]> {
  const digestOf = new Map<string, string>();
  for (const { held } of records) if (!digestOf.has(held)) digestOf.set(held, digestOfHeld(held).toString("hex"));
  const sets = new Map([...digestOf].map(([held, digest]) => [digest, held]));
  const known = [...sets.keys()].sort();
  await queries.change(
    `insert into held_values (tenant_id, device_id, digest, content)
      select $1, $2, decode(digest, 'hex'), content from unnest($3::text[], $4::jsonb[]) as u (digest, content)
      on conflict (device_id, digest) do nothing`,
    [tenant, id, known, known.map((digest) => sets.get(digest))],
  );
  const rows = await queries.all<{ id: number; digest: string }>(
    `select id, encode(digest, 'hex') as digest from held_values
      where device_id = $1 and digest in (select decode(x, 'hex') from unnest($2::text[]) as x)`,
    [id, known],
  );
  const ids = new Map(rows.map((row) => [row.digest, row.id]));
  return records.map(({ held }) => ids.get(digestOf.get(held) ?? "") as number);
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
