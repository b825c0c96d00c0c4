import { dirname } from "node:path";
import { type Disk, syncFolder, writeAll } from "./csv-disk.ts";

const lineEnd = 0x0a;

/**
 * Length of the part of a file that consists of whole lines: without a last line that has no end, and without lines
 * at its end that hold NULs, which some file systems leave after a power cut.
 */
export function wholeLength(bytes: Uint8Array): number {
  let length = bytes.lastIndexOf(lineEnd) + 1;
  while (length > 0) {
    const start = length < 2 ? 0 : bytes.lastIndexOf(lineEnd, length - 2) + 1;
    if (!bytes.subarray(start, length).includes(0)) break;
    length = start;
  }
  return length;
}

/**
 * Sets a torn end of `path` (open for reading and appending as `fd`) aside in `<path>.torn` and cuts it off. The copy
 * is on the disk before anything is cut; after a crash in between it is not made twice. Returns the file's length and
 * how many bytes were set aside. Throws the disk's error; then the file is as it was.
 */
export function repairEnd(disk: Disk, fd: number, path: string): { readonly length: number; readonly aside: number } {
  const bytes = disk.readFileSync(path);
  const length = wholeLength(bytes);
  const aside = bytes.length - length;
  if (aside > 0) {
    setAside(disk, `${path}.torn`, bytes.subarray(length));
    disk.ftruncateSync(fd, length);
    disk.fsyncSync(fd);
  }
  return { length, aside };
}

function setAside(disk: Disk, path: string, torn: Uint8Array): void {
  const entry = Buffer.concat([torn, Buffer.from("\n")]);
  const fd = disk.openSync(path, "a+");
  try {
    const { size } = disk.fstatSync(fd);
    if (endsWith(disk, fd, size, entry)) return;
    try {
      writeAll(disk, fd, entry);
      disk.fsyncSync(fd);
    } catch (error) {
      disk.ftruncateSync(fd, size);
      throw error;
    }
  } finally {
    disk.closeSync(fd);
  }
  syncFolder(disk, dirname(path));
}

function endsWith(disk: Disk, fd: number, size: number, entry: Buffer): boolean {
  if (size < entry.length) return false;
  const end = Buffer.alloc(entry.length);
  return disk.readSync(fd, end, 0, end.length, size - end.length) === end.length && end.equals(entry);
}
