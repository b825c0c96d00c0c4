import type { RowReader } from "@heatloop/core/minute/csv-reader";
import type { Log } from "@heatloop/program/log";
import { type ArchiveSize, archiveSize } from "../archive-size.ts";
import { type FilesStates, filesStates } from "../files-state.ts";
import { type Disk, realDisk } from "./csv-disk.ts";
import { type Attempt, archiveFolders } from "./csv-folders.ts";
import { type MinuteReading, minuteReading } from "./csv-minute-files.ts";
import type { CsvKind } from "./csv-name.ts";
import { type CsvText, linesOf } from "./csv-text.ts";

/** A row of an archive file with its header, without line ends; `line` counts from 1, the header being the first. */
export type CsvLine = { readonly header: string; readonly row: string; readonly file: string; readonly line: number };

/** Reads an archive; another program may write it meanwhile. */
export type CsvReading = MinuteReading &
  FilesStates & {
    /** The rows of a local date, file after file; a line that is not whole yet or holds NULs is left out. */
    read(device: string, date: string, kind: CsvKind): AsyncIterable<CsvLine>;
    /** The same rows, as texts of whole files. */
    readFiles(device: string, date: string, kind: CsvKind): AsyncIterable<CsvText>;
    /** The dates that have files, in their order. */
    dates(device: string): Promise<string[]>;
    /** What the archive takes on the disk: looks at all of its files. */
    size(): Promise<ArchiveSize>;
    /** The devices that have a folder with years. */
    devices(): Promise<string[]>;
  };

/** Reads the archive in `folder`. What cannot be read is left out and logged once. */
export function csvReading(folder: string, log: Log, disk: Disk = realDisk): CsvReading {
  const folders = archiveFolders(folder, loggedAttempts(log), disk);

  async function* read(...place: Parameters<CsvReading["read"]>): AsyncIterable<CsvLine> {
    for await (const text of folders.texts(...place)) {
      const { header, file } = text;
      for (const { row, line } of linesOf(text)) yield { header, row, file, line };
    }
  }

  return {
    read,
    readFiles: folders.texts,
    dates: folders.dates,
    devices: folders.devices,
    ...minuteReading(folder, disk),
    ...filesStates(folder),
    size: () => archiveSize(folder),
  };
}

/** The rows of a local date that `reader` can read, file after file in the order in which they were written. */
export async function* rowsOf<T>(
  files: Pick<CsvReading, "readFiles">,
  place: { readonly device: string; readonly date: string; readonly kind: CsvKind },
  reader: (header: string) => RowReader<T>,
): AsyncIterable<T> {
  let header: string | undefined;
  let read: RowReader<T> = () => undefined;
  for await (const text of files.readFiles(place.device, place.date, place.kind)) {
    if (text.header !== header) {
      header = text.header;
      read = reader(header);
    }
    for (const line of linesOf(text)) {
      const row = read(line.row);
      if (row !== undefined) yield row;
    }
  }
}

/** Runs work on a path; what fails is undefined, and logged once for each path unless nothing is there. */
function loggedAttempts(log: Log): Attempt {
  const logged = new Set<string>();
  return async (path, work) => {
    try {
      return await work();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || logged.has(path)) return undefined;
      logged.add(path);
      const reason = code === "EACCES" ? "the program may not read it" : message;
      log.warn("a part of the archive cannot be read", { path, reason });
      return undefined;
    }
  };
}
