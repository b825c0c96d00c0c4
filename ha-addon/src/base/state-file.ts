import { copyFile, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Log } from "@heatloop/program/log";
import { type FileDisk, replaceFile } from "./durable-file.ts";
import { newQueue } from "./queue.ts";

/** A value that a feature must still know after a restart. */
export type StateFile = {
  /** What was written last; undefined where nothing was or it cannot be read. */
  read(): Promise<unknown>;
  /** Never rejected. A file that cannot be read is not overwritten, as nobody knows what would be lost. */
  write(value: unknown): Promise<void>;
};

/** The state file of each name. */
export type StateFiles = (name: string) => StateFile;

type Kept =
  | { readonly state: "value"; readonly value: unknown }
  | { readonly state: "none" }
  | { readonly state: "unreadable"; readonly error: string };

/** Values as JSON files `<folder>/<name>.json`, each either the old or the new one, whatever happens meanwhile. */
export function openStateFiles(folder: string, log: Log, disk?: FileDisk): StateFiles {
  return (name) => {
    const file = join(folder, `${name}.json`);
    let isUnreadable: boolean | undefined;
    const queue = newQueue();

    async function read(): Promise<Kept> {
      const kept = await readKept(file);
      isUnreadable = kept.state === "unreadable";
      if (kept.state !== "unreadable") return kept;
      log.warn("a saved file cannot be read, so nothing is saved in it until the next start: may Heatloop read it?", {
        file,
        error: kept.error,
      });
      return kept;
    }

    /** A file that could not be read is left alone for this run: what is written now was made without it. */
    async function mayWrite(): Promise<boolean> {
      if (isUnreadable === undefined) await read();
      if (isUnreadable) isUnreadable = (await readKept(file)).state !== "none";
      return !isUnreadable;
    }

    async function write(value: unknown): Promise<void> {
      if (!(await mayWrite())) return;
      try {
        await replaceFile(file, JSON.stringify(value), disk);
      } catch (error) {
        log.warn("a file of the data folder cannot be saved: is the folder full or read-only?", {
          file,
          error: String(error),
        });
      }
    }

    return {
      async read() {
        const kept = await queue.add(read);
        return kept.state === "value" ? kept.value : undefined;
      },
      write: (value) => queue.add(() => write(value)),
    };
  };
}

async function readKept(file: string): Promise<Kept> {
  let text: string;
  try {
    text = await readFile(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return { state: "none" };
    return { state: "unreadable", error: String(error) };
  }
  try {
    return { state: "value", value: JSON.parse(text) };
  } catch {
    // It counts as nothing; a person may look at the copy.
    await copyFile(file, `${file}.broken`).catch(() => undefined);
    return { state: "none" };
  }
}
