import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/**
 * The program that a script such as scripts/install-esphome made outside the checkout, or undefined where it was not run:
 * what the environment `variable` names, else `path` in the newest whole installation of this name in the cache.
 */
export function installedProgram(of: { readonly variable: string; readonly name: string; readonly path: string }) {
  const named = process.env[of.variable];
  if (named !== undefined && named !== "") {
    if (!existsSync(named)) throw new Error(`${of.variable} names ${named}, which is not there`);
    return named;
  }
  const cache = process.env.HEATLOOP_CACHE || join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "heatloop");
  if (!existsSync(cache)) return undefined;
  const made = readdirSync(cache).filter((folder) => existsSync(join(cache, folder, "made")));
  const newest = made
    .filter((folder) => folder.startsWith(`${of.name}-`))
    .sort()
    .at(-1);
  return newest && join(cache, newest, of.path);
}
