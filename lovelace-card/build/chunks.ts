import { dirname, join } from "node:path";
import type { Plugin } from "rollup";

const address = /new URL\("(\.\/[\w-]+\.ts)", import\.meta\.url\)\.href/g;

/**
 * Makes a chunk of each module whose address the source asks for, and puts the chunk's address in its place. Unlike
 * `import("./x.ts")` that is an address which can be asked for again in another way.
 */
export function addressedChunks(names: Readonly<Record<string, string>>): Plugin {
  return {
    name: "addressed-chunks",
    transform(code, id) {
      if (!code.includes("new URL(")) return null;
      const replaced = code.replaceAll(address, (_, path: string) => {
        const name = names[path];
        if (name === undefined) throw new Error(`${path} has no name as a chunk`);
        const file = this.emitFile({ type: "chunk", id: join(dirname(id), path), name });
        return `import.meta.ROLLUP_FILE_URL_${file}`;
      });
      return { code: replaced, map: null };
    },
  };
}
