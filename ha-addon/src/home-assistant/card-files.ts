import { createHash } from "node:crypto";
import { readdir, readFile, rm, stat, utimes } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { dayMs, secondMs } from "@heatloop/core/time/durations";
import { replaceFile } from "../base/durable-file.ts";

/** What a dashboard loads; the card's other files lie beside it. */
export const cardEntry = "heatloop-card.js";
/** A part of the card that is loaded by the entry: it has another name in each build that it is different in. */
const chunkName = /heatloop-[a-z-]{1,60}-[0-9a-f]{8}\.js/g;
/** One that lies in a folder; `.new` where its writing was cut off. */
const chunkFile = /^heatloop-[a-z-]{1,60}-[0-9a-f]{8}\.js(\.new)?$/;

/** A built card. */
export type CardFiles = {
  /** Changes with any of its files. */
  readonly version: string;
  /** By name, the entry last: what it loads is there before it. */
  readonly files: ReadonlyMap<string, Buffer>;
};

/** Reads a card's entry and the files beside it that are loaded by it. Rejected where one of them is not there. */
export async function readCardFiles(entryFile: string): Promise<CardFiles> {
  const entry = await readFile(entryFile);
  const files = new Map<string, Buffer>();
  // The set grows while it is gone through.
  const chunks = new Set(chunksIn(entry));
  for (const name of chunks) {
    const chunk = await readFile(join(dirname(entryFile), name));
    files.set(name, chunk);
    for (const each of chunksIn(chunk)) chunks.add(each);
  }
  files.set(basename(entryFile), entry);
  // The entry names its chunks, whose names change with what is in them.
  return { version: createHash("sha256").update(entry).digest("hex").slice(0, 8), files };
}

function chunksIn(script: Buffer): string[] {
  return script.toString().match(chunkName) ?? [];
}

/** Writes the files that are others than those in a folder, or not there. `at`, in ms since the epoch, is when the build came. */
export async function writeCardFiles({ files }: CardFiles, folder: string, at: number): Promise<void> {
  for (const [name, content] of files) {
    const file = join(folder, name);
    const before = await readFile(file).catch(() => undefined);
    if (before?.equals(content)) continue;
    await replaceFile(file, content);
    await utimes(file, at / secondMs, at / secondMs);
  }
}

/**
 * Removes what former builds left in a folder once the present one is there for a day: until then a dashboard that is still open
 * may ask for it. Resolves with the ms until then where something is left, else with undefined.
 */
export async function removeOldCardFiles(
  { files }: CardFiles,
  folder: string,
  at: number,
): Promise<number | undefined> {
  const names = await readdir(folder).catch(() => []);
  const old = names.filter((name) => !files.has(name) && chunkFile.test(name));
  if (old.length === 0) return undefined;
  const since = await stat(join(folder, cardEntry)).then(
    ({ mtimeMs }) => mtimeMs,
    () => Number.NEGATIVE_INFINITY,
  );
  const waitMs = since + dayMs - at;
  if (waitMs > 0) return waitMs;
  for (const name of old) await rm(join(folder, name), { force: true });
  return undefined;
}
