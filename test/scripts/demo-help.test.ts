import { execFile } from "node:child_process";
import { chmodSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { demoHelp } from "#scripts/demo-house/demo-arguments.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const run = promisify(execFile);

/** The scripts of a fresh clone on a machine where nothing can be installed. */
function freshClone(): { readonly scripts: string; readonly env: NodeJS.ProcessEnv } {
  const folder = temporaryFolder();
  cpSync(new URL("../../scripts", import.meta.url), join(folder, "scripts"), { recursive: true });
  writeFileSync(join(folder, "package-lock.json"), "{}");
  writeFileSync(join(folder, "npm"), "#!/bin/sh\nexit 9\n");
  chmodSync(join(folder, "npm"), 0o755);
  return { scripts: join(folder, "scripts"), env: { ...process.env, PATH: `${folder}:${process.env.PATH}` } };
}

it("scripts/demo --help answers before anything is installed", async () => {
  const { scripts, env } = freshClone();
  const demo = join(scripts, "demo");
  expect((await run(demo, ["--speed", "2", "--help"], { env })).stdout).toBe(demoHelp);
  await expect(run(demo, [], { env })).rejects.toMatchObject({ code: 1 });
});
