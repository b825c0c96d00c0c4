import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

/** A copy of the sources that can be changed and run without touching them. */
export type ScratchCopy = {
  readonly folder: string;
  /** Runs a module of the copy and answers what it printed. Throws with its messages where it fails. */
  run(args: readonly string[], input?: string): Promise<string>;
  /** The same for another program. */
  runProgram(program: string, args: readonly string[], input?: string): Promise<string>;
  remove(): void;
};

const root = fileURLToPath(new URL("../../", import.meta.url));
const packages = ["core", "program", "mqtt-discovery", "ha-addon", "lovelace-card", "simulator", "hub"];
const copied = [...packages, "scripts", "docs", "CONTRIBUTING.md", "package.json", "tsconfig.json", "biome.json"];
/** What the modules that run in the copy need of the tests. */
const copiedTests = [
  "acceptance/newcomer",
  "core/examples",
  "ha-addon/alerts/alerts-world.ts",
  "lovelace-card/support/fake-home.ts",
  "lovelace-card/support/newcomer-card.ts",
  "simulator/watched.ts",
  "support/examples",
];
const leftOut = ["node_modules", "dist", ".cache", "pictures"];

/** Copies the sources; packages from outside are the installed ones, those of the project the copy's own. */
export function scratchCopy(): ScratchCopy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "heatloop-copy-")));
  const tests = copiedTests.map((path) => `test/${path}`);
  for (const path of [...copied, ...tests]) {
    cpSync(join(root, path), join(folder, path), {
      recursive: true,
      filter: (source) => !leftOut.includes(basename(source)),
    });
  }
  linkPackages(join(folder, "node_modules"));
  const runProgram = (program: string, args: readonly string[], input = "") => output(folder, program, args, input);
  return {
    folder,
    run: (args, input) => runProgram(process.execPath, args, input),
    runProgram,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkPackages(modules: string): void {
  mkdirSync(join(modules, "@heatloop"), { recursive: true });
  for (const name of packages) symlinkSync(join("..", "..", name), join(modules, "@heatloop", name));
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (name !== "@heatloop") symlinkSync(join(root, "node_modules", name), join(modules, name));
  }
}

function output(cwd: string, program: string, args: readonly string[], input: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // Git must not take a repository around the copy for the one that it changes.
    const env = { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir(), FORCE_COLOR: "0" };
    const child = spawn(program, args, { cwd, env });
    const printed: string[] = [];
    const messages: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => messages.push(text));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0) return resolve(printed.join(""));
      reject(new Error(`${program} ${args.join(" ")}: ${messages.join("")}${printed.join("")}`));
    });
    child.stdin.end(input);
  });
}
