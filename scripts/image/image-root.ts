import { execFileSync } from "node:child_process";
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { type ImageSteps, imageSteps } from "./dockerfile.ts";

const root = join(import.meta.dirname, "../..");

/**
 * Assembles the root file system of an image in a folder, where there is no container engine: the steps of the
 * Dockerfile's last stage, on Node.js and busybox of this machine in place of `node:24-alpine`. The program has to be
 * built (`npm run bundle`).
 */
export function assembleImageRoot(folder: string, dockerfile = "ha-addon/Dockerfile"): ImageSteps {
  const steps = imageSteps(readFileSync(join(root, dockerfile), "utf8"));
  putProgram(folder, process.execPath, "/usr/local/bin/node");
  putProgram(folder, execFileSync("which", ["busybox"], { encoding: "utf8" }).trim(), "/bin/busybox");
  mkdirSync(join(folder, "usr/bin"), { recursive: true });
  symlinkSync("/bin/busybox", join(folder, "usr/bin/wget"));
  for (const name of ["data", "config", "homeassistant", "dev", "proc", "etc", "var/cache"]) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, "tmp"));
  chmodSync(join(folder, "tmp"), 0o1777);
  writeFileSync(join(folder, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n");
  for (const { from, to } of steps.copies) for (const path of from) copyInto(folder, path, to);
  return steps;
}

/** A program, and the libraries that it is linked with where they are looked for. */
export function putProgram(folder: string, program: string, path: string): void {
  put(folder, program, path);
  for (const library of librariesOf(program)) put(folder, library, library);
}

function librariesOf(program: string): string[] {
  try {
    const listed = execFileSync("ldd", [program], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return [...listed.matchAll(/(\/\S+\.so\S*)/g)].map(([, path]) => path as string);
  } catch {
    // Linked with none.
    return [];
  }
}

function put(folder: string, from: string, path: string): void {
  mkdirSync(join(folder, dirname(path)), { recursive: true });
  copyFileSync(from, join(folder, path));
}

/** As COPY does: the contents of a folder, or a file; `from` in the repository, `to` in the folder. */
export function copyInto(folder: string, from: string, to: string): void {
  const isFolder = statSync(join(root, from)).isDirectory();
  const target = isFolder || !to.endsWith("/") ? to : `${to}${basename(from)}`;
  mkdirSync(join(folder, dirname(target)), { recursive: true });
  cpSync(join(root, from), join(folder, target), { recursive: true });
}
