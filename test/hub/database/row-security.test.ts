import { randomUUID } from "node:crypto";
import type { Scope } from "@heatloop/hub/database/database";
import { openTables } from "@heatloop/hub/database/row-security";
import pg from "pg";
import { expect, test } from "vitest";
import { hubDatabase } from "#test/support/hub/database.ts";
import { newTenant } from "#test/support/hub/tenants.ts";

const { database, ownerUrl } = await hubDatabase();
const [north, south] = [await newTenant(ownerUrl, "North"), await newTenant(ownerUrl, "South")];
const tables = await tenantTables();

async function asOwner<T extends object>(text: string, values: readonly unknown[] = []): Promise<T[]> {
  const owner = new pg.Client({ connectionString: ownerUrl, options: "-c search_path=hub" });
  await owner.connect();
  try {
    return (await owner.query<T>(text, [...values])).rows;
  } finally {
    await owner.end();
  }
}

/** The tables that hold rows of tenants and that the hub's role can read. */
async function tenantTables(): Promise<string[]> {
  const rows = await asOwner<{ name: string }>(`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
    where c.relnamespace = 'hub'::regnamespace and c.relkind in ('r', 'p')
      and has_any_column_privilege('heatloop_hub_app', c.oid, 'select')
    order by 1`);
  return rows.map(({ name }) => name);
}

function count(scope: Scope, table: string): Promise<number> {
  return database.transaction(scope, async (queries) => {
    const row = await queries.first<{ rows: number }>(`select count(*)::int as rows from ${table}`);
    return row?.rows ?? -1;
  });
}

test("the role that the hub works with owns nothing, and no policy is waived for it", async () => {
  const role = await database.transaction({}, (queries) =>
    queries.first(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
      (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned,
      session_user = current_user as "isItself"
      from pg_roles where rolname = current_user`),
  );
  expect(role).toEqual({
    rolsuper: false,
    rolbypassrls: false,
    rolcreaterole: false,
    rolcreatedb: false,
    owned: 0,
    isItself: true,
  });
});

test("every table that the role can read has its policies forced", async () => {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  expect(await openTables(owner)).toEqual([]);
  await owner.query("create table hub.forgotten (tenant_id int); grant select on hub.forgotten to heatloop_hub_app");
  expect(await openTables(owner)).toEqual(["forgotten"]);
  await owner.query("drop table hub.forgotten");
  await owner.end();
});

test("there are tables of tenants", () => {
  expect(tables).toEqual(expect.arrayContaining(["devices", "memberships", "nodes"]));
});

test.each(["tenants", "users", ...tables])("nothing of %s is seen where no tenant is said", async (table) => {
  expect(await count({}, table)).toBe(0);
});

test("a tenant sees its own nodes and no other's", async () => {
  const seen = await database.transaction({ tenant: north.id }, (queries) =>
    queries.all<{ name: string }>("select name from nodes"),
  );
  expect(seen).toEqual([{ name: "home of North" }]);
});

test("a connection that was used for a tenant sees nothing when it is used again for none", async () => {
  for (let i = 0; i < 20; i += 1) {
    expect(await count({ tenant: north.id }, "nodes")).toBe(1);
    expect(await count({}, "nodes")).toBe(0);
  }
});

test("no row can be written for another tenant, moved to it, or changed there", async () => {
  const asNorth = (text: string, values: readonly unknown[]) =>
    database.transaction({ tenant: north.id }, (queries) => queries.change(text, values));
  const refused = /violates row-level security policy/;
  await expect(asNorth("insert into nodes (tenant_id, name) values ($1, 'x')", [south.id])).rejects.toThrow(refused);
  await expect(asNorth("update nodes set tenant_id = $1", [south.id])).rejects.toThrow(
    /row-level security|permission denied/,
  );
  expect(await asNorth("update nodes set name = 'mine' where tenant_id = $1", [south.id])).toBe(0);
  expect(await asNorth("delete from memberships where tenant_id = $1", [south.id])).toBe(0);
});

test("a person is seen by the tenants that the person works for, and by nobody else", async () => {
  expect(await count({ tenant: north.id }, "users")).toBe(1);
  expect(await count({ user: north.user }, "users")).toBe(1);
  expect(await count({ user: randomUUID() }, "users")).toBe(0);
  expect(await count({ email: "nobody@example.org" }, "users")).toBe(0);
});

test("nobody makes oneself an administrator of the platform", async () => {
  const make = database.transaction({ user: north.user }, (queries) =>
    queries.change("update users set is_platform_admin = true where id = $1", [north.user]),
  );
  await expect(make).rejects.toThrow(/permission denied/);
  const add = database.transaction({ user: north.user }, (queries) =>
    queries.change("insert into tenants (name) values ('of my own')"),
  );
  await expect(add).rejects.toThrow(/row-level security/);
});

test("an error undoes the whole transaction, and its connection can be used again", async () => {
  const failing = database.transaction({ tenant: north.id }, async (queries) => {
    await queries.change("update nodes set name = 'half done'");
    await queries.all("select 1/0");
  });
  await expect(failing).rejects.toThrow(/division by zero/);
  const nodes = await database.transaction({ tenant: north.id }, (queries) => queries.all("select name from nodes"));
  expect(nodes).toEqual([{ name: "home of North" }]);
});
