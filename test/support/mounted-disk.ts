import { execFileSync } from "node:child_process";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./temporary-folder.ts";

/** A disk of so many kB for the length of a test; undefined where none can be mounted. */
export function smallDisk(kilobytes = 64): string | undefined {
  const folder = temporaryFolder();
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${kilobytes}k`, "tmpfs", folder], { stdio: "ignore" });
  } catch {
    return undefined;
  }
  onTestFinished(() => void execFileSync("umount", ["-l", folder], { stdio: "ignore" }));
  return folder;
}

/** Makes a mounted disk read-only, as a kernel does with one that fails. */
export function makeReadOnly(disk: string): void {
  execFileSync("mount", ["-o", "remount,ro", disk], { stdio: "ignore" });
}

function canMount(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    execFileSync("unshare", ["-m", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Whether disks can be mounted here: as root, and where that is allowed. */
export const mountable = canMount();
