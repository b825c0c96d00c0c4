import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { freePort } from "#scripts/base/free-port.ts";
import { type ServerProcess, serverFolder, serverProcess } from "./server-process.ts";

/** Rows of a measurement: its columns by their names, times in ms. */
type InfluxRow = Readonly<Record<string, string | number | boolean | null>>;

/** A real InfluxDB 1 with a user and a database. */
export type TestInfluxDb = ServerProcess & {
  readonly url: string;
  /** What InfluxQL answers, the rows of all series. */
  query(influxQl: string, database?: string): Promise<readonly InfluxRow[]>;
  /** Writes line protocol with times in ms into `heatloop`. */
  write(lines: string): Promise<void>;
};

export const influxUser = { username: "heat", password: "a:password with spaces & ünïcode" } as const;
const admin = { username: "admin", password: "admin-of-the-test" } as const;

function basic({ username, password }: { readonly username: string; readonly password: string }): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

function configuration(folder: string, port: number, rpcPort: number): string {
  return `reporting-enabled = false
bind-address = "127.0.0.1:${rpcPort}"
[meta]
dir = "${folder}/meta"
[data]
dir = "${folder}/data"
wal-dir = "${folder}/wal"
[monitor]
store-enabled = false
[ifql]
enabled = false
[http]
bind-address = "127.0.0.1:${port}"
auth-enabled = true
log-enabled = false
`;
}

/** Starts InfluxDB with the database `heatloop`, which the user may read and write. */
export async function startInfluxDb(): Promise<TestInfluxDb> {
  const folder = serverFolder();
  const [port, rpcPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  mkdirSync(join(folder, "data"));
  const file = join(folder, "influxdb.conf");
  writeFileSync(file, configuration(folder, port, rpcPort));
  const server = serverProcess({ command: "influxd", args: ["-config", file], folder, health: `${url}/ping` });

  async function ask(influxQl: string, database: string, user = admin as typeof admin | undefined) {
    const body = new URLSearchParams({ q: influxQl, db: database, epoch: "ms" });
    const headers = user && { authorization: basic(user) };
    const answer = await fetch(`${url}/query`, { method: "POST", body, ...(headers && { headers }) });
    const json = (await answer.json()) as { results?: readonly { series?: readonly Series[]; error?: string }[] };
    const error = json.results?.find((each) => each.error !== undefined)?.error;
    if (!answer.ok || error !== undefined) throw new Error(`${influxQl}: ${answer.status} ${error}`);
    return json.results?.flatMap(({ series = [] }) => series) ?? [];
  }

  await server.start();
  await ask(`CREATE USER ${admin.username} WITH PASSWORD '${admin.password}' WITH ALL PRIVILEGES`, "", undefined);
  await ask("CREATE DATABASE heatloop", "");
  await ask(`CREATE USER ${influxUser.username} WITH PASSWORD '${influxUser.password}'`, "");
  await ask(`GRANT ALL ON heatloop TO ${influxUser.username}`, "");
  return {
    ...server,
    url,
    async write(lines) {
      const headers = { authorization: basic(influxUser) };
      const answer = await fetch(`${url}/write?db=heatloop&precision=ms`, { method: "POST", headers, body: lines });
      if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    },
    query: async (influxQl, database = "heatloop") => (await ask(influxQl, database)).flatMap(rowsOf),
  };
}

type Series = {
  readonly columns: readonly string[];
  readonly tags?: Readonly<Record<string, string>>;
  readonly values: readonly (readonly (string | number | boolean | null)[])[];
};

function rowsOf({ columns, tags, values }: Series): InfluxRow[] {
  return values.map((row) => ({ ...tags, ...Object.fromEntries(columns.map((name, i) => [name, row[i] ?? null])) }));
}

/** A real InfluxDB for the tests of a file, empty before each of them. */
export function emptiedInfluxDb(): () => TestInfluxDb {
  let server: TestInfluxDb;
  beforeAll(async () => {
    server = await startInfluxDb();
  }, 90_000);
  afterAll(() => server?.close());
  beforeEach(async () => {
    await server.query("DROP SERIES FROM /.*/");
  });
  return () => server;
}
