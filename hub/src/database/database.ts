import type { Log } from "@heatloop/program/log";
import { messageOf } from "@heatloop/program/log";
import pg, { type PoolConfig } from "pg";
import { columnTypes } from "./column-types.ts";
import { type Queries, queriesOf } from "./queries.ts";

/**
 * What a transaction says of itself, and all that it is let see by: the tenant whose rows they are, or what its asker has
 * named (a user, an e-mail address, a node, an API token by its id) or shown (`secret`: SHA-256 of a session, a token, an invitation or a claim code).
 */
export type Scope = {
  readonly tenant?: number;
  readonly user?: string;
  readonly email?: string;
  readonly node?: string;
  readonly token?: string;
  readonly secret?: Buffer;
};

/** The tables, as the role sees them that owns nothing and is bound by the policies of every table. */
export type Database = {
  /** Runs statements in one transaction that sees what its scope names; with an empty scope it sees no row. */
  transaction<T>(scope: Scope, work: (queries: Queries) => Promise<T>): Promise<T>;
  /** Whether it answers. */
  answers(): Promise<boolean>;
  close(): Promise<void>;
};

const mostConnections = 10;
const answersWithinMs = 5_000;

/** Connections to the database as one role; they are made when they are needed. */
export function openDatabase(url: string, log: Log, more: PoolConfig = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: mostConnections,
    connectionTimeoutMillis: answersWithinMs,
    options: "-c search_path=hub",
    types: columnTypes,
    ...more,
  });
  // A connection that ends while a transaction has it fails that; without this it would end the program.
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("error", (error) => log.warn("a connection to the database was lost", { error: messageOf(error) }));
  return {
    transaction: (scope, work) => inTransaction(pool, scope, work),
    async answers() {
      try {
        await pool.query("select 1");
        return true;
      } catch {
        return false;
      }
    },
    close: () => pool.end(),
  };
}

async function inTransaction<T>(pool: pg.Pool, scope: Scope, work: (queries: Queries) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await say(client, scope);
    const result = await work(queriesOf(client));
    await client.query("commit");
    client.release();
    return result;
  } catch (error) {
    const isWhole = await client.query("rollback").then(
      () => true,
      () => false,
    );
    client.release(!isWhole);
    throw error;
  }
}

/** Says for the length of the transaction what it may see. */
async function say(client: pg.PoolClient, { tenant, user, email, node, token, secret }: Scope): Promise<void> {
  const said = Object.entries({ tenant, user, email, node, token, secret: secret?.toString("hex") }).filter(
    ([, value]) => value !== undefined,
  );
  if (said.length === 0) return;
  const settings = said.map(([name], at) => `set_config('hub.${name}', $${at + 1}, true)`);
  await client.query(
    `select ${settings.join(", ")}`,
    said.map(([, value]) => String(value)),
  );
}

/** From here on the transaction works for another tenant too, beside what it has said of itself. */
export async function workFor(queries: Queries, tenant: number): Promise<void> {
  await queries.all("select set_config('hub.tenant', $1, true)", [String(tenant)]);
}
