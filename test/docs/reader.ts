import { execFileSync, spawn } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { waitFor } from "#test/support/wait-for.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const published = "https://github.com/heatloop/heatloop";
const packages = ["core", "program", "mqtt-discovery", "ha-addon", "lovelace-card", "simulator", "hub"];

/** What a reader's commands did. */
export type RanCommands = { readonly code: number | null; readonly printed: string };

/** Somebody who follows the pages, with a machine and a network of their own. */
export type Reader = {
  /** Where they type. */
  readonly folder: string;
  /** Runs commands; those that do not end by themselves are interrupted (Ctrl-C) once `isEnough` holds of what was printed. */
  run(commands: string, isEnough?: (printed: string) => boolean): Promise<RanCommands>;
  leave(): void;
};

/**
 * A reader who has not cloned the project yet. The sources as they are here are what they clone, npm finds the packages that are
 * installed here, and the network has nothing but the machine itself. Needs root.
 */
export function newReader(): Reader {
  const machine = mkdtempSync(join(tmpdir(), "heatloop-reader-"));
  const repository = join(machine, "repository");
  makeRepository(repository);
  const bin = join(machine, "bin");
  writeNpm(bin);
  const folder = join(machine, "home");
  mkdirSync(folder);
  const env = {
    ...process.env,
    PATH: `${bin}:${process.env.PATH}`,
    HOME: folder,
    GIT_CONFIG_COUNT: "1",
    GIT_CONFIG_KEY_0: `url.${repository}.insteadOf`,
    GIT_CONFIG_VALUE_0: published,
  };
  return {
    folder,
    run: (commands, isEnough) => runCommands({ commands, cwd: folder, env, isEnough }),
    leave: () => rmSync(machine, { recursive: true, force: true }),
  };
}

/** Types a block of commands in a network of its own; they have three minutes. */
async function runCommands(parts: {
  readonly commands: string;
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly isEnough: ((printed: string) => boolean) | undefined;
}): Promise<RanCommands> {
  const { commands, cwd, env, isEnough = () => false } = parts;
  const alone = ["--net", "--pid", "--fork", "--kill-child", "bash", "-c"];
  const typed = `set -euo pipefail\nip link set lo up\n${commands}`;
  const child = spawn("unshare", [...alone, typed], { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      printed += text;
    });
  }
  const group = -(child.pid ?? 0);
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  try {
    await waitFor(
      () => hasEnded() || isEnough(printed),
      `the commands end, or print what they should:\n${printed}`,
      80_000,
    );
    if (!hasEnded()) process.kill(group, "SIGINT");
    await waitFor(hasEnded, "the commands end after Ctrl-C");
    return { code: child.exitCode, printed };
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : error}\n${printed}`);
  } finally {
    if (!hasEnded()) process.kill(group, "SIGKILL");
  }
}

/** A repository of the tracked files as they are now, also those that are not committed yet. */
function makeRepository(folder: string): void {
  const listed = execFileSync("git", ["ls-files", "-z"], { cwd: root, encoding: "utf8", maxBuffer: 1e7 });
  for (const file of listed.split("\0").filter((name) => name !== "")) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(root, file), join(folder, file));
  }
  const who = ["-c", "user.name=A reader", "-c", "user.email=reader@example.org"];
  const git = (...args: string[]) => execFileSync("git", [...who, ...args], { cwd: folder, stdio: "ignore" });
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all", "--force");
  git("commit", "--quiet", "--no-gpg-sign", "--message", "as it is");
}

/** npm, for which the registry is what is installed here. */
function writeNpm(bin: string): void {
  const own = packages.map((name) => `ln -s ../../${name} node_modules/@heatloop/${name}`);
  const npm = execFileSync("bash", ["-c", "command -v npm"], { encoding: "utf8" }).trim();
  mkdirSync(bin);
  writeFileSync(
    join(bin, "npm"),
    `#!/usr/bin/env bash
set -euo pipefail
[ "\${1:-}" = ci ] || exec ${npm} "$@"
rm -rf node_modules
mkdir -p node_modules/@heatloop
for package in ${root}node_modules/.bin ${root}node_modules/*; do
  [ "\${package##*/}" = @heatloop ] || ln -s "$package" node_modules/
done
${own.join("\n")}
`,
  );
  chmodSync(join(bin, "npm"), 0o755);
}
