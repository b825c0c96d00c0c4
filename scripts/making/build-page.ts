import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "../..");
/** What the page is made of. */
const sources = ["ha-addon/web", "lovelace-card/src", "lovelace-card/build", "core"];

/** Builds the add-on's page where it was not built, or where anything that it is made of is newer. */
export function buildPageWhereStale(): void {
  if (!isStale("ha-addon/web/dist/index.html", sources)) return;
  execFileSync("npm", ["run", "--silent", "page"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** Whether a built file of the repository is missing, or older than anything in the folders that it is made of. */
export function isStale(path: string, folders: readonly string[]): boolean {
  const built = join(root, path);
  if (!existsSync(built)) return true;
  const { mtimeMs } = statSync(built);
  return folders.some((folder) => newest(join(root, folder)) > mtimeMs);
}

/** When the newest of a folder's files was changed, ms since the epoch; what is built does not count. */
function newest(folder: string): number {
  const times = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\b(dist|node_modules)\b/.test(entry.parentPath))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(0, ...times);
}

if (import.meta.main) buildPageWhereStale();
