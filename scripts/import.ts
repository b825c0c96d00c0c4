import { readFile } from "node:fs/promises";
import { minuteMs } from "@heatloop/core/time/durations";
import type { Zone } from "@heatloop/core/time/local-day";
import { typedArchive } from "@heatloop/ha-addon/archive/archive";
import { openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { archiveLock } from "@heatloop/ha-addon/archive/lock";
import { systemClock } from "@heatloop/program/clock";
import { startLog } from "@heatloop/program/log";
import { runScript } from "./base/arguments.ts";
import { isFolder } from "./base/is-folder.ts";
import { progressBar } from "./base/progress-bar.ts";
import { type ImportArguments, readImportArguments } from "./importing/import-arguments.ts";
import { importHelp, tokenVariable } from "./importing/import-help.ts";
import { importSource } from "./importing/import-source.ts";
import { openSource } from "./importing/open-source.ts";
import { collectProblems } from "./importing/source-problems.ts";
import { summaryOf } from "./importing/summary.ts";

/** A minute is logged only once it is over: the last ones are left to the program that may be running. */
const stillLoggedMs = 5 * minuteMs;

const tokenOfEnvironment = process.env[tokenVariable] ?? "";
const read = readImportArguments(process.argv.slice(2), {
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hasToken: tokenOfEnvironment !== "",
});
await runScript({ name: "scripts/import", help: importHelp, read }, async (options) => {
  try {
    process.exitCode = await run(options);
  } catch (error) {
    console.error(failureOf(error as NodeJS.ErrnoException));
    process.exitCode = 1;
  }
});

function failureOf({ code, path, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `There is no file ${path}.`;
  if (code === "EACCES" || code === "EISDIR") return `${path ?? "A file"} cannot be read: ${message}`;
  return `The import failed: ${message}. What was written stays; run it again to go on.`;
}

/** Imports, prints the result, and hands back the exit code. */
async function run(options: ImportArguments): Promise<number> {
  const { archive: folder, device, zone, dryRun } = options;
  if (!(await isFolder(folder))) {
    console.error(`There is no folder ${folder}: --archive takes the folder that Heatloop logs into.`);
    return 1;
  }
  const clock = systemClock();
  const now = clock.now();
  const log = startLog({ level: "warn", write: (line) => process.stderr.write(line), now: clock.now });
  const lock = archiveLock({ folder, program: `scripts/import, process ${process.pid}` });
  const claim = dryRun ? undefined : lock.claim();
  if (claim?.state === "taken") {
    console.error(
      `Nothing was imported, as ${claim.by}: end it for the time of the import. --dry-run may run beside it.`,
    );
    return 1;
  }
  const files = openArchive({ folder, log, clock, lock });
  const problems = collectProblems();
  const draw = process.stderr.isTTY ? progressBar("Importing", process.stderr) : () => undefined;
  const range = rangeOf(options, zone, now - stillLoggedMs);
  const opened = await openSource({
    source: options.source,
    token: () => tokenOf(options),
    ...range,
    zone,
    now,
    clock,
    report: { problem: problems.add, progress: draw },
  });
  if ("problems" in opened) {
    for (const problem of opened.problems) console.error(problem);
    await files.close();
    return 1;
  }
  for (const remark of opened.source.remarks) console.log(remark);
  try {
    const imported = await importSource({
      source: opened.source,
      files,
      archive: typedArchive(files, () => zone),
      device,
      zone,
      ...range,
      dryRun,
    });
    draw(1);
    for (const line of summaryOf({ imported, problems, dryRun })) console.log(line);
    return imported.minutes === 0 ? 1 : 0;
  } finally {
    opened.close();
    await files.close();
  }
}

/** From the start of the first date until the end of the last, or until what may still be logged. */
function rangeOf({ from, to }: ImportArguments, zone: Zone, latest: number): { from: number; until: number } {
  return {
    from: from === undefined ? Number.NEGATIVE_INFINITY : zone.startOf(from),
    // Whole minutes only: one that is written is not written again.
    until: Math.floor(Math.min(latest, to === undefined ? latest : zone.endOf(to)) / minuteMs) * minuteMs,
  };
}

async function tokenOf({ source }: ImportArguments): Promise<string> {
  if (source.name !== "home-assistant") return "";
  return source.tokenFile === undefined ? tokenOfEnvironment : (await readFile(source.tokenFile, "utf8")).trim();
}
