import { lchownSync, lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** A user and a group of the machine, by their numbers. */
export type UserIds = { readonly uid: number; readonly gid: number };

/**
 * Takes over folders, which are made where they are missing, and gives up root for good. What cannot be taken over, on a
 * share that knows no owners for instance, is left as it is.
 */
export function becomeUnprivileged({ uid, gid }: UserIds, folders: readonly string[]): void {
  for (const folder of folders) takeOver(folder, { uid, gid });
  // In this order: without root nobody leaves a group.
  process.setgroups?.([gid]);
  process.setgid?.(gid);
  process.setuid?.(uid);
}

function takeOver(folder: string, ids: UserIds): void {
  try {
    mkdirSync(folder, { recursive: true });
    own(folder, ids);
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) own(join(folder, name), ids);
  } catch {
    // Whatever it is, the program says it when it needs the folder.
  }
}

/** Links of either kind are left as they are: what they lead to may be anybody's. */
function own(path: string, { uid, gid }: UserIds): void {
  const found = lstatSync(path);
  const isLink = found.isSymbolicLink() || (!found.isDirectory() && found.nlink > 1);
  if (found.uid !== uid && !isLink) lchownSync(path, uid, gid);
}
