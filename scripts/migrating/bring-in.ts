import { resolve } from "node:path";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { progressBar } from "../base/progress-bar.ts";
import type { MigrationRange } from "./both-archives.ts";
import { importArchive } from "./import-archive.ts";
import { importText } from "./import-text.ts";
import type { MigrateArguments } from "./migrate-arguments.ts";

/** What a command of `scripts/migrate` was given. */
export type ValuesOfCommand<C extends MigrateArguments["command"]> = Extract<
  MigrateArguments,
  { readonly command: C }
>["values"];

/** `scripts/migrate import`: imports, prints what it did, and hands back the exit code. */
export async function bringIn(values: ValuesOfCommand<"import">): Promise<number> {
  const range = rangeOf(values);
  const kept = resolve(values.keep ?? `${range.new}.before-migration`);
  const done = await importArchive({
    ...range,
    dryRun: values["dry-run"],
    kept,
    lock: archiveLock({ folder: range.new, program: `scripts/migrate, process ${process.pid}` }),
    ...(process.stderr.isTTY && { onProgress: progressBar("Importing", process.stderr) }),
  });
  console.log(importText(done, kept, values["dry-run"]));
  return 0;
}

/** The archives, heat pump and dates that were given. */
export function rangeOf(values: ValuesOfCommand<"compare"> | ValuesOfCommand<"import">): MigrationRange {
  const { device, from, to, "time-zone": zone } = values;
  return { old: resolve(values.old), new: resolve(values.new), device, from, to, zone };
}
