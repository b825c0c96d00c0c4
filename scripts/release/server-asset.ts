/**
 * Makes the files of a release for servers, of a built program: `node scripts/release/server-asset.ts FOLDER [SUMS]`, where SUMS
 * is SHA256SUMS of the versions before. Each is `heatloop-server-<version>-linux-<arch>.tar.gz` with `deploy/` and `program/`; the same input makes the same bytes,
 * and any machine makes that of any architecture.
 */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { nodeOfServer, type ServerArch, serverArchs } from "./node-of-server.ts";
import { assembleServerProgram, type NodeFiles, putDeploy } from "./server-program.ts";

/** Any time will do, as long as it is the same one for all files; tar warns of those of 1970. */
const fileTime = "@315532800";

/** Writes the file of an architecture into a folder, and returns its name. */
export function writeServerAsset(folder: string, arch: ServerArch, node: NodeFiles, level?: number): string {
  const work = mkdtempSync(join(tmpdir(), "heatloop-server-"));
  try {
    assembleServerProgram(join(work, "program"), node);
    putDeploy(work);
    const version = readFileSync(join(work, "program/VERSION"), "utf8").trim();
    const top = `heatloop-server-${version}-linux-${arch}`;
    mkdirSync(folder, { recursive: true });
    packInto(resolve(folder, `${top}.tar.gz`), work, top, level);
    return `${top}.tar.gz`;
  } finally {
    rmSync(work, { recursive: true });
  }
}

/**
 * Packs the folder's files below `top`, in the same order and of the same owner, time and mode on every machine; `level`: how
 * hard gzip tries.
 */
export function packInto(file: string, folder: string, top: string, level = 9): void {
  const same = ["--sort=name", `--mtime=${fileTime}`, "--owner=0", "--group=0", "--numeric-owner", "--format=ustar"];
  const packed = ["tar", ...same, "--mode=u=rwX,go=rX", `--transform=s|^[.]|${top}|`, "-C", folder, "-cf", "-", "."];
  const script = 'set -o pipefail; level=$1; shift; "$@" | gzip -n "-$level" >"$0"';
  execFileSync("bash", ["-c", script, file, String(level), ...packed], {
    env: { ...process.env, LC_ALL: "C" },
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/**
 * Writes SHA256SUMS of the folder's files, as `sha256sum --check` takes it, below the lines of the versions before. A server
 * finds in it what versions there are.
 */
export function writeSums(folder: string, before = ""): void {
  const names = readdirSync(folder).filter((name) => name !== "SHA256SUMS");
  const lines = names.toSorted().map((name) => `${sumOf(join(folder, name))}  ${name}`);
  const others = before.split("\n").filter((line) => line !== "" && !names.some((name) => line.endsWith(`  ${name}`)));
  writeFileSync(join(folder, "SHA256SUMS"), [...others, ...lines, ""].join("\n"));
}

function sumOf(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

function main(): void {
  const [folder, sums] = process.argv.slice(2);
  if (folder === undefined) {
    console.error("A folder is missing: node scripts/release/server-asset.ts FOLDER [SUMS], after npm run bundle");
    process.exit(2);
  }
  for (const arch of serverArchs) {
    const work = mkdtempSync(join(tmpdir(), "heatloop-node-"));
    try {
      console.log(writeServerAsset(folder, arch, nodeOfServer(arch, work)));
    } finally {
      rmSync(work, { recursive: true });
    }
  }
  writeSums(folder, sums === undefined ? "" : readFileSync(sums, "utf8"));
}

if (import.meta.main) main();
