import { type Database, openDatabase } from "@heatloop/hub/database/database";
import { prepareDatabase } from "@heatloop/hub/database/prepare";
import { afterAll } from "vitest";
import { installedPostgres, type Postgres, startPostgres } from "#scripts/hub-scene/postgres.ts";
import { recordingLog } from "#test/support/recording-log.ts";

let server: Promise<Postgres> | undefined;
let databases = 0;

/** The test file's own PostgreSQL; started with the first call, and ended after the file's last test. */
export function postgresOfFile(): Promise<Postgres> {
  server ??= (async () => {
    const bin = installedPostgres();
    if (bin === undefined) throw new Error("this test needs PostgreSQL: install it (as root, scripts/test does)");
    const started = await startPostgres({ bin, isDurable: false });
    return started;
  })();
  return server;
}

afterAll(async () => {
  await (await server)?.close();
});

/** The URL of an empty database, for its owner. */
export async function emptyDatabase(): Promise<string> {
  const postgres = await postgresOfFile();
  databases += 1;
  return postgres.createDatabase(`heatloop_${databases}`);
}

/** A database with the hub's tables, as the hub uses it, and the URL of its owner. */
export async function hubDatabase(): Promise<{ readonly database: Database; readonly ownerUrl: string }> {
  const ownerUrl = await emptyDatabase();
  const log = recordingLog();
  const database = openDatabase(
    await prepareDatabase({ url: ownerUrl, appPassword: "of a test", keyFingerprint: "of a test", log }),
    log,
  );
  return { database, ownerUrl };
}
