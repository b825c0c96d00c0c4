/**
 * Says what of a release does not have its version, and fails then; prints what CHANGELOG.md says of it otherwise:
 * `node scripts/release/check-version.ts v0.2.0`
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { changelogSections } from "./changelog.ts";

/** Where a checkout does not have the version of a tag, and how to mend each; none where it is ready to be released. */
export function versionProblems(tag: string, checkout: string): string[] {
  const version = /^v(\d+\.\d+\.\d+)$/.exec(tag)?.[1];
  if (version === undefined) return [`the tag is ${JSON.stringify(tag)}: name it as v0.2.0 is`];
  const read = (path: string) => readFileSync(join(checkout, path), "utf8");
  const { workspaces = [] }: { readonly workspaces?: readonly string[] } = JSON.parse(read("package.json"));
  const manifests = ["package.json", ...workspaces.map((folder) => `${folder}/package.json`), "package-lock.json"];
  const versions = [
    ...manifests.map((path) => [path, JSON.parse(read(path)).version]),
    [
      "deploy/hub/compose.yaml",
      /^ *image: *ghcr\.io\/heatloop\/heatloop-hub:(\S+)/m.exec(read("deploy/hub/compose.yaml"))?.[1],
    ],
    ["ha-addon/config.yaml", /^version: *"?([^\s"]+)/m.exec(read("ha-addon/config.yaml"))?.[1]],
    ...["ha-addon/compose.yaml", "deploy/compose.yaml"].map((path) => [
      path,
      /^ *image: *ghcr\.io\/heatloop\/heatloop:(\S+)/m.exec(read(path))?.[1],
    ]),
  ];
  const wrong = versions.filter(([, found]) => found !== version);
  return [
    ...wrong.map(([path, found]) => `${path} has version ${found ?? "none"}, and the tag is ${tag}`),
    ...changelogProblems(version, read("CHANGELOG.md")),
    ...migrationProblems(checkout),
  ];
}

/** From its release on a migration may not change any more: databases have it. */
function migrationProblems(checkout: string): string[] {
  const released = readFileSync(join(checkout, "hub/released-migrations.txt"), "utf8");
  const missing = readdirSync(join(checkout, "hub/migrations")).filter((name) => !released.includes(`  ${name}\n`));
  if (missing.length === 0) return [];
  const mend = "(cd hub/migrations && sha256sum *.sql) > hub/released-migrations.txt";
  return [`hub/released-migrations.txt has no ${missing.sort().join(", ")}: ${mend}`];
}

function changelogProblems(version: string, changelog: string): string[] {
  const [unreleased, newest] = changelogSections(changelog);
  if (unreleased?.title !== "Unreleased") return ["CHANGELOG.md does not begin with ## Unreleased"];
  if (unreleased.text !== "") return [`CHANGELOG.md has lines under Unreleased: put them under ## ${version}`];
  if (newest?.title !== version) return [`CHANGELOG.md has no ## ${version} below Unreleased`];
  return newest.text === "" ? [`CHANGELOG.md says nothing about ${version}`] : [];
}

if (import.meta.main) {
  const checkout = process.cwd();
  const problems = versionProblems(process.argv[2] ?? "", checkout);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exit(1);
  console.log(changelogSections(readFileSync(join(checkout, "CHANGELOG.md"), "utf8"))[1]?.text);
}
