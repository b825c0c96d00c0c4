import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import pg from "pg";
import { expect, test } from "vitest";
import { emptyDatabase } from "#test/support/hub/database.ts";
import { recordingLog } from "#test/support/recording-log.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const own = join(import.meta.dirname, "../../../hub/migrations");

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const result: unknown = await client.query(text);
    return (result as pg.QueryResult).rows;
  } finally {
    await client.end();
  }
}

function prepare(url: string, migrations = own) {
  const log = recordingLog();
  return {
    log,
    done: prepareDatabase({ url, appPassword: "of a test", keyFingerprint: "of a test", log, migrations }),
  };
}

test("hubs that start at once make the tables once", async () => {
  const url = await emptyDatabase();
  const urls = await Promise.all([1, 2, 3, 4].map(() => prepare(url).done));
  expect(new Set(urls).size).toBe(1);
  const names = await ask(url, "select name from hub.migrations");
  expect(names).toEqual([...new Set(names.map((row) => JSON.stringify(row)))].map((text) => JSON.parse(text)));
});

test("a hub that starts again changes nothing, and logs nothing of it", async () => {
  const url = await emptyDatabase();
  await prepare(url).done;
  const again = prepare(url);
  await again.done;
  expect(again.log.lines).toEqual([]);
});

test("a hub goes on beside a newer one, whose migrations only add", async () => {
  const url = await emptyDatabase();
  const newer = await withOneMore("-- Up Migration\ncreate table later (at timestamptz);\n");
  await prepare(url, newer).done;
  const { log, done } = prepare(url);
  await done;
  expect(log.lines.join()).toContain(
    "the database is of a newer hub; this one goes on with what it knows of it newer=900_later",
  );
});

test("while a backup reads, a newer hub does not begin, says why, and keeps the older ones from nothing", async () => {
  const url = await emptyDatabase();
  const appUrl = await prepare(url).done;
  const newer = await withOneMore("-- Up Migration\nalter table nodes add column rating int;\n");
  const backup = new pg.Client({ connectionString: url });
  await backup.connect();
  await backup.query("begin; lock table hub.nodes in access share mode");
  await expect(prepare(url, newer).done).rejects.toThrow(/such as a backup: start this hub again once that has ended/);
  expect(await ask(appUrl, "select count(*)::int as rows from hub.nodes")).toEqual([{ rows: 0 }]);
  await backup.query("commit");
  await backup.end();
  await prepare(url, newer).done;
  expect(await ask(url, "select rating from hub.nodes")).toEqual([]);
});

test("a hub that is too old for the database says so and leaves it alone", async () => {
  const url = await emptyDatabase();
  const newer = await withOneMore("-- Up Migration\nupdate oldest_program set least_migrations = 900;\n");
  await prepare(url, newer).done;
  await expect(prepare(url).done).rejects.toThrow(
    "the database is of a newer hub (900_later), which this one can't work beside: start that version, or restore the backup " +
      "from before its update",
  );
});

test("a migration that fails leaves the database as it was", async () => {
  const url = await emptyDatabase();
  await prepare(url).done;
  const broken = await withOneMore("-- Up Migration\ncreate table half (x int);\nselect 1/0;\n");
  await expect(prepare(url, broken).done).rejects.toThrow(/division by zero/);
  expect(await ask(url, "select to_regclass('hub.half') as half")).toEqual([{ half: null }]);
  await prepare(url).done;
});

test("a server that is not there is named by its variable, and no password is told", async () => {
  const gone = prepare("postgres://owner:hunter2@127.0.0.1:9/heatloop").done;
  await expect(gone).rejects.toThrow(/^HUB_DATABASE_URL: the database cannot be reached \(.*\)$/);
  await expect(gone).rejects.not.toThrow(/hunter2/);
});

test("an owner who may not make roles is told what an administrator has to do", async () => {
  const admin = await emptyDatabase();
  await ask(admin, "create role modest login; create schema hub authorization modest");
  const url = new URL(admin);
  url.username = "modest";
  await expect(prepare(url.href).done).rejects.toThrow(/alter role <user> createrole/);
});

test("a hub with another key is refused, and locks nobody out", async () => {
  const url = await emptyDatabase();
  const appUrl = await prepare(url).done;
  const another = { url, appPassword: "another", keyFingerprint: "another", log: recordingLog() };
  await expect(prepareDatabase(another)).rejects.toThrow(/HUB_SECRETS: the database was set up with another hub-key/);
  expect(await ask(appUrl, "select 1 as still")).toEqual([{ still: 1 }]);
});

test("a role that was given too much is refused", async () => {
  const url = await emptyDatabase();
  const role = `${new URL(url).pathname.slice(1)}_app`;
  await prepare(url).done;
  await ask(url, `alter role ${role} bypassrls`);
  await expect(prepare(url).done).rejects.toThrow(`alter role ${role} nosuperuser nobypassrls`);
});

test("an owner who is no superuser is enough", async () => {
  const admin = await emptyDatabase();
  const name = new URL(admin).pathname.slice(1);
  await ask(admin, `create role keeper login createrole; grant create on database ${name} to keeper`);
  const url = new URL(admin);
  url.username = "keeper";
  const appUrl = await prepare(url.href).done;
  expect(await ask(appUrl, "select count(*)::int as rows from hub.nodes")).toEqual([{ rows: 0 }]);
  // As the docs have it.
  const longer = "update hub.retention set days = 60 where class = 'raw' returning days";
  await expect(ask(appUrl, longer)).rejects.toThrow(/permission denied/);
  expect(await ask(url.href, longer)).toEqual([{ days: 60 }]);
});

/** Our migrations and one that is not ours yet. */
async function withOneMore(sql: string): Promise<string> {
  const folder = temporaryFolder();
  await cp(own, folder, { recursive: true });
  await writeFile(join(folder, "900_later.sql"), sql);
  return folder;
}
