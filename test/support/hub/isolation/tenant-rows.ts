import pg from "pg";
import { numberMarks, tenantNames, wordOf } from "./marked-words.ts";

/** A value that stands in rows of these tenants alone, by their ids; `column` is one where it does: `nodes.id`. */
export type Mark = { readonly value: string; readonly column: string; readonly tenants: readonly number[] };

/** Rows of a table that belong to the same tenants, and are not what they were. */
export type ChangedRows = { readonly table: string; readonly owners: readonly number[] };

/** Every table of a hub, read and restored as the database's owner. */
export type TenantRows = {
  /** All uuids, and all texts with a tenant's word, wherever they stand. */
  readonly marks: readonly Mark[];
  /** Rows of one table with two uuids of it, such as a key and its node. */
  readonly pairs: readonly (readonly [string, string])[];
  /** What is not as it was in the beginning; it is so again afterwards. */
  changedAndRestored(): Promise<readonly ChangedRows[]>;
  close(): Promise<void>;
};

type Table = { readonly name: string; readonly columns: readonly string[] };

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keeps a copy of all rows as they are: what they are compared with, and become again. */
export async function keptRows(ownerUrl: string): Promise<TenantRows> {
  const owner = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub -c jit=off" });
  owner.on("error", () => {});
  await owner.connect();
  const all = async <T extends object>(text: string) => (await owner.query<T>(text)).rows;
  const tables = await all<Table>(`
    select relname as name, array_agg(attname::text order by attnum) as columns
    from pg_class join pg_attribute on attrelid = pg_class.oid and attnum > 0 and not attisdropped
    where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> 'migrations'
    group by relname order by relname`);
  await owner.query("create schema kept");
  for (const { name } of tables) await owner.query(`create table kept.${name} as table hub.${name}`);
  await owner.query("analyze");
  const read = async (of: readonly Table[]) => {
    if (of.length === 0) return new Map();
    const rows = await all<ChangedRows & { digest: string }>(of.map(digestOf).join(" union all "));
    return new Map(rows.map((row) => [`${row.table} ${row.owners}`, row]));
  };
  const states = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, concat(count(*), ' ', max(xmin::text::bigint)) as state from hub.${name}`,
    )
    .join(" union all ");
  const readStates = async () =>
    new Map((await all<{ name: string; state: string }>(states)).map(({ name, state }) => [name, state]));
  const newest = async () =>
    String((await all<{ at: string }>("select pg_snapshot_xmax(pg_current_snapshot()) as at"))[0]?.at);
  const before = await read(tables);
  let [seen, written] = [await newest(), await readStates()];
  return {
    ...(await marksIn(tables, all)),
    async changedAndRestored() {
      // Whoever writes takes a number, so where none was taken nothing was written.
      if ((await newest()) === seen) return [];
      const states = await readStates();
      const touched = tables.filter(({ name }) => states.get(name) !== written.get(name));
      const now = await read(touched);
      const isTouched = (key: string) => touched.some(({ name }) => key.startsWith(`${name} `));
      const changed = [...new Set([...before.keys(), ...now.keys()])]
        .filter((key) => isTouched(key) && before.get(key)?.digest !== now.get(key)?.digest)
        .map((key) => (before.get(key) ?? now.get(key)) as ChangedRows);
      const names = [...new Set(changed.map(({ table }) => table))];
      if (names.length > 0) await owner.query(restoring(names));
      [seen, written] = [await newest(), await readStates()];
      return changed;
    },
    close: () => owner.end(),
  };
}

/** Of each owners' rows of a table. */
function digestOf(table: Table): string {
  return `select '${table.name}' as "table", ${ownersOf(table)} as owners,
    md5(string_agg(t::text, e'\\n' order by t::text)) as digest from hub.${table.name} t group by 2`;
}

/** Only rows that differ are written. Neither triggers nor foreign keys see it: the rows were whole. */
function restoring(names: readonly string[]): string {
  const each = names.map(
    (name) => `delete from hub.${name} t where t::text not in (select k::text from kept.${name} k);
      insert into hub.${name} overriding system value
        select k.* from kept.${name} k where k::text not in (select t::text from hub.${name} t);`,
  );
  return `begin; set local session_replication_role = replica; ${each.join(" ")} commit`;
}

/** An SQL expression: the ids of the tenants that a row `t` belongs to; none where it is nobody's. */
function ownersOf({ name, columns }: Table): string {
  const ofUser = (user: string) =>
    `coalesce((select array_agg(m.tenant_id order by m.tenant_id) from kept.memberships m where m.user_id = ${user}), '{}')`;
  const of = (table: string, column: string) =>
    `coalesce((select array[o.tenant_id] from kept.${table} o where o.id = t.${column}), '{}')`;
  if (name === "tenants") return "coalesce((select array[o.id] from kept.tenants o where o.id = t.id), '{}')";
  if (name === "users") return ofUser("t.id");
  // A person's, also where it works in a tenant.
  if (name === "sessions") return ofUser("t.user_id");
  const more = columns.includes("user_id") ? ofUser("t.user_id") : "'{}'";
  if (columns.includes("tenant_id")) return `case when t.tenant_id is null then ${more} else array[t.tenant_id] end`;
  if (columns.includes("user_id")) return ofUser("t.user_id");
  if (columns.includes("node_id")) return of("nodes", "node_id");
  return columns.includes("device_id") ? of("devices", "device_id") : "'{}'::int[]";
}

async function marksIn(
  tables: readonly Table[],
  all: <T extends object>(text: string) => Promise<T[]>,
): Promise<Pick<TenantRows, "marks" | "pairs">> {
  const found = new Map<string, { column: string; tenants: Set<number> }>();
  const pairs: [string, string][] = [];
  for (const table of tables) {
    const rows = await all<{ owners: number[]; row: object }>(
      `select ${ownersOf(table)} as owners, to_jsonb(t) as row from kept.${table.name} t`,
    );
    for (const { owners, row } of rows) {
      if (owners.length === 0) continue;
      const values = Object.entries(row).flatMap(([column, value]) => textsIn(value).map((text) => ({ column, text })));
      for (const { column, text } of values) {
        const mark = found.get(text) ?? { column: `${table.name}.${column}`, tenants: new Set() };
        for (const tenant of owners) mark.tenants.add(tenant);
        found.set(text, mark);
      }
      const ids = values.filter(({ text }) => uuid.test(text)).map(({ text }) => text);
      for (const id of ids) for (const other of ids) if (id !== other) pairs.push([id, other]);
    }
  }
  const marks = [...found].map(([value, { column, tenants }]) => ({ value, column, tenants: [...tenants] }));
  return { marks, pairs };
}

/** The uuids, words and numbers that tell tenants apart, in a value of any depth. */
function textsIn(value: unknown): string[] {
  if (typeof value === "number") return Object.values(numberMarks).includes(value) ? [String(value)] : [];
  if (typeof value === "object" && value !== null) return Object.values(value).flatMap(textsIn);
  if (typeof value !== "string") return [];
  return uuid.test(value) || tenantNames.some((name) => value.includes(wordOf(name))) ? [value] : [];
}
