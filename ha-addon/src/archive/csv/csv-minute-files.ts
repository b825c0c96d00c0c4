import { join } from "node:path";
import { type Disk, namesIn, realDisk, statsOf } from "./csv-disk.ts";
import { type CsvName, csvName, isDeviceId, isYearFolder, readCsvName, withoutDoubles } from "./csv-name.ts";
import { FileTooLong, mostFileBytes, unpacked } from "./csv-packing.ts";

/** A file of minutes; `state` changes whenever its content does. */
export type MinuteFile = CsvName & { readonly path: string; readonly state: string; readonly bytes: number };

/** The contents of a device's folder of the archive. */
export type MinuteFiles = {
  /** The files of minutes of some dates, in the order of dates and parts. */
  readonly files: readonly MinuteFile[];
  /** Paths in the folders of those years that are none of the archive's. */
  readonly foreign: readonly string[];
};

/**
 * Lists the files of minutes of a device from one date to another, both included. Without waiting, as a year has
 * hundreds of them; what is not there or cannot be listed is left out.
 */
function listMinuteFiles(folder: string, device: string, from: string, to: string): MinuteFiles {
  const files: MinuteFile[] = [];
  const foreign: string[] = [];
  if (!isDeviceId(device)) return { files, foreign };
  for (const year of namesIn(join(folder, device))) {
    if (!isYearFolder(year) || year < from.slice(0, 4) || year > to.slice(0, 4)) continue;
    const yearFolder = join(folder, device, year);
    const names: CsvName[] = [];
    let isPlain = true;
    for (const entry of namesIn(yearFolder)) {
      const name = readCsvName(entry);
      if (name?.packing !== undefined) isPlain = false;
      if (name?.date.startsWith(year)) names.push(name);
      else if (!/\.csv(\.zst|\.gz)?\.(torn|new)$/.test(entry)) foreign.push(join(yearFolder, entry));
    }
    for (const name of isPlain ? names : withoutDoubles(names)) {
      if (name.kind !== "minutes" || name.date < from || name.date > to) continue;
      // A third of the time would be spent on joining what is joined already.
      const path = `${yearFolder}/${csvName(name)}`;
      const stats = statsOf(path);
      if (stats?.isFile() !== true) continue;
      // Not the time of its last change alone, which a restored file brings along.
      files.push({ ...name, path, state: `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs}`, bytes: stats.size });
    }
  }
  files.sort((a, b) => (a.date === b.date ? a.part - b.part : a.date < b.date ? -1 : 1));
  return { files, foreign: foreign.sort() };
}

/** Reads the files of minutes of an archive; another program may write it meanwhile. */
export type MinuteReading = {
  /** The files of minutes of a range of dates, both included; without waiting. */
  minuteFiles(device: string, from: string, to: string): MinuteFiles;
  /** Reads one of them into a buffer for its bytes; returns how many they are, or a sentence why it cannot be read. */
  load(file: MinuteFile, bufferOf: (length: number) => Uint8Array): number | string;
};

/** Reads the minutes of the archive in `folder`. */
export function minuteReading(folder: string, disk: Disk = realDisk): MinuteReading {
  return {
    minuteFiles: (device, from, to) => listMinuteFiles(folder, device, from, to),
    load(file, bufferOf) {
      try {
        return loadMinuteFile(disk, file, bufferOf);
      } catch (error) {
        const { code, message } = error as NodeJS.ErrnoException;
        return code === "EACCES" ? "the program may not read it" : `it cannot be read: ${message}`;
      }
    },
  };
}

/** Reads a file into a buffer for its bytes, and returns how many they are. Throws the error that prevents it. */
function loadMinuteFile(disk: Disk, file: MinuteFile, bufferOf: (length: number) => Uint8Array): number {
  if (file.bytes > mostFileBytes) throw new FileTooLong(false);
  if (file.packing !== undefined) {
    const bytes = unpacked(disk.readFileSync(file.path), file.packing);
    bufferOf(bytes.length).set(bytes);
    return bytes.length;
  }
  const fd = disk.openSync(file.path, "r");
  try {
    const bytes = bufferOf(file.bytes);
    let length = 0;
    for (let count = -1; count !== 0 && length < bytes.length; length += count) {
      count = disk.readSync(fd, bytes, length, bytes.length - length, length);
    }
    return length;
  } finally {
    disk.closeSync(fd);
  }
}
