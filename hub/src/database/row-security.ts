import type { ClientBase } from "pg";

/** The tables that the hub's role may read although row-level security is not forced on them; none in a database as it should be. */
export async function openTables(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select relname as name from pg_class
    where relnamespace = 'hub'::regnamespace and relkind in ('r', 'p')
      and not (relrowsecurity and relforcerowsecurity)
      and has_any_column_privilege('heatloop_hub_app', oid, 'select, insert, update')
    order by relname`);
  return rows.map(({ name }) => name);
}
