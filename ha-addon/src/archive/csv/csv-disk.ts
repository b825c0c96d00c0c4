import fs from "node:fs";
import { unlessItCannotSync } from "../../base/durable-file.ts";

/** The disk as the archive uses it: node:fs, or in tests one that fails. */
export type Disk = Pick<
  typeof fs,
  | "closeSync"
  | "fdatasync"
  | "fdatasyncSync"
  | "fstatSync"
  | "fsyncSync"
  | "ftruncateSync"
  | "mkdirSync"
  | "openSync"
  | "promises"
  | "readdirSync"
  | "readFileSync"
  | "readSync"
  | "writeSync"
>;

export const realDisk: Disk = fs;

/** Writes all bytes at the end of a file opened for appending; what was written before an error stays there. */
export function writeAll(disk: Disk, fd: number, bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    const count = disk.writeSync(fd, bytes, written, bytes.length - written);
    if (count === 0) throw Object.assign(new Error("nothing could be written"), { code: "EIO" });
    written += count;
  }
}

/** Chosen: shorter than anything that waits for the program would notice. */
const quickMs = 2;

/**
 * Makes a function that waits until a file's data is on the disk. A disk that was quick the last time is waited for on the spot,
 * which spares a third of the time; a slow one must not hold up the program, so another thread waits for it.
 */
export function dataSync(disk: Disk, now: () => number): (fd: number) => Promise<void> {
  let lastMs = Number.POSITIVE_INFINITY;
  return async (fd) => {
    const startedAt = now();
    if (lastMs < quickMs) disk.fdatasyncSync(fd);
    else await new Promise<void>((done, failed) => disk.fdatasync(fd, (error) => (error ? failed(error) : done())));
    lastMs = now() - startedAt;
  };
}

/** Makes a new entry of a folder last over a power cut; file systems that cannot do so are left alone. */
export function syncFolder(disk: Disk, folder: string): void {
  const fd = disk.openSync(folder, "r");
  try {
    disk.fsyncSync(fd);
  } catch (error) {
    unlessItCannotSync(error);
  } finally {
    disk.closeSync(fd);
  }
}

/** The stats of a file or folder, of a link those of its target; undefined where it is missing or cannot be read. */
export function statsOf(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The names in a folder, sorted; none where it is missing or cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}
