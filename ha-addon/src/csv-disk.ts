import fs from "node:fs";

/** What the archive asks of the disk: node:fs, or in tests one that fails. */
export type Disk = Pick<
  typeof fs,
  | "closeSync"
  | "fdatasync"
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

/** Waits until the file's data is on the disk, without holding up the program. */
export function sync(disk: Disk, fd: number): Promise<void> {
  return new Promise((resolve, reject) => disk.fdatasync(fd, (error) => (error ? reject(error) : resolve())));
}

/** Makes a new entry of a folder last over a power cut; file systems that cannot do so are let off. */
export function syncFolder(disk: Disk, folder: string): void {
  const fd = disk.openSync(folder, "r");
  try {
    disk.fsyncSync(fd);
  } catch (error) {
    if (!["EINVAL", "ENOTSUP", "EOPNOTSUPP", "EBADF"].includes((error as NodeJS.ErrnoException).code ?? ""))
      throw error;
  } finally {
    disk.closeSync(fd);
  }
}
