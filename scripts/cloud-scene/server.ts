import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { PassThrough } from "node:stream";
import { waitFor } from "#test/support/wait-for.ts";
import { type Ends, endAll } from "../base/ends.ts";
import { builtServerProgram } from "./built-program.ts";
import { ip } from "./ip.ts";

/** A server in the cloud: a Debian that systemd has booted, in a network that this machine alone reaches. */
export type Server = {
  /** Its own address, and that of this machine to it, which stands for the home. */
  readonly address: string;
  readonly homeAddress: string;
  /** Its network namespace, for a program that is to listen on its loopback. */
  readonly network: string;
  /** The command that opens a shell there, for a person who is root. */
  readonly shell: string;
  /** Runs a command there as root: its exit code, and what it printed, which `onLine` gets line by line meanwhile. */
  run(
    command: string,
    input?: string,
    onLine?: (line: string) => void,
  ): Promise<{ readonly code: number | null; readonly printed: string }>;
  /** Cuts the way between it and this machine, or mends it. */
  setReachable(isReachable: boolean): void;
  /** What a command printed; rejects where it fails. */
  printed(command: string): Promise<string>;
  close(): Promise<void>;
};

const deploy = resolve(import.meta.dirname, "../../deploy");

/**
 * Boots a new server of a root that scripts/install-debian-server made; nothing that it writes is kept. `deploy/` is /deploy
 * there, and the built program (`npm run bundle`) /program beside it. `net` is a number of its own for each server, as several run at
 * the same time: one of the networks for documentation (RFC 5737). `readable`: what else of the machine lies there, by its path.
 * What is to be taken away again is added to `ends`, step by step, which is all that `close` does; where it cannot be booted, that is
 * done.
 */
export async function startServer(
  root: string,
  net: number,
  readable: Readonly<Record<string, string>> = {},
  ends: Ends = [],
): Promise<Server> {
  const known = ends.length;
  try {
    return await bootServer(root, net, readable, ends);
  } catch (error) {
    await endAll(ends.splice(known));
    throw error;
  }
}

async function bootServer(
  root: string,
  net: number,
  readable: Readonly<Record<string, string>>,
  ends: Ends,
): Promise<Server> {
  const network = openNetwork(net, ends);
  const program = builtServerProgram();
  ends.push(async () => rmSync(program, { recursive: true }));
  const init = await boot(root, network.name, { "/deploy": deploy, "/program": program, ...readable }, ends);
  const words = ["--target", init, ..."--mount --uts --ipc --net --pid --root --wd".split(" ")];
  const run: Server["run"] = (command, input = "", onLine = () => {}) => runIn(words, command, input, onLine);
  await waitFor(
    async () => /^(running|degraded)$/m.test((await run("systemctl is-system-running")).printed),
    "the server has booted",
    60_000,
    200,
  );
  // As a provider gives a new server to its owner.
  await run(
    "install -d -m 700 /root/.ssh && cat > /root/.ssh/authorized_keys",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA== you@home\n",
  );
  const { address, homeAddress, name, setReachable } = network;
  return {
    ...{ address, homeAddress, network: name, run, setReachable },
    shell: ["nsenter", ...words, "env", "-i", "TERM=$TERM", "bash", "-l"].join(" "),
    async printed(command) {
      const { code, printed } = await run(command);
      if (code !== 0) throw new Error(`${command} ended with ${code}: ${printed}`);
      return printed;
    },
    close: () => endAll(ends),
  };
}

/** The server's network, and this machine's way to it. */
function openNetwork(net: number, ends: Ends) {
  const name = `heatloop-${process.pid}-${net}`;
  const [homeEnd, cloudEnd] = [`hlh${process.pid}n${net}`, `hlc${process.pid}n${net}`];
  const address = `198.51.100.${4 * net + 1}`;
  const homeAddress = `198.51.100.${4 * net + 2}`;
  ip(`netns add ${name}`);
  ends.push(async () => ip(`netns del ${name}`));
  ip(`link add ${homeEnd} type veth peer name ${cloudEnd} netns ${name}`);
  ends.push(async () => ip(`link del ${homeEnd}`));
  ip(`addr add ${homeAddress}/30 dev ${homeEnd}`);
  ip(`link set ${homeEnd} up`);
  ip(`-n ${name} addr add ${address}/30 dev ${cloudEnd}`);
  ip(`-n ${name} link set ${cloudEnd} up`);
  ip(`-n ${name} link set lo up`);
  const setReachable = (isReachable: boolean) => ip(`link set ${homeEnd} ${isReachable ? "up" : "down"}`);
  return { name, address, homeAddress, setReachable };
}

/** Has systemd boot the root, and hands back the number of its first process. */
async function boot(root: string, name: string, there: Readonly<Record<string, string>>, ends: Ends): Promise<string> {
  const nspawn = spawn(
    "systemd-nspawn",
    [
      ...["--directory", root, "--volatile=overlay", "--boot", "--machine", name],
      ...[
        `--network-namespace-path=/run/netns/${name}`,
        "--capability=CAP_NET_ADMIN",
        "--register=no",
        "--keep-unit",
        ...Object.entries(there).map(([path, here]) => `--bind-ro=${here}:${path}:norbind`),
      ],
    ],
    // A Ctrl-C in the terminal is not the server's.
    { stdio: ["ignore", "pipe", "pipe"], detached: true },
  );
  const closed = once(nspawn, "close");
  let init: string | undefined;
  ends.push(async () => {
    // It takes its own folders away where it is not killed itself before it has begun.
    init ??= await waitFor(() => initOf(nspawn), "init", 5_000).catch(() => undefined);
    if (init !== undefined) process.kill(Number(init), "SIGKILL");
    else nspawn.kill("SIGKILL");
    await closed;
  });
  let written = "";
  for (const stream of [nspawn.stdout, nspawn.stderr]) stream.on("data", (text) => (written += text));
  init = await waitFor(() => {
    if (nspawn.exitCode !== null) throw new Error(`the server does not boot: ${written}`);
    return initOf(nspawn);
  }, "the server's init is there");
  return init;
}

async function runIn(words: readonly string[], command: string, input: string, onLine: (line: string) => void) {
  const path = "PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
  const child = spawn("nsenter", [...words, "env", "-i", path, "LC_ALL=C.UTF-8", "bash", "-c", command], {
    cwd: "/",
    detached: true,
  });
  let printed = "";
  const lines = new PassThrough();
  createInterface({ input: lines }).on("line", onLine);
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (text) => {
      printed += text;
      lines.write(text);
    });
  }
  // A command that does not read it may be over first.
  child.stdin.on("error", () => {}).end(input);
  await once(child, "close");
  lines.end();
  return { code: child.exitCode, printed };
}

/** The first process of the server, as the machine numbers it; undefined as long as it is not there. */
function initOf({ pid }: ChildProcess): string | undefined {
  return readdirSync("/proc").find((each) => {
    if (!/^\d+$/.test(each)) return false;
    try {
      const [, parent] = /^PPid:\s(\d+)$/m.exec(readFileSync(`/proc/${each}/status`, "utf8")) ?? [];
      return Number(parent) === pid && readFileSync(`/proc/${each}/comm`, "utf8") === "systemd\n";
    } catch {
      return false;
    }
  });
}
