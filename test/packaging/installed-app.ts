import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { version } from "@heatloop/ha-addon/base/version";
import { assembleImageRoot } from "#scripts/image/image-root.ts";
import { appAddress, supervisorAddress } from "#test/support/supervisor/network.ts";
import { waitFor } from "#test/support/wait-for.ts";
import { inImage } from "./in-image.ts";

/** The folders of an app on the machine, which outlive its containers. */
export type AppFolders = { readonly data: string; readonly config: string; readonly homeAssistant: string };

/** The app as the Supervisor has it on its machine: an image, folders, and a container where it runs. */
export type InstalledApp = {
  readonly folders: AppFolders;
  /** Starts a container of the image and waits until its program is ready, or has ended. */
  start(token: string): Promise<void>;
  /** Ends it as the Supervisor does, SIGTERM and after 10 s SIGKILL; hands back its exit code. */
  stop(): Promise<number | null>;
  /** What it has written since its start. */
  written(): string;
  exitCode(): number | null;
  /** The image of another version, where none of its containers is kept. */
  pull(version: string): void;
  /** Copies its folders, as a backup does, whether it runs or not. */
  backUp(to: string): void;
  /** Puts its folders back to what a backup has. */
  restore(from: string): void;
  /** Removes it, and its folders. */
  uninstall(): void;
};

/** Where its page is, to ingress. */
export const appUrl = `http://${appAddress}:8099`;

/** `inApp` is what runs a command in the network of apps. */
export function installApp(inApp: readonly string[], firstVersion: string): InstalledApp {
  const images = mkdtempSync(join(tmpdir(), "heatloop-image-"));
  // On another disk than the root, as volumes are.
  const volumes = mkdtempSync("/dev/shm/heatloop-");
  chmodSync(volumes, 0o755);
  const folderOf = (name: string) => join(volumes, name);
  const folders = { data: folderOf("data"), config: folderOf("config"), homeAssistant: folderOf("homeassistant") };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  let root = "";
  let steps: ReturnType<typeof assembleImageRoot>;
  let container: { readonly process: ChildProcess; readonly pid: number } | undefined;
  let text = "";

  function pull(wanted: string): void {
    if (root !== "") rmSync(root, { recursive: true });
    root = join(images, wanted);
    steps = assembleImageRoot(root);
    const program = join(root, "app/dist/main.js");
    writeFileSync(program, readFileSync(program, "utf8").replaceAll(`\`${version}\``, `\`${wanted}\``));
    const hosts = ["supervisor", "core-mosquitto"].map((name) => `${supervisorAddress} ${name}\n`);
    writeFileSync(join(root, "etc/hosts"), ["127.0.0.1 localhost\n", ...hosts].join(""));
    writeFileSync(join(root, "etc/nsswitch.conf"), "hosts: files\n");
  }

  pull(firstVersion);
  return {
    folders,
    async start(token) {
      const mounts = [
        ...["--bind", folders.data, "/data", "--bind", folders.config, "/config"],
        ...["--bind", folders.homeAssistant, "/homeassistant", "--info-fd", "3"],
      ];
      const environment = { SUPERVISOR_TOKEN: token, HASSIO_TOKEN: token, TZ: "Europe/Rome" };
      const [command = "", ...args] = [...inApp, ...inImage({ root, mounts, steps, environment })];
      const process = spawn(command, args, { stdio: ["ignore", "pipe", "pipe", "pipe"] });
      text = "";
      for (const output of [process.stdout, process.stderr]) output?.on("data", (piece) => (text += piece));
      container = { process, pid: await childPid(process.stdio[3] as Readable) };
      const isReady = () => text.includes(`Heatloop is ready url=`) || process.exitCode !== null;
      await waitFor(isReady, `the app is ready; it wrote: ${text}`);
    },
    async stop() {
      if (container === undefined || container.process.exitCode !== null) return container?.process.exitCode ?? null;
      const { process: running, pid } = container;
      const ended = once(running, "exit");
      process.kill(pid, "SIGTERM");
      const kill = setTimeout(() => process.kill(pid, "SIGKILL"), 10_000);
      await ended;
      clearTimeout(kill);
      return running.exitCode;
    },
    written: () => text,
    exitCode: () => container?.process.exitCode ?? null,
    pull,
    backUp(to) {
      mkdirSync(to, { recursive: true });
      copy([folders.data, folders.config], to);
    },
    restore(from) {
      for (const folder of [folders.data, folders.config]) rmSync(folder, { recursive: true });
      copy([join(from, "data"), join(from, "config")], volumes);
    },
    uninstall() {
      for (const folder of [images, volumes]) rmSync(folder, { recursive: true });
    },
  };
}

/** As tar does, with owners and times; a file that is replaced meanwhile may be gone before it is read. */
function copy(folders: readonly string[], to: string): void {
  spawnSync("cp", ["--archive", ...folders, to], { stdio: "ignore" });
}

/** Of what bwrap writes to `--info-fd`, in pieces. */
async function childPid(info: Readable): Promise<number> {
  let text = "";
  for await (const piece of info) {
    text += piece;
    if (text.includes("}")) break;
  }
  return JSON.parse(text)["child-pid"];
}
