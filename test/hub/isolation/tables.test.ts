import { expect, test } from "vitest";
import { fuzzedHub } from "#test/support/hub/isolation/fuzzed-hub.ts";

const { database, asOwner, tenants } = await fuzzedHub();
const { north, south } = tenants;
const refusal = /row-level security|permission denied/;

type Table = { readonly name: string; readonly columns: readonly string[]; readonly changeable: readonly string[] };

/** Every table with rows of tenants, of the database as it is. */
const tables = await asOwner<Table>(`
  select c.table_name as name, array_agg(c.column_name::text order by c.ordinal_position) as columns,
    coalesce(array_agg(c.column_name::text) filter (where is_identity = 'NO' and has_column_privilege('heatloop_hub_app',
      format('hub.%I', c.table_name)::regclass, c.column_name, 'update')), '{}') as changeable
  from information_schema.columns c
    join pg_class on pg_class.oid = format('hub.%I', c.table_name)::regclass and not relispartition
  where c.table_schema = 'hub' and relkind in ('r', 'p') and exists (
    select from information_schema.columns o
    where o.table_schema = 'hub' and o.table_name = c.table_name and o.column_name = 'tenant_id')
  group by c.table_name order by c.table_name`);

const asNorth = (text: string, values: readonly unknown[] = []) =>
  database.transaction({ tenant: north.id }, (queries) => queries.change(text, values));
const refusedOrNone = (text: string, values?: readonly unknown[]) =>
  asNorth(text, values).catch((error: Error) => {
    if (refusal.test(error.message)) return 0;
    throw error;
  });

test.each(tables)("of $name no row of another tenant is seen, added, changed or removed", async (table) => {
  const { name, columns, changeable } = table;
  const ofSouth = `from ${name} where tenant_id = ${south.id}`;
  const [row] = await asOwner<{ row: object }>(`select to_jsonb(t) as row from (select * ${ofSouth} limit 1) t`);
  expect(await refusedOrNone(`select 1 ${ofSouth}`)).toBe(0);
  for (const column of changeable) {
    expect(await refusedOrNone(`update ${name} set ${column} = ${column} where tenant_id = $1`, [south.id])).toBe(0);
  }
  expect(await refusedOrNone(`delete ${ofSouth}`)).toBe(0);
  const adding = asNorth(
    `insert into ${name} (${columns}) overriding system value
     select ${columns} from jsonb_populate_record(null::${name}, $1)`,
    [JSON.stringify({ ...row?.row, tenant_id: south.id })],
  );
  await expect(adding).rejects.toThrow(refusal);
});

test("a table that lets another tenant's rows in is found", async () => {
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(["nodes", "minutes", "days", "sessions"]));
  await asOwner("create policy open_to_all on claim_codes using (true)");
  expect(await refusedOrNone("update claim_codes set used_at = used_at where tenant_id = $1", [south.id])).toBe(2);
  await asOwner("drop policy open_to_all on claim_codes");
});
