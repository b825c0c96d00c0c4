import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NodeFiles } from "./server-program.ts";

/** The architectures that a release has a file for, as Node.js names them. */
export const serverArchs = ["arm64", "x64"] as const;
export type ServerArch = (typeof serverArchs)[number];

/** Node.js of an architecture, as `scripts/release/node/package-lock.json` holds it. */
export type LockedNode = { readonly name: string; readonly version: string; readonly integrity: string };

export function lockedNode(arch: ServerArch): LockedNode {
  const { packages } = JSON.parse(readFileSync(join(import.meta.dirname, "node/package-lock.json"), "utf8"));
  const name = `node-linux-${arch}`;
  const { version, integrity } = packages[`node_modules/${name}`];
  return { name, version, integrity };
}

/** Downloads Node.js of an architecture into a folder. Throws where it is not what the lock file says. */
export function nodeOfServer(arch: ServerArch, folder: string): NodeFiles {
  const locked = lockedNode(arch);
  const words = ["pack", `${locked.name}@${locked.version}`, "--silent", "--pack-destination", folder];
  const file = join(folder, execFileSync("npm", words, { encoding: "utf8" }).trim());
  checkIntegrity(file, locked);
  execFileSync("tar", ["-xzf", file, "-C", folder, "package/bin/node", "package/LICENSE"]);
  return { binary: join(folder, "package/bin/node"), licence: join(folder, "package/LICENSE") };
}

/** Throws where a downloaded package is not the locked one. */
export function checkIntegrity(file: string, { name, version, integrity }: LockedNode): void {
  const found = `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
  if (found !== integrity) throw new Error(`${name}@${version} is ${found}, and the lock file says ${integrity}`);
}
