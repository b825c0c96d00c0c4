import { openDatabase } from "@heatloop/hub/database/database";
import { readerRoutes } from "@heatloop/hub/readers/reader-routes";
import { buildHubWeb } from "@heatloop/hub/web/web";
import pg from "pg";
import { afterAll, expect, onTestFinished, test } from "vitest";
import { fuzzedHub } from "#test/support/hub/isolation/fuzzed-hub.ts";
import { recordingLog } from "#test/support/recording-log.ts";

type Reader = { readonly id: string; readonly role: string; readonly password: string };

const { database, clock, ownerUrl, tenants, asOwner } = await fuzzedHub();
const { north, south } = tenants;
const log = recordingLog();
const owner = openDatabase(ownerUrl, log, { max: 2 });
const web = buildHubWeb({
  routes: [readerRoutes({ database, owner, clock, log })],
  recognize: [
    async ({ headers }) => ({ kind: "program", standing: { tenant: Number(headers["x-tenant"]), role: "admin" } }),
  ],
  secrets: { keyFor: () => Buffer.alloc(32, 7) },
  version: "0.0.0",
  log,
});
await web.ready();
afterAll(async () => {
  await web.close();
  await owner.close();
});

const as = (tenant: number) => ({ "x-tenant": String(tenant) });
async function made(tenant: number, name = "Grafana"): Promise<Reader> {
  const url = "/api/v1/readers";
  const reply = await web.inject({ method: "POST", url, headers: as(tenant), payload: { name } });
  expect(reply.statusCode).toBe(201);
  return reply.json();
}
const remove = (tenant: number, { id }: Pick<Reader, "id">) =>
  web.inject({ method: "DELETE", url: `/api/v1/readers/${id}`, headers: as(tenant) });

async function connected({ role, password }: Reader): Promise<pg.Client> {
  const url = new URL(ownerUrl);
  url.username = role;
  url.password = password;
  const client = new pg.Client({ connectionString: url.href });
  client.on("error", () => {});
  await client.connect();
  return client;
}

const reader = await made(north.id);
await made(south.id);
const session = await connected(reader);
afterAll(() => session.end());
const count = async (text: string, client = session) =>
  Number((await client.query<{ count: string }>(`select count(*) from ${text}`)).rows[0]?.count);

const views = await asOwner<{ name: string; columns: string[] }>(
  `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
   where table_schema = 'hub_read' group by 1 order by 1`,
);
const tables = await asOwner<{ name: string }>(
  `select format('%I.%I', nspname, relname) as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
   where relkind in ('r', 'p', 'v', 'm', 'f') and nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'hub_read')
   order by 1`,
);
const foreignPumps = await asOwner<{ id: string }>("select public_id as id from devices where tenant_id <> $1", [
  north.id,
]);
const foreign = foreignPumps.map(({ id }) => `'${id}'`).join(", ");

test.each(views)("shows rows of its own organization in $name, and none of another's", async ({ name }) => {
  expect(await count(name)).toBeGreaterThan(0);
  expect(await count(`${name} where heat_pump_id in (${foreign})`)).toBe(0);
  const all = await asOwner<{ count: number }>(
    `select count(*)::int as count from hub_read.${name} where heat_pump_id in (${foreign})`,
  );
  expect(all[0]?.count).toBeGreaterThan(0);
});

test("shows nothing of people in any of them", () => {
  expect(views.map(({ name }) => name)).toEqual([
    ...["costs", "days", "heat_pumps", "hours", "minutes", "months", "quarters", "transitions"],
  ]);
  const columns = views.flatMap((view) => view.columns).join(" ");
  expect(columns).not.toMatch(/email|user|password|secret|key/);
});

test.each(tables)("does not get at $name", async ({ name }) => {
  await expect(session.query(`select * from ${name}`)).rejects.toThrow(/permission denied/);
});

test.each([
  ["set hub.tenant", `set hub.tenant = '${south.id}'`],
  ["set_config", `select set_config('hub.tenant', '${south.id}', false)`],
  ["set role to its own group", "set role heatloop_hub_reader"],
  ["set search_path", "set search_path = hub, hub_read"],
  ["reset all", "reset all; set search_path = hub_read"],
  ["row_security", "set row_security = off"],
])("sees nothing more after %s", async (_what, statement) => {
  const client = await connected(reader);
  onTestFinished(() => client.end());
  await client.query(statement);
  for (const { name } of views) {
    const seen = await count(`hub_read.${name} where heat_pump_id in (${foreign})`, client).catch((error) => {
      // Who switches policies off is refused.
      expect(String(error)).toMatch(/row-level security/);
      return 0;
    });
    expect(seen).toBe(0);
  }
});

test.each([
  "set role heatloop_hub_app",
  "set role heatloop_hub_jobs",
  "set role owner",
  "set session authorization owner",
  "select hub.tenant()",
  "select hub.reader_tenant()",
  "insert into hub_read.heat_pumps (home) values ('x')",
  "update hub_read.days set heat_wh = 0",
  "delete from hub_read.months",
  "create table public.taken (at int)",
  "create table hub_read.taken (at int)",
  "create function public.taken() returns int language sql return 1",
  "create schema taken",
  "create role taken",
  "select pg_read_file('/etc/passwd')",
  "copy (select 1) to program 'true'",
  "select rolpassword from pg_authid",
])("is refused %s", async (statement) => {
  const client = await connected(reader);
  onTestFinished(() => client.end());
  await client.query("set default_transaction_read_only = off");
  await expect(client.query(statement)).rejects.toThrow(/permission denied|must be|cannot (insert|update|delete)/);
});

test("policies that would let a session choose its tenant are found", async () => {
  const bound = ["days", "devices", "nodes"];
  for (const table of bound) await asOwner(`drop policy bound on ${table}`);
  onTestFinished(async () => {
    for (const table of bound) {
      await asOwner(`create policy bound on ${table} as restrictive for select to heatloop_hub_reader
        using (tenant_id = (select reader_tenant()))`);
    }
  });
  const client = await connected(reader);
  onTestFinished(() => client.end());
  await client.query(`set hub.tenant = '${south.id}'`);
  expect(await count(`hub_read.days where heat_pump_id in (${foreign})`, client)).toBeGreaterThan(0);
});

test("writes nothing by default, waits for no statement for long, and has few connections", async () => {
  const { rows } = await session.query("select current_setting('statement_timeout') as timeout");
  expect(rows).toEqual([{ timeout: "30s" }]);
  await expect(session.query("create temporary table noted (at int)")).rejects.toThrow(/read-only transaction/);
  const others = [await connected(reader), await connected(reader)];
  onTestFinished(async () => {
    for (const each of others) await each.end();
  });
  await expect(connected(reader)).rejects.toThrow(/too many connections/);
});

test("is listed without its password, and removed by its own organization alone; its session sees nothing then", async () => {
  const gone = await made(north.id, "For a day");
  const client = await connected(gone);
  onTestFinished(() => client.end());
  expect(await count("days", client)).toBeGreaterThan(0);
  const listed = await web.inject({ url: "/api/v1/readers", headers: as(north.id) });
  const names = listed.json().items.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(["For a day", "Grafana"]));
  expect(listed.body).not.toMatch(/password/);
  expect((await remove(south.id, gone)).statusCode).toBe(404);
  expect((await remove(north.id, gone)).statusCode).toBe(204);
  expect((await remove(north.id, gone)).statusCode).toBe(404);
  expect(await count("days", client).catch(() => 0)).toBe(0);
  await expect(connected(gone)).rejects.toThrow(/does not exist/);
  expect(log.lines.join()).not.toContain(gone.password);
});

test("there are five of an organization at most", async () => {
  const url = "/api/v1/readers";
  const more = async () =>
    (await web.inject({ method: "POST", url, headers: as(south.id), payload: { name: "One more" } })).statusCode;
  expect(await Promise.all([more(), more(), more(), more(), more()])).toEqual(expect.arrayContaining([201, 409]));
  const { items: readers } = (await web.inject({ url, headers: as(south.id) })).json();
  expect(readers.length).toBe(5);
});
