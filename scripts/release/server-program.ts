import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { type ImageSteps, imageSteps } from "../image/dockerfile.ts";
import { copyInto } from "../image/image-root.ts";

const root = join(import.meta.dirname, "../..");

/** Node.js for the program: its binary, and the text of its licence. */
export type NodeFiles = { readonly binary: string; readonly licence: string };

/**
 * Assembles the program of a server in a new folder: what the image has in its working folder, by the Dockerfile's steps,
 * with Node.js in `bin/`, `bin/heatloop` that starts it as the image does, and `VERSION`. The program has to be built
 * (`npm run bundle`).
 */
export function assembleServerProgram(folder: string, node: NodeFiles): void {
  const steps = imageSteps(readFileSync(join(root, "ha-addon/Dockerfile"), "utf8"));
  mkdirSync(join(folder, "bin"), { recursive: true });
  for (const { from, to } of steps.copies) {
    for (const path of from) copyInto(folder, path, to.replace(steps.workingFolder, ""));
  }
  copyFileSync(node.binary, join(folder, "bin/node"));
  copyFileSync(node.licence, join(folder, "bin/LICENSE"));
  writeFileSync(join(folder, "bin/heatloop"), starter(steps));
  chmodSync(join(folder, "bin/heatloop"), 0o755);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  writeFileSync(join(folder, "VERSION"), `${version}\n`);
}

/** Puts `deploy/` beside the program, as a release's file for servers has it. */
export function putDeploy(folder: string): void {
  cpSync(join(root, "deploy"), join(folder, "deploy"), { recursive: true });
}

/** A script that starts the program with the image's flags of Node.js; which user it is, the server says. */
function starter({ environment, entrypoint }: ImageSteps): string {
  const { HEATLOOP_USER, ...variables } = environment;
  const [command = "", ...words] = entrypoint;
  if (basename(command) !== "node") throw new Error(`the image is started by ${command}, and not by node`);
  const main = words.at(-1) ?? "";
  return [
    "#!/bin/sh",
    "# Starts Heatloop as its image does; made with the release.",
    'home="$(dirname "$(dirname "$(readlink -f "$0")")")"',
    ...Object.entries(variables).map(([name, value]) => `export ${name}="\${${name}:-${value}}"`),
    `exec "$home/bin/node" ${words.slice(0, -1).join(" ")} "$home/${main}"`,
    "",
  ].join("\n");
}
