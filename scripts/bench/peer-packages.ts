import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./processes.ts";

/**
 * The folder whose node_modules hold a package of npm: a cache of the bench's own, as peers are large and nothing that
 * Heatloop needs. Installs it there where it is missing; rejects with a sentence where it cannot be had.
 */
export async function peerFromNpm(name: string, version: string): Promise<string> {
  const folder = join(cacheFolder(), `${name.replace(/^@/, "").replace("/", "-")}-${version}`);
  const mark = join(folder, "installed");
  if (existsSync(mark)) return folder;
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true }\n');
  const how = ["--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts"];
  return installed(`${name} ${version}`, mark, () => runProgram("npm", ["install", ...how, `${name}@${version}`]));
}

/** The Python of a virtual environment in the same cache that has a package of PyPI, and others beside it (`name==version`). */
export async function peerFromPyPi(name: string, version: string, beside: readonly string[] = []): Promise<string> {
  const folder = join(cacheFolder(), `${name}-${version}`);
  const python = join(folder, "bin/python");
  const mark = join(folder, "installed");
  if (existsSync(mark)) return python;
  await mkdir(cacheFolder(), { recursive: true });
  await installed(`${name} ${version}`, mark, () => {
    runProgram("python3", ["-m", "venv", folder]);
    runProgram(python, ["-m", "pip", "install", "--quiet", `${name}==${version}`, ...beside]);
  });
  return python;
}

/** An installation that was cut short has no mark, and is done again. */
async function installed(what: string, mark: string, install: () => void): Promise<string> {
  try {
    install();
  } catch (error) {
    throw new Error(`${what} is not installed, and cannot be: ${error instanceof Error ? error.message : error}`);
  }
  await writeFile(mark, "");
  return join(mark, "..");
}

function cacheFolder(): string {
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), ".cache"), "heatloop-bench");
}
