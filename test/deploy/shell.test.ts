import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" }).trim().split("\n");
const scripts = files.filter(
  (file) =>
    /^(deploy|scripts|\.ci)\//.test(file) &&
    /^#!(\/usr\/bin\/env bash|\/bin\/sh)\n/.test(readFileSync(join(root, file), "utf8")),
);

it.each(scripts)("shellcheck finds nothing in %s and what it takes in", (file) => {
  const words = ["-x", "-P", "SCRIPTDIR", file];
  expect(() => execFileSync("shellcheck", words, { cwd: root, encoding: "utf8" })).not.toThrow();
});

it.each([
  ["deploy/install.sh", "deploy/parts/"],
  ["deploy/containers.sh", "deploy/containers/"],
])("every part of %s is among them", (script, folder) => {
  const text = [script, "deploy/parts.sh"].map((path) => readFileSync(join(root, path), "utf8")).join("\n");
  for (const part of files.filter((file) => file.startsWith(folder) && file.endsWith(".sh"))) {
    expect(text).toContain(`. "$here/${part.replace("deploy/", "")}"`);
  }
});
