import { join } from "node:path";
import type { Log } from "@heatloop/program/log";
import { type Disk, syncFolder } from "./csv-disk.ts";
import { type CsvKind, csvName, readCsvName } from "./csv-name.ts";
import { repairEnd } from "./csv-repair.ts";

/** Rows that go into one file at once; without line ends. */
export type Batch = { readonly date: string; readonly header: string; readonly rows: readonly string[] };

/** The archive in `folder`, as far as the files of one kind of a device are written there. */
export type CsvFolder = {
  readonly folder: string;
  readonly device: string;
  readonly kind: CsvKind;
  readonly disk: Disk;
  readonly log: Log;
};

/** A file as it was left after writing; where the attempt `failed`, what is beyond `size` bytes is cut off. */
export type WrittenFile = {
  readonly date: string;
  readonly header: string;
  readonly path: string;
  readonly inode: number;
  readonly size: number;
  readonly failed: boolean;
};

/** A file that is open for reading and appending. */
export type OpenFile = { readonly fd: number; readonly file: WrittenFile };

/**
 * Opens the day's newest file if it has the same header, else a new one; repaired, and with its folder on the disk.
 * Throws the disk's error.
 */
export function openDayFile(folder: CsvFolder, { date, header }: Batch): OpenFile {
  const { disk, log, kind } = folder;
  for (let part = Math.max(1, newestPart(folder, date)); ; part += 1) {
    const path = join(yearFolder(folder, date), csvName({ date, kind, part }));
    const fd = openToAppend(folder, path, date);
    try {
      const { length: size, aside } = repairEnd(disk, fd, path);
      if (aside > 0) log.warn("a torn end of a file was set aside in its .torn file", { file: path, bytes: aside });
      if (size === 0) syncFolders(folder, date);
      if (size === 0 || startsWith(disk, fd, `${header}\n`)) {
        return { fd, file: { date, header, path, inode: disk.fstatSync(fd).ino, size, failed: false } };
      }
      log.info("the columns have changed: the day goes on in a new file", { after: path });
    } catch (error) {
      disk.closeSync(fd);
      throw error;
    }
    disk.closeSync(fd);
  }
}

/** Opens a file of a date, making it and its folder where they are missing. Throws the disk's error. */
export function openToAppend(folder: CsvFolder, path: string, date: string): number {
  const { disk } = folder;
  try {
    return disk.openSync(path, "a+");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    disk.mkdirSync(yearFolder(folder, date), { recursive: true });
    return disk.openSync(path, "a+");
  }
}

/** 0 where the date has no file. */
function newestPart(folder: CsvFolder, date: string): number {
  let names: readonly string[];
  try {
    names = folder.disk.readdirSync(yearFolder(folder, date));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
    throw error;
  }
  const parts = names.map(readCsvName).map((name) => {
    if (name?.date !== date || name.kind !== folder.kind) return 0;
    // A compressed part is finished: further rows go into the next one.
    return name.packing === undefined ? name.part : name.part + 1;
  });
  return Math.max(0, ...parts);
}

function startsWith(disk: Disk, fd: number, text: string): boolean {
  const start = Buffer.alloc(Buffer.byteLength(text));
  disk.readSync(fd, start, 0, start.length, 0);
  return start.toString() === text;
}

function syncFolders({ folder, device, disk }: CsvFolder, date: string): void {
  const deviceFolder = join(folder, device);
  for (const each of [join(deviceFolder, date.slice(0, 4)), deviceFolder, folder]) syncFolder(disk, each);
}

function yearFolder({ folder, device }: CsvFolder, date: string): string {
  return join(folder, device, date.slice(0, 4));
}
