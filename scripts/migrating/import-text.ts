import type { ArchiveImport } from "./import-archive.ts";

/** What an import did, or would do, for a person. */
export function importText(done: ArchiveImport, kept: string, dryRun: boolean): string {
  const { taken, missing, dates, nowhere, otherFiles } = done;
  const more = [
    ...(otherFiles === 0
      ? []
      : [`${counted(otherFiles, "file")} of prices or surplus ${dryRun ? "would be copied" : "copied"}.`]),
    ...(nowhere === 0
      ? []
      : [
          `${counted(nowhere, "minute")} ${nowhere === 1 ? "is" : "are"} in neither of them: both programs were not running.`,
        ]),
  ];
  if (dates === 0)
    return ["The new archive knows every minute at least as well: nothing is to be brought in.", ...more].join("\n");
  const what = `${counted(taken, "minute")} on ${counted(dates, "day")}, ${missing} of them missing so far`;
  const written = dryRun
    ? `${what}, would be brought in. Nothing was written.`
    : `${what}, were brought in. The files that were replaced are in ${kept}.`;
  return [written, ...more].join("\n");
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
