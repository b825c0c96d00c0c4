import { mkdtempSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { assembleServerProgram, type NodeFiles } from "#scripts/release/server-program.ts";

const require = createRequire(createRequire(import.meta.url).resolve("node/package.json"));

/** Node.js of this machine as npm installed it: the same package as in a release's file for it. */
export function nodeOfMachine(): NodeFiles {
  const folder = dirname(require.resolve(`node-linux-${process.arch}/package.json`));
  return { binary: resolve(folder, "bin/node"), licence: join(folder, "LICENSE") };
}

/** A folder that is `program/` of a release's file for this machine's kind of server. */
export function builtServerProgram(): string {
  const folder = mkdtempSync(join(tmpdir(), "heatloop-server-program-"));
  assembleServerProgram(folder, nodeOfMachine());
  return folder;
}
