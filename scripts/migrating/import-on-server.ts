/**
 * `scripts/migrate import` in one file, for a server or a container, where there is no clone: `node dist/import-archive.js --old DIR
 * --new DIR --device ID`.
 */
import { bringIn } from "./bring-in.ts";
import { runCommand } from "./run-command.ts";

await runCommand("import-archive.js", ["import", ...process.argv.slice(2)], async ({ command, values }) =>
  command === "import" ? bringIn(values) : 1,
);
