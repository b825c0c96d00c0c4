import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
/** What the page is made of. */
const sources = ["ha-addon/web", "lovelace-card/src", "lovelace-card/build", "core"];

/** Builds the add-on's page where it was not built, or where anything that it is made of is newer. */
export function buildPageWhereStale(): void {
  const built = join(root, "ha-addon/web/dist/index.html");
  if (existsSync(built) && sources.every((folder) => newest(join(root, folder)) <= statSync(built).mtimeMs)) return;
  execFileSync("npm", ["run", "--silent", "page"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
}

/** When the newest of a folder's files was changed, ms since the epoch; what is built does not count. */
function newest(folder: string): number {
  const times = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\b(dist|node_modules)\b/.test(entry.parentPath))
    .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs);
  return Math.max(0, ...times);
}

if (import.meta.main) buildPageWhereStale();
