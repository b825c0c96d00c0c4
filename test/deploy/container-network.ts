import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ip } from "#scripts/cloud-scene/ip.ts";

/** A service of a compose file, as far as it is read here. */
export type Service = {
  readonly image: string;
  readonly user?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly networks: Readonly<Record<string, { readonly ipv4_address?: string } | null>>;
  readonly ports?: readonly { readonly published: number | string; readonly target: number }[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly cap_add?: readonly string[];
  readonly cap_drop?: readonly string[];
  readonly read_only?: boolean;
  readonly [more: string]: unknown;
};

export type Services = Readonly<Record<string, Service>>;

/** How the machine stands for the image of a service. */
export type Image = {
  /** Arguments of bwrap that make its root. */
  readonly root: readonly string[];
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
};

/** Services of a compose file, each in a network of its own that a bridge connects to the others, and to this machine. */
export type ContainerNetwork = {
  addressOf(service: string): string;
  /** The network namespace of a service. */
  nameOf(service: string): string;
  /** Whose lines the names of the services are, as a container's /etc/hosts has them. */
  readonly hosts: string;
  /** Starts a program in the network of a service, which is started again when it ends. */
  run(service: string, command: readonly string[]): void;
  isRunning(service: string): boolean;
  /** What the program of a service wrote. */
  written(service: string): string;
  /** Ends the program of a service and waits for another one. */
  restart(service: string): Promise<void>;
  /** Ends the program of a service as a power cut would, until it is run again. */
  stop(service: string): Promise<void>;
  close(): Promise<void>;
};

/** Arguments of bwrap that make the folders above a path, which it would close to other users than root. */
export function foldersOver(path: string): string[] {
  const names = path.split("/").slice(1, -1);
  return names.flatMap((_, index) => ["--dir", `/${names.slice(0, index + 1).join("/")}`]);
}

const addressIn = ({ networks }: Service) => networks.inside?.ipv4_address ?? "";

/** The words that run a service's program in its image's root: what the compose file mounts, allows and takes away. */
export function contained(service: Service, { root, command, environment = {} }: Image, hosts: string): string[] {
  const { volumes = [], tmpfs = [], cap_add: added = [], user } = service;
  const mounts = volumes.flatMap((volume) => {
    const [from = "", to = "", mode] = volume.split(":");
    return [...foldersOver(to), mode === "ro" ? "--ro-bind" : "--bind", from, to];
  });
  const variables = { PATH: "/usr/local/bin:/usr/sbin:/usr/bin:/bin", ...environment, ...service.environment };
  const [uid, gid] = user?.split(":") ?? [];
  // Who is another user from the start has none of these any more.
  const capabilities = user === undefined ? added : ["SETUID", "SETGID", "SETPCAP"];
  const asUser = ["setpriv", `--reuid=${uid}`, `--regid=${gid}`, "--clear-groups", "--bounding-set=-all", "--"];
  return [
    ...["bwrap", ...root, "--proc", "/proc", "--dev", "/dev", "--ro-bind", hosts, "/etc/hosts"],
    ...mounts,
    // As Docker makes them: for everybody.
    ...tmpfs.flatMap((path) => ["--perms", "1777", "--tmpfs", path]),
    ...(service.read_only === true ? ["--remount-ro", "/"] : []),
    ...["--cap-drop", "ALL", ...capabilities.flatMap((name) => ["--cap-add", `CAP_${name}`])],
    ...["--unshare-pid", "--die-with-parent", "--clearenv"],
    ...Object.entries(variables).flatMap(([name, value]) => ["--setenv", name, value]),
    ...["--", ...(user === undefined ? [] : asUser), ...command],
  ];
}

/** Makes the networks; `prefix`: the first three numbers of all addresses. */
export function openContainerNetwork(services: Services, prefix: string): ContainerNetwork {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-containers-"));
  const bridge = `hlb${process.pid}`;
  const hosts = join(folder, "hosts");
  const lines = Object.entries(services).map(([name, service]) => `${addressIn(service)} ${name}\n`);
  writeFileSync(hosts, ["127.0.0.1 localhost\n", ...lines].join(""));
  const nameOf = (service: string) => `heatloop-${process.pid}-${service}`;
  const addressOf = (service: string) => addressIn(services[service] as Service);
  const running = new Map<string, { child: ChildProcess; written: string; starts: number; isStopped: boolean }>();
  let isClosing = false;

  ip(`link add ${bridge} type bridge`);
  ip(`addr add ${prefix}.1/24 dev ${bridge}`);
  ip(`link set ${bridge} up`);
  for (const [index, service] of Object.keys(services).entries()) {
    const end = `hlv${process.pid}n${index}`;
    ip(`netns add ${nameOf(service)}`);
    ip(`link add ${end} master ${bridge} type veth peer name eth0 netns ${nameOf(service)}`);
    ip(`link set ${end} up`);
    ip(`-n ${nameOf(service)} addr add ${addressOf(service)}/24 dev eth0`);
    ip(`-n ${nameOf(service)} link set eth0 up`);
    ip(`-n ${nameOf(service)} link set lo up`);
  }

  function run(service: string, command: readonly string[]): void {
    const before = running.get(service);
    const child = spawn("ip", ["netns", "exec", nameOf(service), ...command], { stdio: ["ignore", "pipe", "pipe"] });
    const entry = { child, written: before?.written ?? "", starts: (before?.starts ?? 0) + 1, isStopped: false };
    running.set(service, entry);
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (entry.written += text));
    child.on("close", () => {
      if (!isClosing && !entry.isStopped && entry.starts < 10) run(service, command);
    });
  }

  async function end(service: string, isStopped: boolean): Promise<void> {
    const entry = running.get(service);
    if (entry === undefined) return;
    entry.isStopped = isStopped;
    const ended = once(entry.child, "exit");
    entry.child.kill("SIGKILL");
    await ended;
  }

  return {
    ...{ addressOf, nameOf, hosts, run },
    isRunning: (service) => execFileSync("ip", ["netns", "pids", nameOf(service)]).length > 0,
    written: (service) => running.get(service)?.written ?? "",
    restart: (service) => end(service, false),
    stop: (service) => end(service, true),
    async close() {
      isClosing = true;
      for (const { child } of running.values()) {
        if (child.exitCode !== null || child.signalCode !== null) continue;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      }
      for (const service of Object.keys(services)) ip(`netns del ${nameOf(service)}`);
      ip(`link del ${bridge}`);
      rmSync(folder, { recursive: true });
    },
  };
}
