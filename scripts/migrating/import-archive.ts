import type { Minute } from "@heatloop/core/minute/minute";
import { minuteMs } from "@heatloop/core/time/durations";
import type { ArchiveLock } from "@heatloop/ha-addon/archive/lock";
import { type BothArchives, CannotMigrate, type MigrationRange, openBoth } from "./both-archives.ts";
import { type ChosenMinute, minuteChooser } from "./chosen-minutes.ts";
import { chooseTransitions, type Stretch } from "./chosen-transitions.ts";
import { copyMissing } from "./copy-missing.ts";
import type { MinutePair } from "./minute-pairs.ts";
import { replaceDate } from "./replace-date.ts";

/** What an import of the old archive into the new one did. */
export type ArchiveImport = {
  /** Minutes that the old archive knew alone, or knew more of, and that are in the new one now. */
  readonly taken: number;
  /** Of them: those of which the new one had no row at all. */
  readonly missing: number;
  readonly dates: number;
  /** Minutes of the range that neither has. */
  readonly nowhere: number;
  /** Files of prices and of the house's surplus that the new one did not have. */
  readonly otherFiles: number;
};

export type ArchiveImportParts = MigrationRange & {
  readonly dryRun: boolean;
  /** Where the files that are replaced stay as they were. */
  readonly kept: string;
  readonly lock: ArchiveLock;
  readonly onProgress?: ((share: number) => void) | undefined;
};

/**
 * Brings what the old archive knows better into the new one, a local date at a time: each file is replaced at once, so an import that was
 * ended is simply run again, and one that is run again changes nothing. Throws `CannotMigrate` where an archive is none, or
 * another program writes the new one.
 */
export async function importArchive(parts: ArchiveImportParts): Promise<ArchiveImport> {
  const { zone, lock, dryRun } = parts;
  const claim = dryRun ? undefined : lock.claim();
  if (claim?.state === "taken")
    throw new CannotMigrate(`Nothing was imported, as ${claim.by}: end it for the time of the import.`);
  const both = await openBoth(parts, lock);
  try {
    const chooser = minuteChooser((at) => zone.dateOf(at));
    const counts = { taken: 0, missing: 0, dates: 0, nowhere: 0 };
    const dates = await both.dates();
    let lastAt: number | undefined;
    let following = dates[0] === undefined ? [] : await both.pairsOf(dates[0]);
    for (const [i, date] of dates.entries()) {
      const pairs = following;
      const nextDate = dates[i + 1];
      following = nextDate === undefined ? [] : await both.pairsOf(nextDate);
      const chosen = pairs.map((pair, k) => chooser.choose(pair, pairs[k + 1] ?? following[0]));
      const first = pairs[0]?.at;
      if (first !== undefined && lastAt !== undefined) counts.nowhere += (first - lastAt) / minuteMs - 1;
      lastAt = pairs.at(-1)?.at ?? lastAt;
      counts.nowhere += missingBetween(pairs);
      if (hasOtherRows(pairs, chosen)) {
        await writeDate(parts, both, date, chosen);
        counts.dates += 1;
        counts.taken += chosen.filter(({ side }) => side === "old").length;
        counts.missing += pairs.filter((pair) => pair.new === undefined).length;
      }
      parts.onProgress?.((i + 1) / dates.length);
    }
    const otherFiles = await copyMissing({ from: parts.old, to: parts.new, dryRun });
    return { ...counts, otherFiles };
  } finally {
    await both.close();
  }
}

function missingBetween(pairs: readonly MinutePair[]): number {
  const [first, last] = [pairs[0], pairs.at(-1)];
  return first === undefined || last === undefined ? 0 : (last.at - first.at) / minuteMs + 1 - pairs.length;
}

/** Whether the new archive's rows are not the chosen ones already. */
function hasOtherRows(pairs: readonly MinutePair[], chosen: readonly ChosenMinute[]): boolean {
  return chosen.some(({ minute, side }, i) => {
    const there = pairs[i]?.new;
    return side === "old" || there === undefined || !hasSameFigures(minute, there);
  });
}

function hasSameFigures({ figures }: Minute, other: Minute): boolean {
  return (Object.keys(figures) as (keyof typeof figures)[]).every(
    (figure) => figures[figure] === other.figures[figure],
  );
}

async function writeDate(
  { new: folder, device, zone, dryRun, kept }: ArchiveImportParts,
  both: BothArchives,
  date: string,
  chosen: readonly ChosenMinute[],
): Promise<void> {
  const transitions = chooseTransitions(stretchesOf(chosen), await both.transitionsOf(date));
  if (dryRun) return;
  const minutes = chosen.map(({ minute }) => minute);
  await replaceDate({ folder, device, date, kept, zone, files: both.new.files }, minutes, transitions);
}

/** From which minute on which side was chosen. */
function stretchesOf(chosen: readonly ChosenMinute[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { minute, side } of chosen) {
    if (stretches.at(-1)?.side !== side) stretches.push({ from: stretches.length === 0 ? 0 : minute.at, side });
  }
  return stretches;
}
