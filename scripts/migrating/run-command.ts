import { runScript } from "../base/arguments.ts";
import { CannotMigrate } from "./both-archives.ts";
import { type MigrateArguments, readMigrateArguments } from "./migrate-arguments.ts";
import { migrateHelp } from "./migrate-help.ts";

/** Reads a command line of `scripts/migrate` and does what it asks for; `run` hands back the exit code. Why it fails is printed. */
export async function runCommand(
  name: string,
  args: readonly string[],
  run: (asked: MigrateArguments) => Promise<number>,
): Promise<void> {
  const read = readMigrateArguments(args, { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  await runScript({ name, help: migrateHelp, read }, async (asked) => {
    try {
      process.exitCode = await run(asked);
    } catch (error) {
      console.error(error instanceof CannotMigrate ? error.message : `It failed: ${(error as Error).message}.`);
      process.exitCode = 1;
    }
  });
}
