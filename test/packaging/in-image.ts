import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { ImageSteps } from "#scripts/image/dockerfile.ts";

/** The program as homes without the Supervisor run it. */
export const compose = parse(readFileSync(new URL("../../ha-addon/compose.yaml", import.meta.url), "utf8")).services
  .heatloop;
/** Those of the compose file, and no other: the profile allows them too. */
export const capabilities: readonly string[] = compose.cap_add;

/** A file system that an image's program is started in, and what is mounted there. */
export type ImageStart = {
  readonly root: string;
  /** Arguments of bwrap: `--bind FOLDER /config`. */
  readonly mounts: readonly string[];
  readonly steps: ImageSteps;
  readonly environment: Readonly<Record<string, string>>;
};

/** What starts the program of an image as the Supervisor does: as root, with its folders mounted. */
export function inImage({ root, mounts, steps, environment }: ImageStart): string[] {
  const variables = { ...steps.environment, PATH: "/usr/local/bin:/usr/bin:/bin", ...environment };
  const set = Object.entries(variables).flatMap(([name, value]) => ["--setenv", name, value]);
  return [
    ...["bwrap", "--bind", root, "/", "--proc", "/proc", "--dev", "/dev", ...mounts, "--die-with-parent"],
    ...["--cap-drop", "ALL", ...capabilities.flatMap((name) => ["--cap-add", `CAP_${name}`])],
    ...["--uid", "0", "--gid", "0", "--clearenv", ...set, "--chdir", steps.workingFolder, ...steps.entrypoint],
  ];
}
