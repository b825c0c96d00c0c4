import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import fs from "node:fs/promises";
import { dirname } from "node:path";

/** What a file is replaced through: node:fs/promises, or in tests a disk that refuses. */
export type FileDisk = Pick<typeof fs, "mkdir" | "open" | "rename" | "rm">;

/**
 * Replaces a file, or makes it together with its folder: it is either the old one or the new one, whatever happens
 * meanwhile. Rejected with the disk's error, and then it is the old one. `mode`: who may read it, as from 0o600 on.
 */
export async function replaceFile(
  file: string,
  content: string | Uint8Array,
  disk: FileDisk = fs,
  mode?: number,
): Promise<void> {
  const folder = dirname(file);
  const fresh = `${file}.new`;
  await disk.mkdir(folder, { recursive: true });
  try {
    const handle = await disk.open(fresh, "w", mode);
    try {
      // One that was left behind has the mode of its own time.
      if (mode !== undefined) await handle.chmod(mode);
      await handle.writeFile(content);
      await handle.sync().catch(unlessItCannotSync);
    } finally {
      await handle.close();
    }
    await disk.rename(fresh, file);
  } catch (error) {
    await disk.rm(fresh, { force: true }).catch(() => undefined);
    throw error;
  }
  // The file is the new one from here on: nothing may say otherwise.
  await syncFolder(folder, disk).catch(() => undefined);
}

/**
 * Replaces a file in a folder that is there on the spot, so that nothing of this program comes between `mayReplace`,
 * which gets the name of the written file, and the replacing. Returns whether it was replaced. Throws the disk's error,
 * or that of `mayReplace`: then the file is the old one, unless only the folder could not be synced.
 */
export function replaceFileAtOnce(file: string, content: Uint8Array, mayReplace: (fresh: string) => boolean): boolean {
  const fresh = `${file}.new`;
  try {
    const fd = openSync(fresh, "w");
    try {
      writeFileSync(fd, content);
      syncWhereItCan(fd);
    } finally {
      closeSync(fd);
    }
    if (!mayReplace(fresh)) return false;
    renameSync(fresh, file);
  } finally {
    rmSync(fresh, { force: true });
  }
  const folder = openSync(dirname(file), "r");
  try {
    syncWhereItCan(folder);
  } finally {
    closeSync(folder);
  }
  return true;
}

function syncWhereItCan(fd: number): void {
  try {
    fsyncSync(fd);
  } catch (error) {
    unlessItCannotSync(error);
  }
}

async function syncFolder(folder: string, disk: FileDisk): Promise<void> {
  const handle = await disk.open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const unsupported: ReadonlySet<unknown> = new Set([
  "EACCES",
  "EBADF",
  "EINVAL",
  "EISDIR",
  "ENOSYS",
  "ENOTSUP",
  "EOPNOTSUPP",
  "EPERM",
]);

/** Throws a disk's error unless it says that this file system cannot sync such a thing at all. */
export function unlessItCannotSync(error: unknown): void {
  if (!unsupported.has((error as NodeJS.ErrnoException).code)) throw error;
}
