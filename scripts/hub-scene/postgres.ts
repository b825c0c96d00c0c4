import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { homedir, tmpdir, userInfo } from "node:os";
import { basename, delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { freePort } from "#scripts/base/free-port.ts";

/** A PostgreSQL server with a folder of its own. */
export type Postgres = {
  readonly port: number;
  /** The URL of a database in it, for its superuser. */
  urlOf(database: string): string;
  /** Makes an empty database and answers its URL. */
  createDatabase(name: string): Promise<string>;
  start(): Promise<void>;
  /** `fast`: ends its connections first; `kill`: as when the machine loses its power. */
  stop(how?: "fast" | "kill"): Promise<void>;
  /** Stops it and removes its folder. */
  close(): Promise<void>;
};

/** Where the programs of the installed PostgreSQL are, of the newest where there are several; undefined where there is none. */
export function installedPostgres(): string | undefined {
  const root = "/usr/lib/postgresql";
  const versions = existsSync(root) ? readdirSync(root).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => join(root, version, "bin")),
    ...(process.env.PATH ?? "").split(delimiter),
  ];
  return folders.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
}

/**
 * Makes a new server in a temporary folder, with the programs in `bin`, and starts it. `isDurable: false` is faster, and loses
 * rows with the machine's power. It runs as an ordinary user, as PostgreSQL refuses root.
 */
export async function startPostgres(parts: {
  readonly bin: string;
  readonly isDurable?: boolean;
  readonly settings?: readonly string[];
  /** Where its folder is made; unset: where temporary files are. */
  readonly within?: string;
}): Promise<Postgres> {
  const { isDurable = true, settings = [], within = tmpdir() } = parts;
  const place = await newCluster(parts.bin, within);
  const port = await freePort();
  const urlOf = (database: string) => `postgres://owner@127.0.0.1:${port}/${database}`;
  const fast = isDurable ? [] : ["fsync=off", "full_page_writes=off"];
  const options = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    `unix_socket_directories=${place.folder}`,
    ...fast,
    ...settings,
  ];
  const { start, stop } = serverProcess(place, options, urlOf("postgres"));
  await start();
  return {
    port,
    urlOf,
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: urlOf("postgres") });
      await client.connect();
      await client.query(`create database ${pg.escapeIdentifier(name)}`);
      await client.end();
      return urlOf(name);
    },
    start,
    stop,
    async close() {
      await stop();
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

/** A server's folder with what is in it, its programs, and whom they run as. */
type Cluster = {
  readonly folder: string;
  readonly data: string;
  readonly bin: string;
  readonly user: ReturnType<typeof ordinaryUser>;
};

async function newCluster(programs: string, within: string): Promise<Cluster> {
  const folder = mkdtempSync(join(within, "heatloop-postgres-"));
  const bin = reachable(programs, folder);
  const user = ordinaryUser();
  if (user !== undefined) chownSync(folder, user.uid, user.gid);
  const data = join(folder, "data");
  const words = ["-D", data, "-U", "owner", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C"];
  await promisify(execFile)(join(bin, "initdb"), words, { cwd: folder, ...user });
  return { folder, data, bin, user };
}

/** The server's process; `url` is of a database that is always there. */
function serverProcess(
  { folder, data, bin, user }: Cluster,
  options: readonly string[],
  url: string,
): Pick<Postgres, "start" | "stop"> {
  let child: ChildProcess | undefined;
  return {
    async start() {
      child = spawn(join(bin, "postgres"), ["-D", data, ...options.flatMap((option) => ["-c", option])], {
        cwd: folder,
        stdio: "ignore",
        ...user,
      });
      const ended = once(child, "exit").then(() => "ended" as const);
      for (;;) {
        if (await isReady(url)) return;
        const pause = new Promise<"waited">((resolve) => setTimeout(resolve, 50, "waited"));
        if ((await Promise.race([ended, pause])) === "ended") throw new Error("PostgreSQL could not be started");
      }
    },
    async stop(how = "fast") {
      if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, "exit");
      child.kill(how === "kill" ? "SIGQUIT" : "SIGINT");
      await ended;
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1_000 });
  client.on("error", () => {});
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** The programs where an ordinary user can run them: what is in root's home is copied. */
function reachable(bin: string, folder: string): string {
  if (ordinaryUser() === undefined || !bin.startsWith(homedir())) return bin;
  cpSync(dirname(bin), join(folder, "programs"), { recursive: true, verbatimSymlinks: true });
  return join(folder, "programs", basename(bin));
}

/** Whom the server runs as where this process is root; undefined: as who runs this process. */
function ordinaryUser(): { readonly uid: number; readonly gid: number } | undefined {
  if (userInfo().uid !== 0) return undefined;
  const name = ["postgres", "nobody"].find((each) => numberOf("-u", each) !== undefined);
  const [uid, gid] = [numberOf("-u", name ?? "nobody"), numberOf("-g", name ?? "nobody")];
  if (uid === undefined || gid === undefined) throw new Error("PostgreSQL needs an ordinary user, such as nobody");
  return { uid, gid };
}

function numberOf(flag: string, name: string): number | undefined {
  try {
    return Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
  } catch {
    return undefined;
  }
}
