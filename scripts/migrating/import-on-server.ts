/**
 * `scripts/migrate import` in one file, for a server or a container, where there is no clone: `node dist/import-archive.js --old DIR
 * --new DIR --device ID`.
 */
import { runScript } from "../base/arguments.ts";
import { CannotMigrate } from "./both-archives.ts";
import { bringIn } from "./bring-in.ts";
import { readMigrateArguments } from "./migrate-arguments.ts";
import { migrateHelp } from "./migrate-help.ts";

const read = readMigrateArguments(["import", ...process.argv.slice(2)], {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
});
await runScript({ name: "import-archive.js", help: migrateHelp, read }, async (asked) => {
  try {
    if (asked.command === "import") await bringIn(asked.values);
  } catch (error) {
    console.error(error instanceof CannotMigrate ? error.message : `It failed: ${(error as Error).message}.`);
    process.exitCode = 1;
  }
});
