import { rm } from "node:fs/promises";
import type { Plugin } from "rollup";

/** Removes what a former build has written, whose chunks have other names, before this one is written. */
export function emptyFolder(folder: string): Plugin {
  return {
    name: "empty-folder",
    generateBundle: async (_output, _bundle, isWrite) => {
      if (isWrite) await rm(folder, { recursive: true, force: true });
    },
  };
}
