import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type FileDisk, replaceFile } from "./durable-file.ts";
import type { Log } from "./log.ts";

/** A small thing that a feature must still know after a restart. */
export type Memory = {
  /** What was written last; undefined where nothing was or it cannot be read. */
  read(): Promise<unknown>;
  write(value: unknown): Promise<void>;
};

export type MemoryFiles = (name: string) => Memory;

/** Memories as JSON files `<folder>/<name>.json`, each either the old or the new one, whatever happens meanwhile. */
export function memoryFiles(folder: string, log: Log, disk?: FileDisk): MemoryFiles {
  return (name) => {
    const file = join(folder, `${name}.json`);
    let last: Promise<void> = Promise.resolve();

    async function write(value: unknown): Promise<void> {
      try {
        await replaceFile(file, JSON.stringify(value), disk);
      } catch (error) {
        log.warn("cannot remember something over a restart: is the data folder full or read-only?", {
          file,
          error: String(error),
        });
      }
    }

    return {
      async read() {
        try {
          return JSON.parse(await readFile(file, "utf8")) as unknown;
        } catch {
          return undefined;
        }
      },
      write(value) {
        last = last.then(() => write(value));
        return last;
      },
    };
  };
}
