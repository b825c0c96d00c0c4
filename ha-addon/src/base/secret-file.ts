import { readFile } from "node:fs/promises";
import { parseJson } from "@heatloop/program/json-text";
import { type FileDisk, replaceFile } from "./durable-file.ts";

/** Secrets that must still be known after a restart, in a file that only the program's own user may read. */
export type SecretFile = {
  /** What was written last; undefined where nothing was, or it is no JSON. Rejected where the file cannot be read. */
  read(): Promise<unknown>;
  /** Resolved once it is on the disk; rejected, with the file as it was, where it cannot be written. */
  write(value: unknown): Promise<void>;
};

/** Read and written by the owner alone. */
const ownersOnly = 0o600;

export function secretFile(file: string, disk?: FileDisk): SecretFile {
  return {
    async read() {
      try {
        const json = parseJson(await readFile(file, "utf8"));
        return json.ok ? json.value : undefined;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
        throw error;
      }
    },
    write: (value) => replaceFile(file, JSON.stringify(value), disk, ownersOnly),
  };
}
