import { join } from "node:path";
import type { Clock } from "@heatloop/core/time/clock";
import type { Log } from "../base/log.ts";
import { type Disk, dataSync, syncFolder, writeAll } from "./csv-disk.ts";
import { type CsvKind, csvName, readCsvName } from "./csv-name.ts";
import { repairEnd } from "./csv-repair.ts";

/** Rows that go into one file at once; without line ends. */
export type Batch = { readonly date: string; readonly header: string; readonly rows: readonly string[] };

/** The file that was written last, as it was left: what is beyond `size` is a failed attempt. */
type Left = {
  readonly date: string;
  readonly header: string;
  readonly path: string;
  readonly inode: number;
  readonly size: number;
  readonly failed: boolean;
};

/**
 * Writes batches of one device and kind. Resolves once they are on the disk; rejects with the disk's error, and then
 * none of the batch counts as written and the same batch must come again. One at a time.
 */
export function csvWriter(parts: {
  readonly folder: string;
  readonly device: string;
  readonly kind: CsvKind;
  readonly disk: Disk;
  readonly log: Log;
  readonly clock: Clock;
}): (batch: Batch) => Promise<void> {
  const { disk, log, kind } = parts;
  const deviceFolder = join(parts.folder, parts.device);
  const sync = dataSync(disk, parts.clock.now);
  let left: Left | undefined;

  return async (batch) => {
    const { fd, file } = reopen(batch) ?? find(batch);
    left = file;
    try {
      const text = `${file.size === 0 ? `${batch.header}\n` : ""}${batch.rows.join("\n")}\n`;
      const bytes = Buffer.from(text);
      left = { ...file, failed: true };
      writeAll(disk, fd, bytes);
      await sync(fd);
      left = { ...file, size: file.size + bytes.length };
    } catch (error) {
      cutBack(fd, file.size);
      throw error;
    } finally {
      disk.closeSync(fd);
    }
  };

  /** The file of the batch before, if it is still as it was left; a failed attempt is cut off. */
  function reopen(batch: Batch): { fd: number; file: Left } | undefined {
    if (left === undefined || left.date !== batch.date || left.header !== batch.header) return undefined;
    const fd = openToAppend(left.path, batch.date);
    try {
      const { ino, size } = disk.fstatSync(fd);
      if (ino === left.inode && size === left.size) return { fd, file: { ...left, failed: false } };
      if (ino === left.inode && size > left.size && left.failed) {
        disk.ftruncateSync(fd, left.size);
        return { fd, file: { ...left, failed: false } };
      }
    } catch (error) {
      disk.closeSync(fd);
      throw error;
    }
    disk.closeSync(fd);
    return undefined;
  }

  /** The day's newest file if it has the same header, else a new one; repaired, and with its folder on the disk. */
  function find({ date, header }: Batch): { fd: number; file: Left } {
    for (let part = Math.max(1, newestPart(date)); ; part += 1) {
      const path = join(yearFolder(date), csvName({ date, kind, part }));
      const fd = openToAppend(path, date);
      try {
        const { length: size, aside } = repairEnd(disk, fd, path);
        if (aside > 0) log.warn("a torn end of a file was set aside in its .torn file", { file: path, bytes: aside });
        if (size === 0) for (const folder of [yearFolder(date), deviceFolder, parts.folder]) syncFolder(disk, folder);
        if (size === 0 || startsWith(fd, `${header}\n`)) {
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

  function openToAppend(path: string, date: string): number {
    try {
      return disk.openSync(path, "a+");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      disk.mkdirSync(yearFolder(date), { recursive: true });
      return disk.openSync(path, "a+");
    }
  }

  function newestPart(date: string): number {
    let names: readonly string[];
    try {
      names = disk.readdirSync(yearFolder(date));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return 0;
      throw error;
    }
    const parts = names.map(readCsvName).map((name) => {
      if (name?.date !== date || name.kind !== kind) return 0;
      // A compressed part is finished: what still comes goes on behind it.
      return name.packing === undefined ? name.part : name.part + 1;
    });
    return Math.max(0, ...parts);
  }

  function startsWith(fd: number, text: string): boolean {
    const start = Buffer.alloc(Buffer.byteLength(text));
    disk.readSync(fd, start, 0, start.length, 0);
    return start.toString() === text;
  }

  function yearFolder(date: string): string {
    return join(deviceFolder, date.slice(0, 4));
  }

  /** Where even this fails, the next attempt cuts it off before it writes. */
  function cutBack(fd: number, size: number): void {
    try {
      disk.ftruncateSync(fd, size);
    } catch {}
  }
}
