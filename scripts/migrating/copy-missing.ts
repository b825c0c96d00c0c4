import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { slotKinds } from "@heatloop/ha-addon/archive/slot-archive";
import { replaceFile } from "@heatloop/ha-addon/base/durable-file";
import { isFile, isFolder } from "../base/is-folder.ts";

/** Copies the files of prices and of the surplus, which belong to the house, where the new archive lacks them; returns how many. */
export async function copyMissing(parts: {
  readonly from: string;
  readonly to: string;
  readonly dryRun: boolean;
}): Promise<number> {
  let copied = 0;
  for (const kind of slotKinds) {
    const folder = join(parts.from, kind);
    if (!(await isFolder(folder))) continue;
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const file = join(entry.parentPath, entry.name);
      if (await copyWhereMissing(file, join(parts.to, relative(parts.from, file)), parts.dryRun)) copied += 1;
    }
  }
  return copied;
}

async function copyWhereMissing(file: string, copy: string, dryRun: boolean): Promise<boolean> {
  if (await isFile(copy)) return false;
  if (dryRun) return true;
  await replaceFile(copy, await readFile(file));
  return true;
}
