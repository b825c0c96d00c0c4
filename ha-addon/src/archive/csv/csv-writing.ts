import type { Clock } from "@heatloop/core/time/clock";
import { dataSync, writeAll } from "./csv-disk.ts";
import { type Batch, type CsvFolder, type OpenFile, openDayFile, openToAppend, type WrittenFile } from "./csv-open.ts";

/**
 * Writes batches of one device and kind. Resolves once they are on the disk; rejects with the disk's error, and then
 * none of the batch counts as written and the same batch must come again. One at a time.
 */
export function csvWriter(folder: CsvFolder, clock: Clock): (batch: Batch) => Promise<void> {
  const { disk } = folder;
  const sync = dataSync(disk, clock.now);
  let last: WrittenFile | undefined;

  return async (batch) => {
    const { fd, file } = reopen(folder, last, batch) ?? openDayFile(folder, batch);
    last = file;
    try {
      const text = `${file.size === 0 ? `${batch.header}\n` : ""}${batch.rows.join("\n")}\n`;
      const bytes = Buffer.from(text);
      last = { ...file, failed: true };
      writeAll(disk, fd, bytes);
      await sync(fd);
      last = { ...file, size: file.size + bytes.length };
    } catch (error) {
      cutBack(folder, fd, file.size);
      throw error;
    } finally {
      disk.closeSync(fd);
    }
  };
}

/** The file written last, if the batch belongs there and it is as it was left; a failed attempt is cut off. */
function reopen(folder: CsvFolder, last: WrittenFile | undefined, batch: Batch): OpenFile | undefined {
  if (last === undefined || last.date !== batch.date || last.header !== batch.header) return undefined;
  const { disk } = folder;
  const fd = openToAppend(folder, last.path, batch.date);
  try {
    const { ino, size } = disk.fstatSync(fd);
    if (ino === last.inode && size === last.size) return { fd, file: { ...last, failed: false } };
    if (ino === last.inode && size > last.size && last.failed) {
      disk.ftruncateSync(fd, last.size);
      return { fd, file: { ...last, failed: false } };
    }
  } catch (error) {
    disk.closeSync(fd);
    throw error;
  }
  disk.closeSync(fd);
  return undefined;
}

/** Where even this fails, the next attempt cuts it off before it writes. */
function cutBack({ disk }: CsvFolder, fd: number, size: number): void {
  try {
    disk.ftruncateSync(fd, size);
  } catch {}
}
