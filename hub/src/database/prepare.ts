import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@heatloop/program/log";
import pg from "pg";
import { prepareAppRole, prepareGroups } from "./roles.ts";
import { openTables } from "./row-security.ts";

const migrationsFolder = join(import.meta.dirname, "../../migrations");
const leastVersion = 150_000;
/** Hubs that start together take turns; a number of ours that no other program uses. */
const startLock = 4_838_471;

/** Whoever waits for a table keeps all who come later from it: other hubs go on while something reads for long. */
const waitsForTables = "5s";

/** What a database is prepared with. */
export type DatabaseToPrepare = {
  /** Of the database's owner. */
  readonly url: string;
  /** Of the role that it shall be used by. */
  readonly appPassword: string;
  /** Says which key the hub has, and nothing else of it: what is stored encrypted opens with that key alone. */
  readonly keyFingerprint: string;
  readonly log: Log;
  /** Where the migrations are, if not beside the program. */
  readonly migrations?: string;
};

/**
 * Brings the database to this program's schema as its owner, and answers the URL by which it is used: that of a role that owns
 * nothing. Several hubs may do so at once. Throws with a sentence for a person where the database is not one that this program
 * can use; then nothing was changed.
 */
export async function prepareDatabase({
  url,
  appPassword,
  keyFingerprint,
  log,
  migrations = migrationsFolder,
}: DatabaseToPrepare): Promise<string> {
  const owner = new pg.Client({ connectionString: url, options: "-c search_path=hub" });
  owner.on("error", () => {});
  await owner.connect().catch((error: Error) => {
    throw new Error(`HUB_DATABASE_URL: the database cannot be reached (${error.message})`);
  });
  try {
    await refuseOldServer(owner);
    await owner.query("select pg_advisory_lock($1)", [startLock]);
    await prepareGroups(owner);
    await migrate(owner, migrations, log);
    await owner.query(`grant usage on schema hub to heatloop_hub_app, heatloop_hub_jobs`);
    await refuseOtherKey(owner, keyFingerprint);
    const role = await prepareAppRole(owner, appPassword);
    const open = await openTables(owner);
    if (open.length > 0) {
      throw new Error(
        `the tables ${open.join(", ")} would show rows of other tenants: row-level security is not forced`,
      );
    }
    const appUrl = new URL(url);
    appUrl.username = encodeURIComponent(role);
    appUrl.password = encodeURIComponent(appPassword);
    return appUrl.href;
  } finally {
    await owner.end();
  }
}

async function refuseOldServer(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ version: number }>(
    "select current_setting('server_version_num')::int as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version >= leastVersion) return;
  const major = Math.floor(version / 10_000);
  throw new Error(`HUB_DATABASE_URL: the database is PostgreSQL ${major}; the hub needs 15 or newer`);
}

/** A hub that has lost its key would write what the others cannot open, and lock them out of the database. */
async function refuseOtherKey(owner: pg.Client, fingerprint: string): Promise<void> {
  await owner.query("insert into hub_key (fingerprint) values ($1) on conflict do nothing", [fingerprint]);
  const { rows } = await owner.query<{ fingerprint: string }>("select fingerprint from hub_key");
  if (rows[0]?.fingerprint === fingerprint) return;
  throw new Error(
    "HUB_SECRETS: the database was set up with another hub-key: give every hub the same folder, or restore the hub-key from " +
      "its backup",
  );
}

async function migrate(owner: pg.Client, folder: string, log: Log): Promise<void> {
  const known = (await readdir(folder)).map((file) => file.replace(/\.sql$/, "")).sort();
  const applied = await appliedTo(owner);
  await refuseNewerSchema(owner, { known, applied }, log);
  if (known.every((name) => applied.includes(name))) return;
  // Only a new version has anything to do: a hub that starts again does not load it.
  const { runner } = await import("node-pg-migrate");
  await owner.query(`set lock_timeout = '${waitsForTables}'`);
  const ran = await runner({
    dbClient: owner,
    dir: folder,
    direction: "up",
    schema: "hub",
    createSchema: true,
    migrationsTable: "migrations",
    checkOrder: false,
    advisoryLockMode: "wait",
    log: () => {},
  }).catch((error: NodeJS.ErrnoException) => {
    throw error.code === "55P03" ? new Error(tablesInUse) : error;
  });
  if (ran.length > 0)
    log.info("the database was brought to this version", { by: ran.map(({ name }) => name).join(" ") });
}

const tablesInUse =
  "HUB_DATABASE_URL: the tables cannot be brought to this version while something uses them for long, such as a backup: start this " +
  "hub again once that has ended; hubs of the version before go on";

/** A newer hub only ever adds to the tables, so an older one goes on beside it, unless the newer one has said that it can't. */
async function refuseNewerSchema(
  owner: pg.Client,
  { known, applied }: { readonly known: readonly string[]; readonly applied: readonly string[] },
  log: Log,
): Promise<void> {
  const newer = applied.filter((name) => !known.includes(name));
  if (newer.length === 0) return;
  const needed = await owner.query<{ least: number }>("select least_migrations as least from hub.oldest_program");
  if ((needed.rows[0]?.least ?? 0) > known.length) {
    throw new Error(
      `the database is of a newer hub (${newer.join(", ")}), which this one can't work beside: start that version, or restore ` +
        "the backup from before its update",
    );
  }
  log.warn("the database is of a newer hub; this one goes on with what it knows of it", { newer: newer.join(" ") });
}

/** The names of the migrations that a database has, in the order in which they were applied. */
async function appliedTo(owner: pg.Client): Promise<string[]> {
  const { rows } = await owner.query<{ there: boolean }>("select to_regclass('hub.migrations') is not null as there");
  if (rows[0]?.there !== true) return [];
  const applied = await owner.query<{ name: string }>("select name from hub.migrations order by id");
  return applied.rows.map(({ name }) => name);
}
