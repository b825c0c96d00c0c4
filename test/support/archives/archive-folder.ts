import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type Zone, zoneOf } from "@heatloop/core/time/local-day";
import { type Archive, typedArchive } from "@heatloop/ha-addon/archive/archive";
import { type CsvFiles, openArchive } from "@heatloop/ha-addon/archive/csv/csv-files";
import { onTestFinished } from "vitest";
import { recordingLog } from "#test/support/recording-log.ts";
import { simulatedClock } from "#test/support/simulated-clock.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

/** An archive in a folder of its own, for the length of a test. */
export type ArchiveFolder = {
  readonly folder: string;
  /** Opens it as the program does at its start; the time zone can be changed through `zone`. */
  open(): { readonly files: CsvFiles; readonly archive: Archive };
  /** The time zone whose dates name the files; may be changed as a test goes on. */
  zone: Zone;
  /** Lines of a file as they are on the disk, the header included; undefined where there is no such file. */
  lines(device: string, fileName: string): Promise<string[] | undefined>;
  fileNames(device: string, year: string): Promise<string[]>;
};

export function namedZone(name: string): Zone {
  const zone = zoneOf(name);
  if (zone === undefined) throw new Error(`no time zone ${name}`);
  return zone;
}

export function archiveFolder(timeZone = "Europe/Rome"): ArchiveFolder {
  const folder = temporaryFolder();
  const kept: ArchiveFolder = {
    folder,
    zone: namedZone(timeZone),
    open() {
      const files = openArchive({ folder, log: recordingLog(), clock: simulatedClock(0) });
      onTestFinished(() => files.close());
      return { files, archive: typedArchive(files, () => kept.zone) };
    },
    async lines(device, fileName) {
      const text = await readFile(join(folder, device, fileName.slice(0, 4), fileName), "utf8").catch(() => undefined);
      return text?.trimEnd().split("\n");
    },
    fileNames: (device, year) => readdir(join(folder, device, year)),
  };
  return kept;
}
