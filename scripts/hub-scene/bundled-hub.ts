import { readFileSync } from "node:fs";
import { cp } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rolldown } from "rolldown";
import { hubBundle } from "../bundling/hub-bundle.ts";
import { imageSteps } from "../image/dockerfile.ts";

const root = resolve(import.meta.dirname, "../..");

/** The words by which hub/Dockerfile starts the bundled hub, without `node`; its folder is the one that they are run in. */
export function hubWords(): readonly string[] {
  return imageSteps(readFileSync(join(root, "hub/Dockerfile"), "utf8")).entrypoint.slice(1);
}

/** Puts the hub's program into a folder as its image has it: bundled, with its migrations and no node_modules. */
export async function bundleHubInto(folder: string): Promise<void> {
  const { output, ...input } = hubBundle;
  const bundle = await rolldown({ ...input, cwd: root });
  await bundle.write({ ...output, dir: join(folder, "dist") });
  await bundle.close();
  await cp(join(root, "hub/package.json"), join(folder, "package.json"));
  await cp(join(root, "hub/migrations"), join(folder, "migrations"), { recursive: true });
}
