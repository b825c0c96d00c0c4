import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { waitFor } from "#test/support/wait-for.ts";
import { builtServerProgram } from "./built-program.ts";

/** A server in the cloud: a Debian that systemd has booted, in a network that only the test's machine reaches. */
export type Server = {
  /** Its own address, and that of the test's machine, which stands for the home. */
  readonly address: string;
  readonly homeAddress: string;
  /** Its network namespace, for a program that is to listen on its loopback. */
  readonly network: string;
  /** Runs a command there as root: its exit code, and what it printed. */
  run(command: string, input?: string): Promise<{ readonly code: number | null; readonly printed: string }>;
  /** Cuts the way between it and home, or mends it. */
  setReachable(isReachable: boolean): void;
  /** What a command printed; rejects where it fails. */
  printed(command: string): Promise<string>;
  close(): Promise<void>;
};

const deploy = resolve(import.meta.dirname, "../../deploy");

function ip(words: string): void {
  execFileSync("ip", words.split(" "), { stdio: "ignore" });
}

/** Answers with which Heatloop is installed without a Home Assistant beside it; more lines may follow. */
export const plainAnswers = "NAMES=heat.example.org\nTIME_ZONE=Europe/Rome\nHOME_ASSISTANT=none\n";

/** Whether a server can be booted here: `scripts/test` made its root, and says so where it could not. */
export const serverRoot = process.env.HEATLOOP_DEBIAN_SERVER;
/** The same with all packages that deploy/install.sh installs: for whoever tries what comes after that. */
export const packagedRoot = `${serverRoot}.packages`;

/**
 * Boots a new server of `serverRoot`; nothing that it writes is kept. `deploy/` is /deploy there, and the
 * built program (`npm run bundle`) /program beside it. `net` is a number of its own for each server, as tests run at the same
 * time: one of the networks for documentation (RFC 5737). `readable`: what else of the machine lies there, by its path.
 */
export async function startServer(
  root: string,
  net: number,
  readable: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const name = `heatloop-${process.pid}-${net}`;
  const [homeEnd, cloudEnd] = [`hlh${process.pid}n${net}`, `hlc${process.pid}n${net}`];
  const address = `198.51.100.${4 * net + 1}`;
  const homeAddress = `198.51.100.${4 * net + 2}`;
  ip(`netns add ${name}`);
  ip(`link add ${homeEnd} type veth peer name ${cloudEnd} netns ${name}`);
  ip(`addr add ${homeAddress}/30 dev ${homeEnd}`);
  ip(`link set ${homeEnd} up`);
  ip(`-n ${name} addr add ${address}/30 dev ${cloudEnd}`);
  ip(`-n ${name} link set ${cloudEnd} up`);
  ip(`-n ${name} link set lo up`);
  const program = builtServerProgram();
  const nspawn = spawn(
    "systemd-nspawn",
    [
      ...["--directory", root, "--volatile=overlay", "--boot", "--machine", name],
      ...[
        `--network-namespace-path=/run/netns/${name}`,
        "--capability=CAP_NET_ADMIN",
        "--register=no",
        "--keep-unit",
        ...Object.entries({ "/deploy": deploy, "/program": program, ...readable }).map(
          ([there, here]) => `--bind-ro=${here}:${there}:norbind`,
        ),
      ],
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let written = "";
  for (const stream of [nspawn.stdout, nspawn.stderr]) stream.on("data", (text) => (written += text));
  const init = await waitFor(() => initOf(nspawn), "the server's init is there");

  async function run(command: string, input = "") {
    const words = ["--target", init, ..."--mount --uts --ipc --net --pid --root --wd".split(" ")];
    const path = "PATH=/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin";
    const child = spawn("nsenter", [...words, "env", "-i", path, "LC_ALL=C.UTF-8", "bash", "-c", command], {
      cwd: "/",
    });
    let printed = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
    // A command that does not read it may be over first.
    child.stdin.on("error", () => {}).end(input);
    await once(child, "close");
    return { code: child.exitCode, printed };
  }

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
  return {
    ...{ address, homeAddress, network: name, run },
    setReachable: (isReachable) => ip(`link set ${homeEnd} ${isReachable ? "up" : "down"}`),
    async printed(command) {
      const { code, printed } = await run(command);
      if (code !== 0) throw new Error(`${command} ended with ${code}: ${printed}`);
      return printed;
    },
    async close() {
      const ended = once(nspawn, "close");
      process.kill(Number(init), "SIGKILL");
      await ended;
      rmSync(program, { recursive: true });
      ip(`link del ${homeEnd}`);
      ip(`netns del ${name}`);
    },
  };
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
