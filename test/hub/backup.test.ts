import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { installedPostgres, startPostgres } from "#scripts/hub-scene/postgres.ts";
import { postgresOfFile } from "#test/support/hub/database.ts";
import { newTenant } from "#test/support/hub/tenants.ts";
import { recordingLog } from "#test/support/recording-log.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/hub-deploy.md"), "utf8");

/** As deploy/hub/postgres/make-database.sh does. */
async function madeDatabase(superuserUrl: string): Promise<string> {
  await run(superuserUrl, ["create role heatloop login createrole", "create database heatloop owner heatloop"]);
  const url = new URL(superuserUrl);
  url.username = "heatloop";
  url.pathname = "/heatloop";
  return url.href;
}

async function run(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

test("a database that was backed up and restored as docs/hub-deploy.md says has its rows and its policies", async () => {
  const log = recordingLog();
  const prepared = { appPassword: "of a test", keyFingerprint: "of a test", log };
  const old = await postgresOfFile();
  const oldUrl = await madeDatabase(old.urlOf("postgres"));
  await prepareDatabase({ ...prepared, url: oldUrl });
  const [north, south] = [
    await newTenant(old.urlOf("heatloop"), "North"),
    await newTenant(old.urlOf("heatloop"), "South"),
  ];

  const folder = mkdtempSync(join(tmpdir(), "heatloop-backup-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const dump = join(folder, "heatloop-hub.dump");
  expect(page).toContain("pg_dump -U postgres -Fc heatloop");
  execFileSync("pg_dump", ["-Fc", "--file", dump, old.urlOf("heatloop")]);

  const bin = installedPostgres() as string;
  const server = await startPostgres({ bin, isDurable: false });
  onTestFinished(server.close);
  const url = await madeDatabase(server.urlOf("postgres"));
  const statements = [...page.matchAll(/-c '([^']+)'/g)].map(([, statement]) => statement as string);
  expect(statements.length).toBe(4);
  await run(server.urlOf("heatloop"), statements);
  expect(page).toContain("pg_restore -U postgres -d heatloop --exit-on-error");
  execFileSync("pg_restore", ["-d", server.urlOf("heatloop"), "--exit-on-error", dump]);

  const database = openDatabase(await prepareDatabase({ ...prepared, url }), log);
  onTestFinished(() => database.close());
  const nodesOf = (tenant: number) =>
    database.transaction({ tenant }, (queries) => queries.all<{ id: string }>("select id from nodes"));
  expect(await nodesOf(north.id)).toEqual([{ id: north.node }]);
  expect(await nodesOf(south.id)).toEqual([{ id: south.node }]);
});
