import { statfs } from "node:fs/promises";
import { dirname } from "node:path";

/** How much may still be written in folders that may be on several disks, also where they are yet to be made; null: not known. */
export async function leastFreeBytes(folders: readonly string[]): Promise<number | null> {
  const known = (await Promise.all(folders.map(freeBytesOf))).filter((bytes) => bytes !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === "ENOENT";
    return isMissing && dirname(folder) !== folder ? freeBytesOf(dirname(folder)) : null;
  }
}
