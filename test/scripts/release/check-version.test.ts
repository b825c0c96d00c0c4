import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { versionProblems } from "#scripts/release/check-version.ts";
import { temporaryFolder } from "#test/support/temporary-folder.ts";

const root = join(import.meta.dirname, "../../..");
const { version, workspaces } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const manifests = ["package.json", "package-lock.json", ...workspaces.map((name: string) => `${name}/package.json`)];
const versioned = [
  ...manifests,
  "ha-addon/config.yaml",
  "ha-addon/compose.yaml",
  "deploy/compose.yaml",
  "deploy/hub/compose.yaml",
];
const tag = `v${version}`;

/** What a release is checked by, as this checkout has it, with a changelog that is ready. */
function readyCheckout(): string {
  const folder = temporaryFolder();
  for (const path of versioned) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
  cpSync(join(root, "hub/migrations"), join(folder, "hub/migrations"), { recursive: true });
  const migrations = readdirSync(join(folder, "hub/migrations")).map((name) => `${"0".repeat(64)}  ${name}\n`);
  writeFileSync(join(folder, "hub/released-migrations.txt"), migrations.join(""));
  writeFileSync(
    join(folder, "CHANGELOG.md"),
    `# Changelog\n\n## Unreleased\n\n## ${version}\n\n- It heats.\n\n## 0.0.1\n\n- Old.\n`,
  );
  return folder;
}

function change(folder: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), "utf8");
  expect(text).toContain(from);
  writeFileSync(join(folder, path), text.replace(from, to));
}

function run(folder: string, ...words: readonly string[]) {
  const script = join(root, "scripts/release/check-version.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...words], { cwd: folder, encoding: "utf8" });
  return { status, stdout, stderr: stderr.replaceAll(/^\(.*\n/gm, "") };
}

it("a release whose version is the same everywhere goes on, with what the changelog says of it", () => {
  expect(run(readyCheckout(), tag)).toEqual({ status: 0, stdout: "- It heats.\n", stderr: "" });
});

it.each(versioned)("another version in %s stops a release", (path) => {
  const folder = readyCheckout();
  const text = readFileSync(join(folder, path), "utf8");
  const [place = ""] = /"version": "[^"]+"|\nversion: \S+|heatloop\/heatloop(-hub)?:\d\S+/.exec(text) ?? [];
  writeFileSync(join(folder, path), text.replace(place, place.replace(version, "9.9.9")));
  const { status, stdout, stderr } = run(folder, tag);
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(`${path} has version 9.9.9, and the tag is ${tag}\n`);
});

it.each([
  ["## Unreleased\n", "## Unreleased\n\n- Forgotten.\n", "has lines under Unreleased"],
  [`## ${version}\n`, "## 0.0.2\n", `has no ## ${version} below Unreleased`],
  ["- It heats.\n", "", `says nothing about ${version}`],
  ["## Unreleased\n", "", "does not begin with ## Unreleased"],
])("a changelog with %j made %j stops a release", (from, to, problem) => {
  const folder = readyCheckout();
  change(folder, "CHANGELOG.md", from, to);
  expect(versionProblems(tag, folder)).toEqual([expect.stringContaining(problem)]);
  expect(run(folder, tag).status).toBe(1);
});

it.each([[""], [version], ["v1"], ["v1.2.3-beta"], ["v1.2.3\n"], ["main"]])(
  "the tag %j is none of a release",
  (wrong) => {
    expect(versionProblems(wrong, readyCheckout())).toEqual([
      `the tag is ${JSON.stringify(wrong)}: name it as v0.2.0 is`,
    ]);
  },
);

it("a migration of the hub that is not noted as released stops a release", () => {
  const folder = readyCheckout();
  writeFileSync(join(folder, "hub/migrations/900_later.sql"), "create table later (at int);");
  const { status, stderr } = run(folder, tag);
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr:
      "hub/released-migrations.txt has no 900_later.sql: (cd hub/migrations && sha256sum *.sql) > hub/released-migrations.txt\n",
  });
});
