import fs from "node:fs";
import { unlessItCannotSync } from "../base/durable-file.ts";

/** What the archive asks of the disk: node:fs, or in tests one that fails. */
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

const quickMs = 2;

/**
 * Makes what waits until a file's data is on the disk. A disk that was quick the last time is waited for on the spot,
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

/** Makes a new entry of a folder last over a power cut; file systems that cannot do so are let off. */
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

/** What is known of a file or folder, where a link leads to; undefined where it is not there or cannot be looked at. */
export function factsOf(path: string): fs.Stats | undefined {
  try {
    return fs.statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** The names in a folder, in their order; none where it is not there or cannot be read. */
export function namesIn(folder: string): string[] {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}
