import type { Minute } from "@heatloop/core/minute/minute";
import type { Zone } from "@heatloop/core/time/local-day";
import { importSource } from "#scripts/importing/import-source.ts";
import type { Imported } from "#scripts/importing/into-archive.ts";
import type { Source, SourceProblem, SourceReport } from "#scripts/importing/sample.ts";
import { collectProblems } from "#scripts/importing/source-problems.ts";
import { type ArchiveFolder, archiveFolder } from "#test/support/archives/archive-folder.ts";

/** Long after everything in the examples. */
export const now = Date.parse("2030-01-01T00:00:00Z");

/** The outcome of an import. */
export type Outcome = {
  readonly kept: ArchiveFolder;
  readonly imported: Imported;
  readonly minutes: readonly Minute[];
  readonly findings: readonly SourceProblem[];
  /** The lines that a person gets of them. */
  readonly lines: readonly string[];
};

/** Imports a source into an archive, an empty one where none is given, and reads all of it back. */
export async function importInto(
  open: (report: SourceReport, zone: Zone) => Source,
  options: {
    readonly kept?: ArchiveFolder;
    readonly dryRun?: boolean;
    readonly from?: number;
    readonly until?: number;
  } = {},
): Promise<Outcome> {
  const kept = options.kept ?? archiveFolder("Europe/Rome");
  const { files, archive } = kept.open();
  const findings: SourceProblem[] = [];
  const collected = collectProblems();
  const report: SourceReport = {
    problem(finding) {
      findings.push(finding);
      collected.add(finding);
    },
    progress: () => undefined,
  };
  const imported = await importSource({
    source: open(report, kept.zone),
    files,
    archive,
    device: "pump",
    zone: kept.zone,
    from: options.from ?? Number.NEGATIVE_INFINITY,
    until: options.until ?? now,
    dryRun: options.dryRun ?? false,
  });
  const minutes: Minute[] = [];
  for await (const minute of archive.minutes("pump", 0, now)) minutes.push(minute);
  return { kept, imported, minutes, findings, lines: collected.lines() };
}
