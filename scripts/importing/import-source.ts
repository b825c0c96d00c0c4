import { type Imported, type IntoArchiveParts, intoArchive } from "./into-archive.ts";
import { startPlayer } from "./play-samples.ts";
import type { Sample, Source } from "./sample.ts";

const samplesAtOnce = 20_000;

/**
 * Brings a source into the archive of a device: its samples as minutes, those that are in the archive left as they
 * are. Minutes from `from` until before `until`, ms since the epoch. Rejects with `ArchiveRefuses`, or with the error
 * of the source; what was written until then stays.
 */
export async function importSource(parts: IntoArchiveParts & { readonly source: Source }): Promise<Imported> {
  const { source, zone } = parts;
  const into = intoArchive(parts);
  const player = startPlayer({
    validity: source.validity,
    inferred: source.inferred,
    dayOf: (at) => zone.dateOf(at),
  });
  let taken = 0;
  async function write(): Promise<void> {
    for (const minute of player.finished()) await into.take(minute);
  }
  function take(sample: Sample): boolean {
    player.take(sample);
    taken += 1;
    return taken % samplesAtOnce === 0;
  }
  if (Symbol.iterator in source.samples) {
    // Waiting for each sample of a file would take longer than reading it.
    for (const sample of source.samples) if (take(sample)) await write();
  } else {
    for await (const sample of source.samples) if (take(sample)) await write();
  }
  player.end();
  await write();
  return into.end();
}
