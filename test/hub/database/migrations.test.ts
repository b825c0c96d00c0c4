import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { breakingStatements } from "#test/support/hub/migration-rules.ts";

const hub = join(import.meta.dirname, "../../../hub");
const names = readdirSync(join(hub, "migrations")).sort();
const textOf = (name: string) => readFileSync(join(hub, "migrations", name), "utf8");
/** As sha256sum writes it: those that a release has, which databases somewhere have. */
const released = readFileSync(join(hub, "released-migrations.txt"), "utf8")
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => line.split(/ +/) as [string, string]);

test("a migration that was released is as it was, and new ones come behind it", () => {
  expect(names.slice(0, released.length)).toEqual(released.map(([, name]) => name));
  const now = released.map(([, name]) => [createHash("sha256").update(textOf(name)).digest("hex"), name]);
  expect(now).toEqual(released);
});

test.each(names)("%s takes nothing away from a hub of the version before", (name) => {
  expect(breakingStatements(textOf(name))).toEqual([]);
});

test.each([
  "drop table days",
  "alter table days drop column cop",
  "alter table days rename to dates",
  "alter table days rename column cop to spf",
  "alter table days alter column cop type text",
  "alter table days alter column cop set not null",
  "alter table days add column rating int not null",
  "alter table days add column a int not null default 0, add column b int not null",
  "alter table days add constraint some check (cop > 0)",
  "alter table days disable row level security",
  "alter table days drop constraint days_pkey",
  "create unique index days_cop on days (cop)",
  "create or replace function tenant() returns int language sql return 1",
  "drop policy of_tenant on days",
  "revoke select on days from heatloop_hub_app",
  "revoke all on function tenant() from public",
  "grant all on days to heatloop_hub_app",
  "update oldest_program set least_migrations = 7",
  "delete from days",
  "create view every as select * from days",
])("%s is found as what would break it", (statement) => {
  expect(breakingStatements(`-- Up Migration\ncreate table later (at int);\n${statement};`)).toEqual([statement]);
});

test.each([
  "alter table days add column rating int",
  "alter table days add column rating int not null default 0",
  "create unique index later_at on later (at)",
  "create or replace view hub_read.days with (security_invoker = true) as select * from days",
  "drop policy of_tenant on days; create policy of_tenant on days using (true)",
  "create function later() returns text language sql as $$ select 'drop; table'; drop table days $$",
  "alter table days drop constraint days_cop_check",
  "insert into later values ('drop table days; --')",
])("%s is found as what only adds", (statements) => {
  expect(breakingStatements(`-- drop table days;\ncreate table later (at int);\n${statements};`)).toEqual([]);
});
