import { execFileSync } from "node:child_process";
import { rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A small disk of its own, in memory, that can be filled up. */
export type SmallDisk = {
  readonly folder: string;
  fill(): void;
  free(): void;
  unmount(): void;
};

/** Chosen: a run's archive and what is kept of it take less than a tenth. */
const usualMb = 24;

/** Mounts a small disk at an empty folder; undefined where that is not possible, as without root. */
export function mountSmallDisk(folder: string, sizeMb = usualMb): SmallDisk | undefined {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${sizeMb}m`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  const ballast = join(folder, "ballast");
  return {
    folder,
    fill() {
      const { bavail, bsize } = statfsSync(folder);
      try {
        writeFileSync(ballast, Buffer.alloc(bavail * bsize));
      } catch (error) {
        // Somebody else has written meanwhile: it is full all the same.
        if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
      }
    },
    free: () => rmSync(ballast, { force: true }),
    unmount: () => void execFileSync("umount", ["-l", folder], { stdio: "ignore" }),
  };
}
