import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse } from "yaml";
import { secretsIn } from "#scripts/cloud-scene/installed.ts";
import type { Service, Services } from "./container-network.ts";

const deploy = resolve(import.meta.dirname, "../../deploy");

/** What deploy/containers.sh said, and how it ended. */
export type Said = { readonly code: number | null; readonly printed: string };

/** A folder for deploy/containers.sh, beside which nothing is left. */
export type ContainersFolder = {
  /** What deploy/containers.sh makes: it is not there before. */
  readonly path: string;
  /** For what belongs to the test alone. */
  readonly beside: string;
  /** Writes the file for `--answers`. */
  answer(text: string): string;
  /** Runs deploy/containers.sh for it. */
  prepare(...words: string[]): Promise<Said>;
  /** The same on a machine that has no mosquitto_passwd, ended by SIGKILL once a file is there. */
  prepareUntil(file: string): Promise<void>;
  /** All services of the compose file as Compose understands them. */
  services(): Services;
  secrets(): Readonly<Record<string, string>>;
  /** Files below it, each with its mode, owner and contents, but for what Home Assistant and Heatloop write. */
  state(): string;
  /** What Docker's stand-in was asked. */
  asked(): string;
  remove(): void;
};

/** `standIn`: the namespaces' names of Docker's stand-in. */
export function containersFolder(standIn: string): ContainersFolder {
  const beside = mkdtempSync(join(tmpdir(), "heatloop-containers-"));
  const path = join(beside, "heatloop");
  const [answers, log, bin] = ["answers", "docker.log", "bin"].map((name) => join(beside, name)) as [
    string,
    string,
    string,
  ];
  execFileSync("mkdir", [bin]);
  execFileSync("ln", ["-s", resolve(import.meta.dirname, "docker-stand-in.sh"), join(bin, "docker")]);
  execFileSync("cp", ["/usr/bin/mosquitto_passwd", join(beside, "mosquitto_passwd")]);
  writeFileSync(log, "");
  const version = /nginx\/([\d.]+)/.exec(spawnSync("nginx", ["-v"], { encoding: "utf8" }).stderr)?.[1] ?? "";
  const env = {
    PATH: `${bin}:${process.env.PATH}`,
    LC_ALL: "C.UTF-8",
    ...{ STAND_IN: standIn, STAND_IN_LOG: log, STAND_IN_MOSQUITTO_PASSWD: join(beside, "mosquitto_passwd") },
    // The one that is tried.
    HEATLOOP_NGINX: version,
    HEATLOOP_ADDRESS_LOOKUP: "http://127.0.0.1:1/",
  };
  const script = join(deploy, "containers.sh");
  return {
    ...{ path, beside },
    answer(text) {
      writeFileSync(answers, text);
      return answers;
    },
    async prepare(...words) {
      const child = spawn(script, [path, ...words], { env, stdio: ["ignore", "pipe", "pipe"], timeout: 90_000 });
      let printed = "";
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => (printed += text));
      await once(child, "close");
      return { code: child.exitCode, printed };
    },
    async prepareUntil(file) {
      const hidden = ["bwrap", "--dev-bind", "/", "/", "--ro-bind", "/dev/null", "/usr/bin/mosquitto_passwd"];
      const wait = `set -m; "$@" & until [ -e ${path}/${file} ]; do kill -0 $! || exit 1; sleep 0.01; done; kill -KILL -- -$!`;
      const words = ["-c", wait, "wait", ...hidden, script, path, "--answers", answers];
      await once(spawn("bash", words, { env, stdio: "ignore" }), "close");
    },
    services: () => servicesOf(path, ["--profile", "grafana"]),
    secrets: () => secretsIn(readFileSync(join(path, "secrets"), "utf8")),
    state: () =>
      execFileSync(
        "bash",
        [
          "-c",
          "find . -path ./home-assistant -prune -o -path ./heatloop/data -prune -o -printf '%M %U:%G %p\\n' | sort -k3; find . -type f -not -path './home-assistant/*' -not -path './heatloop/data/*' | sort | xargs sha256sum",
        ],
        {
          cwd: path,
          encoding: "utf8",
        },
      ),
    asked: () => readFileSync(log, "utf8"),
    remove: () => rmSync(beside, { recursive: true, force: true }),
  };
}

/** What Compose understands of a folder's compose file. */
export function servicesOf(folder: string, words: readonly string[]): Services {
  const text = execFileSync("docker-compose", [...words, "config"], { cwd: folder, encoding: "utf8" });
  return (parse(text) as { services: Record<string, Service> }).services;
}
